"""Marks in every text of three administrations: nobody sees one that is not theirs, or shared with them."""

from collections.abc import Iterable, Iterator
from itertools import product

import pytest
from sqlalchemy import JSON, String, Text

from arusha.access import gate
from arusha.access.roles import NATIONAL, Role
from arusha.assessments.files import MAKERS
from arusha.plans.files import MAKERS as OF_PLANS
from arusha.reference.files import MAKERS as OF_THE_REFERENCE
from arusha.store import open_store
from arusha.store.base import tables
from questionnaires.problems import Refused
from tests.access.matrix import PERMISSIONS, TABLE, Cell, Relation, State
from tests.access.matrix_calls import CALLS, Asked
from tests.access.matrix_judging import COLUMNS, foreign_in, reads_factors, said_by
from tests.access.matrix_rehearsal import Rehearsal
from tests.access.matrix_world import CANARY, CARRIED, FACTORS, MET, REOPENED, SHARED, World, marks
from tests.access.matrix_worlds import Rehearsed, url_of
from tests.access.test_matrix_pages import said_by_file
from tests.server import Fetcher, Visitor, sent
from tests.visiting import PAGES, Listed, went_wrong

MACHINE = {
    "accounts": "id role administration region factors assigned "
    "password issuer subject secret secret_pending made_by",
    "administrations": "code region",
    "answer_conflicts": "save_id round_id practice changed_by settled_as",
    "answer_versions": "round_id practice save_id step changed_by",
    "answers": "round_id practice step changed_by",
    "attempts": "key",
    "carried": "round_id source_id earlier practice outcome step why carried_by",
    "disclosures": "id round_id factor administration region edition form audience "
    "content_hash shared_by withdrawn_by",
    "foreign_sign_ins": "state nonce verifier invitation",
    "invitations": "id token account made_by",
    "plan_figures": "plan_id subject kind period entered_by",
    "plan_part_versions": "plan_id id changed_by",
    "plan_parts": "plan_id id changed_by",
    "plan_updates": "plan_id subject kind choice entered_by",
    "plan_versions": "plan_id recorded_by content_hash revised_by",
    "plans": "id administration state",
    "preferences": "actor language",
    "recovery_codes": "account code",
    "rounds": "id administration edition form state",
    "sessions": "id token account",
    "signatures": "round_id recorded_by content_hash reopened_by",
    "trail": "actor role session administration action object outcome details prev mac",
    "trail_head": "mac",
    "visits": "actor round_id factor",
}
"""Columns that nobody writes words into: ids, hashes, choices from a list."""
PEOPLE = [(role, code) for role in Role for code in (SHARED if role in NATIONAL else ("",))]
EVERYBODY = pytest.mark.parametrize(("role", "code"), PEOPLE, ids=lambda one: str(one) or "-")
ALL = (CANARY, REOPENED, MET, CARRIED)
READING = (
    "assessments.service.sheet",
    "assessments.service.before",
    "assessments.service.history",
    "assessments.service.signatures",
    "assessments.service.profile",
    "assessments.service.exported",
    "assessments.service.exported_receipt",
    "assessments.disclosure.standing",
    "assessments.disclosure.history",
    "assessments.disclosure.preview",
    "assessments.disclosure.read",
    "assessments.disclosure.exported",
)
READING_PLANS = tuple(f"plans.service.{name}" for name in ("find", "versions", "history", "exported"))
WRITTEN = {"note", "mine", "theirs", "signer", "reopening", "nationalquestion", "nationalnote"}


def test_every_column_of_words_bears_a_mark(rehearsed: Rehearsed) -> None:
    """A new column of text has to be marked here, or named as one that holds no words."""
    rehearsal, _ = rehearsed
    texts = {
        f"{table.name}.{column.name}"
        for table, _ in tables()
        for column in table.columns
        if isinstance(column.type, String | Text | JSON)
    }
    plain = {f"{table}.{column}" for table, columns in MACHINE.items() for column in columns.split()}
    assert texts - marked(rehearsal) == plain
    assert not plain & marked(rehearsal)


def marked(rehearsal: Rehearsal) -> set[str]:
    """Return the columns that hold a mark somewhere."""
    return {
        f"{table}.{column}"
        for table, rows in rehearsal.base.items()
        for row in rows
        for column, said in zip(COLUMNS[table], row, strict=True)
        if marks(said)
    }


def looks_at_rounds(role: Role, page: Listed) -> bool:
    row = TABLE["page"][page.path]
    is_open = PERMISSIONS[Cell(role, row["opens"], Relation.NONE, State.OPEN)]
    return bool(is_open) and (row["about"] not in ("nothing", "plan") or page.path == "")


def looks_at_plans(role: Role, page: Listed) -> bool:
    row = TABLE["page"][page.path]
    is_open = PERMISSIONS[Cell(role, row["opens"], Relation.NONE, State.OPEN)]
    return bool(is_open) and row["about"] == "plan"


