"""Ask the services what the cells of the matrix say, each cell rehearsed and judged."""

from collections.abc import Iterator
from typing import Any

from arusha.access.roles import Role
from arusha.access.rules import Denied
from questionnaires.problems import Refused
from tests.access.matrix import SERVICES, TABLE, Cell, Relation, State
from tests.access.matrix_calls import CALLS, Asked
from tests.access.matrix_judging import foreign_in, said_by, wrongly_changed
from tests.access.matrix_rehearsal import Rehearsal
from tests.access.matrix_world import World


def grouped(role: Role) -> Iterator[tuple[Cell, list[Cell]]]:
    """Yield a cell to be asked, with those that ask the very same thing of the program."""
    seen: dict[tuple[Any, ...], list[Cell]] = {}
    for cell, expected in SERVICES.items():
        if cell.role is role and expected is not None:
            seen.setdefault(_same(cell), []).append(cell)
    yield from ((cells[0], cells) for cells in seen.values())


def _same(cell: Cell) -> tuple[Any, ...]:
    about = TABLE["service"][cell.what]["about"]
    if about == "oneself":
        return (cell.what,)
    if about in ("administration", "account") or cell.relation is Relation.NONE:
        return (cell.what, cell.relation)
    relation = Relation.OWN if about != "answer" and cell.relation.is_own else cell.relation
    return (cell.what, relation, cell.state)


def wrong(rehearsal: Rehearsal, world: World, cell: Cell, cells: list[Cell]) -> list[str]:
    """Ask what a cell asks; return what was not as it should be."""
    (expected,) = {SERVICES[one] for one in cells}
    asked = Asked(world, world.actor(cell.role), cell.relation, cell.state)
    with rehearsal.cell() as changed:
        try:
            value, allowed = CALLS[cell.what](asked), True
        except Refused as refused:
            value, allowed = refused, False
    found = [] if allowed == expected else [f"allowed: {allowed}, expected: {expected}: {value!r:.300}"]
    if isinstance(value, Denied) and "trail" not in changed:
        found.append("the refusal is not in the trail")
    found += wrongly_changed(changed, asked, refused=not allowed)
    found += foreign_in(said_by(value), world, cell.role, () if allowed else asked.typed)
    return [f"{cell.role} {cell.what} {cell.relation} {cell.state}: {one}" for one in found]


def all_wrong(rehearsal: Rehearsal, world: World, role: Role, *, thinned: bool = False) -> list[str]:
    """Ask everything that a role can ask; ``thinned`` takes each relation in a few states only."""
    asked = [one for one in grouped(role) if not thinned or _is_kept(one[0])]
    return [one for cell, cells in asked for one in wrong(rehearsal, world, cell, cells)]


def _is_kept(cell: Cell) -> bool:
    about, state = TABLE["service"][cell.what]["about"], list(State).index(cell.state)
    if about not in ("round", "answer", "plan") or cell.relation is Relation.NONE:
        return True
    if cell.relation.is_own:
        return cell.state in (State.OPEN, State.PUBLIC)
    return (list(Relation).index(cell.relation) + 2 * state) % len(State) == 0
