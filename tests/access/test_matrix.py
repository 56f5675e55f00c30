"""The policy alone: every cell of the matrix is decided as its table says, and no cell is missing."""

from dataclasses import replace
from itertools import product

import pytest

from arusha.access.roles import GRANTS, NATIONAL, Role
from arusha.access.rules import Actor, Audience, Permission, Reach, Subject, decide
from tests.access.matrix import PERMISSIONS, TABLE, Cell, Relation, State
from tests.access.matrix_world import CODES, OTHER_FACTOR, OWN_FACTOR, REGIONS, place

OWN = frozenset({Reach.OWN, Reach.OWN_FACTORS})


def actor(role: Role) -> Actor:
    """Return somebody of a role, with what an account of it says; one's own administration is XA."""
    said = place(role, "XA")
    return Actor(
        "somebody",
        GRANTS[role],
        role=role.value,
        administration=said.get("administration", ""),
        region=said.get("region", ""),
        factors=frozenset(said.get("factors", ())),
        assigned=frozenset(said.get("assigned", ())),
    )


def subject(relation: Relation, state: State) -> Subject | None:
    """Return what a cell is about, None for nothing in particular."""
    if relation is Relation.NONE:
        return None
    factor = OTHER_FACTOR if relation is Relation.OWN_OTHER else OWN_FACTOR
    code = CODES[relation]
    return Subject(code, factor, REGIONS[code], Audience(state.audience))


def decided(cell: Cell) -> bool:
    """Return what the program decides."""
    return decide(actor(cell.role), Permission(cell.what), subject(cell.relation, cell.state)).allowed


def test_every_cell_is_there() -> None:
    assert set(PERMISSIONS) == {Cell(*one) for one in product(Role, Permission, Relation, State)}
    assert set(TABLE["relations"]) == set(Relation)
    assert set(TABLE["states"]) == set(State)
    assert {state.audience for state in State} == set(Audience)


def test_what_is_national_belongs_to_an_administration() -> None:
    assert set(TABLE["national"]) == {role.value for role in NATIONAL}
    absent = {cell.role for cell, expected in PERMISSIONS.items() if expected is None}
    assert absent == set(Role) - NATIONAL
    assert all(cell.relation.is_own for cell, expected in PERMISSIONS.items() if expected is None)


@pytest.mark.parametrize("role", Role)
def test_every_cell_is_decided_as_the_table_says(role: Role) -> None:
    cells = {cell: said for cell, said in PERMISSIONS.items() if cell.role is role and said is not None}
    assert [cell for cell, expected in cells.items() if decided(cell) != expected] == []
    assert len(cells) == len(Permission) * len(State) * (len(Relation) - (0 if role in NATIONAL else 2))


@pytest.mark.parametrize("role", Role)
def test_an_administration_without_a_name_is_nobodys_own(role: Role) -> None:
    somebody = replace(actor(role), administration="")
    own = [permission for permission, reach in GRANTS[role].items() if reach in OWN]
    assert [one for one in own if decide(somebody, one, Subject("")).allowed] == []
    nothing = Subject("", OWN_FACTOR, "", Audience.NATIONAL)
    assert not decide(somebody, Permission.DISCLOSURE_READ, nothing).allowed


@pytest.mark.parametrize("role", Role)
def test_no_decision_reaches_further_for_a_narrower_audience(role: Role) -> None:
    for permission, relation in product(Permission, Relation):
        found = [
            decide(actor(role), permission, replace(about, audience=audience)).allowed
            for audience in Audience
            if (about := subject(relation, State.OPEN)) is not None
        ]
        assert found == sorted(found), (permission, relation)


def test_the_table_can_find_a_policy_that_reaches_too_far() -> None:
    """The harness itself: for every role and permission a grant that is too wide is found."""
    wrong = {
        (role, permission)
        for role, permission in product(Role, Permission)
        if any(
            decide(
                replace(actor(role), grants={permission: Reach.ANYWHERE}),
                permission,
                subject(c.relation, c.state),
            ).allowed
            != expected
            for c, expected in PERMISSIONS.items()
            if c.role is role and c.what == permission.value and expected is not None
        )
    }
    everywhere = {
        (role, permission)
        for role, permission in product(Role, Permission)
        if GRANTS[role].get(permission) is Reach.ANYWHERE
    }
    assert wrong == set(product(Role, Permission)) - everywhere
