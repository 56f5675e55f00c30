"""Every page and every file, as every role in a real session: what the matrix says, no foreign mark."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from arusha.access.files import File
from arusha.access.people import accounts, sessions
from arusha.access.roles import NATIONAL, Role
from arusha.access.rules import LOCAL, Actor
from arusha.assessments.files import MAKERS as OF_ROUNDS
from arusha.plans.files import MAKERS as OF_PLANS
from arusha.reference.files import MAKERS as OF_THE_REFERENCE
from tests.access.matrix import PERMISSIONS, SERVICES, TABLE, Cell, Relation, State
from tests.access.matrix_judging import foreign_in, said_by
from tests.access.matrix_world import EDITION, World
from tests.server import Fetcher, Visitor, sent
from tests.visiting import PAGES, Listed, refusals, went_wrong

ROLES = pytest.mark.parametrize("role", Role)
FILES = {**OF_ROUNDS, **OF_PLANS, **OF_THE_REFERENCE}
SERVICE_OF = {
    "profile": "assessments.files.profile",
    "carried": "assessments.files.carried",
    "disclosed": "assessments.files.disclosed",
    "plan": "plans.files.whole",
    "work-plan": "plans.files.of_work_plan",
    "tracking": "plans.files.of_tracking",
    "questionnaire-workbook": "reference.files.as_workbook",
    "questionnaire-text": "reference.files.as_text",
}


def test_every_page_is_in_the_table() -> None:
    assert {page.path for page in PAGES} == set(TABLE["page"])
    assert {page.path: page.permission for page in PAGES} == {
        path: row["opens"].upper().replace(":", "_") for path, row in TABLE["page"].items()
    }


def opens(role: Role, page: Listed) -> bool:
    """Return whether a page opens for a role at all."""
    return bool(PERMISSIONS[Cell(role, TABLE["page"][page.path]["opens"], Relation.NONE, State.OPEN)])


def shows(role: Role, page: Listed, relation: Relation, state: State) -> bool:
    """Return whether a page shows what is asked for in the address, instead of a refusal."""
    row = TABLE["page"][page.path]
    if not opens(role, page):
        return False
    if page.path == "":
        return relation is Relation.NONE or relation.is_own or role not in NATIONAL
    if row["about"] == "nothing" or (row["about"] == "plan" and relation is Relation.NONE):
        return True
    if relation is Relation.NONE or (row["about"] == "shared" and state.value not in TABLE["shared"]):
        return False
    if row["about"] == "round" and relation.is_own:  # by factor, for who answers for some
        relation = Relation.OWN
    return bool(PERMISSIONS[Cell(role, row["opens"], relation, state)])


def addresses(role: Role, page: Listed) -> Iterator[tuple[Relation, State]]:
    """Yield what is asked for in the address of a page: nothing, one's own, and everything foreign."""
    about = TABLE["page"][page.path]["about"]
    yield Relation.NONE, State.OPEN
    for relation in [one for one in Relation if one is not Relation.NONE and one is not Relation.OWN_OTHER]:
        if relation is Relation.OWN and role not in NATIONAL:
            continue
        states = list(State) if about == "shared" else [State.WCO]
        if about in ("round", "plan"):
            states = [State.OPEN, State.PUBLIC] if relation is Relation.OWN else [State.PUBLIC]
        states = states if opens(role, page) else [State.PUBLIC]
        yield from ((relation, state) for state in states)


def wrong(
    visitor: Visitor, world: World, role: Role, page: Listed, relation: Relation, state: State
) -> list[str]:
    """Open a page; return what is not as it should be."""
    round_id = world.rounds.get(("XA", state) if relation is Relation.OWN else ("", ""), "")
    round_id = round_id or (world.round_of(relation, state) if relation is not Relation.NONE else "")
    query = {"round": round_id} if round_id else {}
    if TABLE["page"][page.path]["about"] == "plan" and relation is not Relation.NONE:
        query = {"plan": world.plan_of(relation, state)}
    at = visitor.visit(page.file, **query)
    found, refused = went_wrong(at), refusals(at)
    tells_faults = page.path == "health" and opens(role, page)  # which look as refusals do
    if bool(refused) == shows(role, page, relation, state) and not tells_faults:
        found.append(f"refused: {refused}")
    found += foreign_in(sent(at), world, role, query.values() if relation.is_foreign else ())
    return [f"{role} {page.path} {relation} {state}: {one}" for one in found]