def seen_by(world: World, role: Role, code: str, rounds: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield address, round in it, and everything that each page sends to somebody."""
    visitor, rounds = Visitor(world.actor(role, code)), tuple(rounds)
    for page in PAGES:
        plans = [world.plans[one, State.PUBLIC] for one in SHARED] if looks_at_plans(role, page) else []
        queries = [{}, *({"round": one} for one in (rounds if looks_at_rounds(role, page) else ()))]
        for query in [*queries, *({"plan": one} for one in plans)]:
            at = visitor.visit(page.file, **query)
            assert went_wrong(at) == [], f"{page.path} {query}"
            yield page.path, "".join(query.values()), sent(at)


def strays(world: World, role: Role, code: str) -> list[str]:
    """Crawl every page as somebody; return the foreign marks that were seen."""
    return [
        f"{role} {code} {path} {round_id}: {stray}"
        for path, round_id, said in seen_by(world, role, code, [world.rounds[one, CANARY] for one in SHARED])
        for stray in foreign_in(said, world, role, [round_id] if round_id else [], own=code)
    ]


@EVERYBODY
def test_no_page_shows_a_foreign_mark(role: Role, code: str, served: World) -> None:
    assert strays(served, role, code) == []


def test_the_crawl_sees_what_is_written(served: World) -> None:
    """The harness itself: what people wrote of their own is seen on their pages."""
    rounds = [served.rounds["XB", name] for name in ALL]
    said = "".join(said for _, _, said in seen_by(served, Role.COORDINATOR, "XB", rounds))
    kinds = {kind for code, _, kind in marks(said) if code == "XB"}
    assert kinds >= WRITTEN | {f"{CANARY}note", f"{CANARY}reason", "coordinator", "head", "name"}


def test_without_a_scope_the_crawl_finds_foreign_marks(
    served: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The harness itself: it finds what it looks for once nothing is in the way."""
    store = open_store(url_of(served), narrowed=False)
    monkeypatch.setattr(gate, "store_of", lambda _space: store)
    found = strays(served, Role.COORDINATOR, "XB")
    store.close()
    assert any("XA" in one or "xa20" in one for one in found)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.REGIONAL_OFFICE, Role.HEAD])
def test_a_disclosed_profile_asks_only_what_was_shared(role: Role, served: World) -> None:
    visitor = Visitor(served.actor(role, "XA"))
    page = next(page for page in PAGES if page.path == "disclosed")
    for code in ("XB", "XC"):
        said = sent(visitor.visit(page.file, round=served.rounds[code, CANARY]))
        shown = {factor for factor in FACTORS if f"Is {factor} one kept?" in said}
        assert shown == set(reads_factors(role, code, CANARY))


@EVERYBODY
def test_no_file_holds_a_foreign_mark(role: Role, code: str, served: World) -> None:
    fetcher, actor = Fetcher({**MAKERS, **OF_PLANS, **OF_THE_REFERENCE}), served.actor(role, code)
    rounds, found = [served.rounds[place] for place in product(SHARED, (CANARY, CARRIED))], []
    for maker, round_id in product(MAKERS, rounds):
        for revision in (".0", ".1") if maker == "profile" else ("",):
            answer = fetcher.fetch(f"/files/{maker}.{round_id}{revision}", actor)
            typed = () if answer.status_code == 200 else (round_id,)
            found += foreign_in(said_by_file(answer.content), served, role, typed, own=code)
    plans = [served.plans[place] for place in product(SHARED, (State.OPEN, State.PUBLIC))]
    for maker, plan_id in product(OF_PLANS, plans):
        answer = fetcher.fetch(f"/files/{maker}.{plan_id}", actor)
        typed = () if answer.status_code == 200 else (plan_id,)
        found += foreign_in(said_by_file(answer.content), served, role, typed, own=code)
    assert found == []


@EVERYBODY
def test_no_service_hands_out_a_foreign_mark(role: Role, code: str, rehearsed: Rehearsed) -> None:
    assert list(handed_out(*rehearsed, role, code)) == []


def test_without_a_scope_services_hand_out_foreign_marks(unlayered: Rehearsed) -> None:
    """The harness itself: it finds what it looks for once nothing is in the way."""
    assert list(handed_out(*unlayered, Role.COORDINATOR, "XB"))


def handed_out(rehearsal: Rehearsal, world: World, role: Role, code: str) -> Iterator[str]:
    """Ask every service that reads about every round, as somebody; yield foreign marks in the answers."""
    lists = [name for name, row in TABLE["service"].items() if row["about"] == "oneself" and name in QUIET]
    asked: list[tuple[str, tuple[str, str]]] = [(name, ("XA", CANARY)) for name in lists]
    asked += [(name, place) for name in READING for place in product(SHARED, (CANARY, REOPENED))]
    abouts = [(name, place, {"named": world.rounds[place]}) for name, place in asked]
    of_plans = product(READING_PLANS, product(SHARED, (State.OPEN, State.PUBLIC)))
    abouts += [(name, place, {"planned": world.plans[place]}) for name, place in of_plans]
    for name, place, named in abouts:
        about = Asked(world, world.actor(role, code), Relation.OWN, State.SIGNED, **named)
        with rehearsal.cell():
            said, typed = _answer(name, about)
        yield from (f"{name} {place}: {one}" for one in foreign_in(said, world, role, typed, own=code))


QUIET = {
    "assessments.service.rounds",
    "assessments.service.last_visit",
    "assessments.disclosure.disclosed",
    "assessments.disclosure.counted",
    "assessments.disclosure.aggregates",
    "members.service.registered",
    "plans.service.plans",
    "access.service.language_of",
    "access.accounts.listed",
    "access.accounts.myself",
    "access.sessions.live",
    "access.trails.entries",
    "access.health.faults",
}


def _answer(name: str, about: Asked) -> tuple[str, tuple[str, ...]]:
    """Return what a service says, and of that what was put in."""
    try:
        return said_by(CALLS[name](about)), ()
    except Refused as refused:
        return said_by(refused), (about.round, about.plan)


def test_the_trail_holds_no_words(rehearsed: Rehearsed) -> None:
    rehearsal, _ = rehearsed
    assert len(rehearsal.base["trail"]) > 200
    assert [row for row in rehearsal.base["trail"] if marks(" ".join(row))] == []