@ROLES
def test_every_page_shows_what_the_matrix_says(role: Role, served: World) -> None:
    visitor = Visitor(served.actor(role))
    found = [
        one
        for page in PAGES
        for relation, state in addresses(role, page)
        for one in wrong(visitor, served, role, page, relation, state)
    ]
    assert not found, "\n".join(found)


def test_the_side_bar_lists_what_a_role_may_open(served: World) -> None:
    for role in Role:
        at = Visitor(served.actor(role)).visit(PAGES[0].file)
        said = sent(at)
        listed = {
            page.path for page in PAGES if f'href="/{page.path}"' in said or f'href="/{page.path}?' in said
        }
        assert listed <= {page.path for page in PAGES if opens(role, page)}, role


def test_no_page_opens_in_a_session_that_has_ended(served: World) -> None:
    actor = served.actor(Role.COORDINATOR)
    visitor = Visitor(actor)
    sessions.end(served.store, actor.session)
    for page in PAGES:
        at = visitor.visit(page.file, round=served.round_of(Relation.OWN, State.OPEN))
        assert went_wrong(at) == []
        assert len(refusals(at)) == 1
        assert "You are signed out" in sent(at)
        assert foreign_in(sent(at), served, Role.DONOR, [served.round_of(Relation.OWN, State.OPEN)]) == []


def test_rights_that_were_taken_are_gone_at_the_next_click(served: World) -> None:
    actor = served.actor(Role.HEAD)
    visitor, page = Visitor(actor), next(page for page in PAGES if page.path == "profile")
    own = served.round_of(Relation.OWN, State.PUBLIC)
    assert refusals(visitor.visit(page.file, round=own)) == []
    accounts.disable(LOCAL, served.store, actor.name)
    assert len(refusals(visitor.visit(page.file, round=own))) == 1


def test_every_kind_of_file_is_in_the_matrix() -> None:
    assert set(FILES) == set(SERVICE_OF)


def address(world: World, maker: str, relation: Relation, state: State) -> str:
    """Return the address of a file."""
    round_id = world.round_of(relation, state)
    if maker == "carried" and state is State.OPEN:
        round_id = world.round_of(relation, "carried")
    what = {"profile": f"{round_id}.0", "carried": round_id, "disclosed": round_id}.get(maker, EDITION)
    what = world.plan_of(relation, state) if maker in OF_PLANS else what
    return f"/files/{maker}.{what}?language=en&zone=UTC"


@ROLES
def test_every_file_goes_to_whom_the_matrix_says(role: Role, served: World) -> None:
    fetcher, found = Fetcher(FILES), []
    for maker, service in SERVICE_OF.items():
        for relation in Relation:
            for state in State if maker in (*OF_ROUNDS, *OF_PLANS) else (State.OPEN,):
                expected = SERVICES[Cell(role, service, relation, state)]
                if expected is not None:
                    asked = address(served, maker, relation, state)
                    found += misfetched(fetcher, served, role, asked, expected=expected)
    assert not found, "\n".join(found)


def misfetched(fetcher: Fetcher, world: World, role: Role, asked: str, *, expected: bool) -> list[str]:
    """Fetch a file; return what is not as it should be."""
    answer = fetcher.fetch(asked, world.actor(role))
    found = [] if (answer.status_code == 200) == expected else [f"{answer.status_code}: {answer.text[:200]}"]
    if answer.status_code not in (200, 403, 404):
        found.append(f"{answer.status_code}")
    said = said_by_file(answer.content)
    typed = () if expected else (*world.rounds.values(), *world.plans.values())
    found += foreign_in(said, world, role, typed)
    headers = {name: answer.headers.get(name) for name in ("cache-control", "x-content-type-options")}
    found += (
        []
        if headers == {"cache-control": "no-store", "x-content-type-options": "nosniff"}
        else [str(headers)]
    )
    return [f"{role} {asked}: {one}" for one in found]


def said_by_file(content: bytes) -> str:
    return said_by(File("", "", content))


def test_no_file_goes_to_who_is_not_signed_in(served: World) -> None:
    fetcher, head = Fetcher(FILES), served.actor(Role.HEAD)
    asked = address(served, "profile", Relation.OWN, State.PUBLIC)
    assert fetcher.fetch(asked, head).status_code == 200
    strangers: list[Actor | None] = [None, replace(head, session=""), replace(head, session="0" * 32)]
    for stranger in strangers:
        for maker in FILES:
            refused = fetcher.fetch(address(served, maker, Relation.OWN, State.PUBLIC), stranger)
            assert (refused.status_code, refused.text) == (404, "There is no such file.")
    sessions.end(served.store, head.session)
    assert fetcher.fetch(asked, head).status_code == 404
