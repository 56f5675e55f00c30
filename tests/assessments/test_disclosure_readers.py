"""Whoever reads: after any decisions every role reads exactly what it may, and aggregates never show a few.

The rules are held once by the program's own sessions on SQLite, once by PostgreSQL alone, and once by both.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from arusha.access.roles import Role
from arusha.access.rules import LOCAL, Actor, Audience, Denied
from arusha.assessments import consent, disclosure, service
from arusha.assessments.consent import Choice
from arusha.assessments.records import DisclosureRecord
from arusha.store import Store, open_store
from questionnaires.problems import Refused
from scoring.answers import Answer
from scoring.profile import score
from tests.assessments.consenting import (
    ANALYST,
    FACTORS,
    FIRST,
    FOREIGN_HEAD,
    HEAD,
    MEMBERS,
    NATIONAL,
    PUBLIC,
    READERS,
    REGION,
    SECOND,
    WCO,
    canonical,
    marked,
    may_read,
    person,
    rows_met,
    share,
    signed,
)
from tests.assessments.rounds import DAY, EDITION

USED = FACTORS[:3]
"""Enough factors to be shared differently, so that an example takes little time."""
CHOICES = st.builds(Choice, st.sampled_from(Audience), st.booleans())
DECISIONS = st.lists(
    st.tuples(
        st.sampled_from(["KE", "FR"]),
        st.one_of(st.none(), st.dictionaries(st.sampled_from(USED), CHOICES, min_size=1)),
    ),
    max_size=6,
)
"""Whose head decides, and what: None withdraws all."""
State = dict[tuple[str, str], Choice]
OPEN = Choice(NATIONAL)
FEW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    print_blob=True,
)


@pytest.fixture(params=["sqlite", "guarded", "unnarrowed"])
def held(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Return a store whose rows are kept apart by the program, by both, or by PostgreSQL alone."""
    if request.param == "sqlite":
        with closing(open_store(request.getfixturevalue("sqlite_url"))) as opened:
            yield opened
    else:
        yield request.getfixturevalue(request.param)


@pytest.fixture
def rounds(held: Store) -> dict[str, str]:
    """Return administration -> its signed round."""
    return {"KE": signed(held, "KE"), "FR": signed(held, "FR")}


def carry_out(
    store: Store, rounds: Mapping[str, str], decisions: list[tuple[str, dict[str, Choice] | None]]
) -> State:
    """Let the heads decide, one after another; return what is then open by a model of plain words."""
    heads: dict[str, Actor] = {"KE": HEAD, "FR": FOREIGN_HEAD}
    for code, head in heads.items():
        if disclosure.standing(head, store, rounds[code]).shared:
            disclosure.withdraw(head, store, rounds[code])
    state: State = {}
    for code, choices in decisions:
        now = {factor: state.get((code, factor), OPEN) for factor in USED}
        if choices is None:
            _withdraw(store, heads[code], rounds[code], is_possible=any(one != OPEN for one in now.values()))
        else:
            _decide(store, heads[code], rounds[code], choices, now)
        for factor, choice in (choices or dict.fromkeys(USED, OPEN)).items():
            state[code, factor] = OPEN if choice.audience is NATIONAL else choice
    return state


def _withdraw(store: Store, head: Actor, round_id: str, *, is_possible: bool) -> None:
    if is_possible:
        assert disclosure.withdraw(head, store, round_id).shared == {}
    else:
        with pytest.raises(Refused, match="Nothing of this round is shared"):
            disclosure.withdraw(head, store, round_id)


def _decide(
    store: Store, head: Actor, round_id: str, choices: dict[str, Choice], now: Mapping[str, Choice]
) -> None:
    after = {factor: OPEN if one.audience is NATIONAL else one for factor, one in choices.items()}
    if all(now[factor] == one for factor, one in after.items()):
        with pytest.raises(Refused, match="Nothing would change"):
            disclosure.preview(head, store, round_id, choices)
        return
    plan = disclosure.preview(head, store, round_id, choices, at=DAY)
    disclosure.decide(head, store, round_id, choices, expected=plan.fingerprint, at=DAY)
    met = [row for row in rows_met(store, head) if row["round_id"] == round_id and not row["withdrawn_at"]]
    rows = {row["factor"]: row["content"] for row in met}
    assert canonical([rows]) == canonical([{row.factor: row.content for row in plan.after}])


@FEW
@given(decisions=DECISIONS)
@example([("KE", {USED[0]: Choice(REGION), USED[1]: Choice(WCO, with_notes=True), USED[2]: Choice(MEMBERS)})])
@example([("FR", dict.fromkeys(USED, Choice(PUBLIC, with_notes=True))), ("FR", None), ("FR", None)])
def test_every_role_reads_what_was_shared_with_it_and_nothing_else(
    held: Store, rounds: Mapping[str, str], decisions: list[tuple[str, dict[str, Choice] | None]]
) -> None:
    state = carry_out(held, rounds, decisions)
    for reader in READERS:
        open_rows = {
            (code, factor): choice.with_notes
            for (code, factor), choice in state.items()
            if may_read(reader, code, choice.audience)
        }
        _holds_of_rows(held, reader, open_rows)
        _holds_of_lists(held, rounds, reader, open_rows)
        for code, round_id in rounds.items():
            _holds_of_reading(held, round_id, reader, {f: n for (c, f), n in open_rows.items() if c == code})


def _holds_of_rows(store: Store, reader: Actor, open_rows: Mapping[tuple[str, str], bool]) -> None:
    """Ask the table itself, without any service; the own administration also meets what has ended."""
    met = [row for row in rows_met(store, reader) if row["withdrawn_at"] is None]
    assert {(row["administration"], row["factor"]): row["with_notes"] for row in met} == dict(open_rows), (
        reader
    )
    ended = {row["administration"] for row in rows_met(store, reader) if row["withdrawn_at"]}
    assert ended <= {reader.administration}
    for row in met:
        assert ("note-" in str(row["content"])) == row["with_notes"]


def _holds_of_lists(
    store: Store, rounds: Mapping[str, str], reader: Actor, open_rows: Mapping[tuple[str, str], bool]
) -> None:
    if reader.role in (Role.DONOR, Role.SYSTEM):
        with pytest.raises(Denied, match="You do not hold the permission disclosure:read"):
            disclosure.disclosed(reader, store)
        return
    listed = {
        (one.administration.code, factor)
        for one in disclosure.disclosed(reader, store)
        for factor in one.factors
    }
    assert listed == set(open_rows), reader
    for code, round_id in rounds.items():
        (one, *_) = (*disclosure.disclosed(reader, store, round_id), None)
        assert {(code, factor) for factor in one.factors} <= listed if one else code not in dict(listed)


def _holds_of_reading(store: Store, round_id: str, reader: Actor, noted: Mapping[str, bool]) -> None:
    if not noted:
        with pytest.raises(Denied):
            disclosure.read(reader, store, round_id)
        return
    seen = disclosure.read(reader, store, round_id)
    assert {factor.id for factor in seen.profile.factors} == set(noted), reader
    assert {name.partition(".")[0] for name in seen.answers} == set(noted)
    for name, answer in seen.answers.items():
        assert bool(answer.note) == noted[name.partition(".")[0]]


def test_the_harness_can_fail(sqlite_url: str) -> None:
    """Without its own narrowing, a database without rules of its own shows everything to everyone."""
    with closing(open_store(sqlite_url, narrowed=False)) as bare:
        share(bare, signed(bare, "KE"), {FIRST: REGION})
        with pytest.raises(AssertionError):
            _holds_of_rows(bare, ANALYST, {})


def test_even_then_the_services_hand_out_nothing(sqlite_url: str) -> None:
    """The decision about each row stands beside whose rows a session meets."""
    with closing(open_store(sqlite_url, narrowed=False)) as bare:
        round_id = signed(bare, "KE")
        share(bare, round_id, {FIRST: REGION, SECOND: WCO})
        assert disclosure.disclosed(ANALYST, bare)[0].factors == (SECOND,)
        assert [one.id for one in disclosure.read(ANALYST, bare, round_id).profile.factors] == [SECOND]
        for reader in (FOREIGN_HEAD, person(Role.REGIONAL_OFFICE, region="europe")):
            assert disclosure.disclosed(reader, bare) == ()
            with pytest.raises(Denied):
                disclosure.read(reader, bare, round_id)
        with pytest.raises(Denied, match="It belongs to another administration"):
            disclosure.decide(FOREIGN_HEAD, bare, round_id, {FIRST: Choice(PUBLIC)}, expected="")
        with pytest.raises(Denied, match="It belongs to another administration"):
            disclosure.withdraw(FOREIGN_HEAD, bare, round_id)


# --- aggregates

CODES = ("KE", "FR", "UG", "RW", "TZ", "ET", "ZM")
WHO = person(Role.DONOR)


@pytest.fixture
def many(held: Store) -> dict[str, str]:
    """Return administration -> its signed round, each with answers of its own."""
    return {code: signed(held, code, number=number) for number, code in enumerate(CODES)}


@FEW
@given(audiences=st.lists(st.sampled_from(Audience), min_size=7, max_size=7))
@example([MEMBERS] * 4 + [WCO] * 3)
@example([MEMBERS] * 4 + [PUBLIC] + [REGION] * 2)
@example([PUBLIC] * 7)
def test_a_factor_is_counted_when_five_administrations_agreed(
    held: Store, many: Mapping[str, str], audiences: list[Audience]
) -> None:
    values = []
    for number, ((code, round_id), audience) in enumerate(zip(many.items(), audiences, strict=True)):
        head = person(Role.HEAD, code)
        now = disclosure.standing(head, held, round_id).shared
        if audience is not (now[FIRST].audience if now else NATIONAL):
            share(held, round_id, {FIRST: audience}, head)
        if audience in (MEMBERS, PUBLIC):
            values.append(score(EDITION, marked(code, number)).factors[0].value)
    found = disclosure.aggregates(WHO, held, EDITION.id, 2026)
    kinds = disclosure.counted(WHO, held)
    assert bool(found) == bool(kinds) == (len(values) >= 5)
    for one in found:
        quartiles = np.percentile(np.array(values, dtype=float), [25, 50, 75], method="linear")
        assert (one.factor, one.n) == (FIRST, len(values))
        assert [one.low, one.median, one.high] == pytest.approx(list(quartiles), abs=1e-12)
        assert not any(code in repr(one) for code in CODES)


@given(values=st.lists(st.floats(0, 1), max_size=12))
def test_fewer_than_five_values_are_no_aggregate(values: list[float]) -> None:
    found = consent.aggregate(FIRST, values)
    assert (found is None) == (len(values) < 5)
    if found is not None:
        assert min(values) <= found.low <= found.median <= found.high <= max(values)


def test_aggregates_are_of_one_edition_year_and_form(held: Store, many: Mapping[str, str]) -> None:
    for code, round_id in many.items():
        share(held, round_id, {FIRST: MEMBERS}, person(Role.HEAD, code))
    assert disclosure.counted(WHO, held) == ((EDITION.id, "whole", 2026),)
    assert disclosure.aggregates(WHO, held, EDITION.id, 2026)[0].n == 7
    for edition, year, form in (
        (EDITION.id, 2025, "whole"),
        (EDITION.id, 2026, "short"),
        ("other", 2026, "whole"),
        ("\x00", 2026, "whole"),
    ):
        assert disclosure.aggregates(WHO, held, edition, year, form=form) == ()


def test_what_is_withdrawn_is_not_counted(held: Store, many: Mapping[str, str]) -> None:
    for code in CODES[:5]:
        share(held, many[code], {FIRST: MEMBERS, SECOND: MEMBERS}, person(Role.HEAD, code))
    assert [one.factor for one in disclosure.aggregates(WHO, held, EDITION.id, 2026)] == [FIRST, SECOND]
    disclosure.withdraw(HEAD, held, many["KE"], [FIRST])
    assert [one.factor for one in disclosure.aggregates(WHO, held, EDITION.id, 2026)] == [SECOND]


def test_a_factor_without_a_value_counts_for_nobody(held: Store) -> None:
    for number, code in enumerate(CODES[:5]):
        round_ = service.open_round(LOCAL, held, code, EDITION.id, 2026)
        answers = marked(code, number)
        if code == "KE":
            out = {"step": None, "not_applicable": True, "reason": "It cannot exist here.", "outside": False}
            answers = [_changed(one, out) if one.practice.startswith(f"{FIRST}.") else one for one in answers]
        service.import_answers(LOCAL, held, round_.id, answers)
        service.sign(LOCAL, held, round_.id, "A. Director")
        share(held, round_.id, {FIRST: MEMBERS, SECOND: MEMBERS}, person(Role.HEAD, code))
    assert [one.factor for one in disclosure.aggregates(WHO, held, EDITION.id, 2026)] == [SECOND]


def _changed(answer: Answer, cells: Mapping[str, object]) -> Answer:
    return Answer(**{**vars(answer), **cells})


def test_members_do_not_see_by_name_what_they_see_counted(held: Store, many: Mapping[str, str]) -> None:
    for code, round_id in many.items():
        share(held, round_id, {FIRST: MEMBERS}, person(Role.HEAD, code))
    assert disclosure.aggregates(FOREIGN_HEAD, held, EDITION.id, 2026)[0].n == 7
    assert {one.administration.code for one in disclosure.disclosed(FOREIGN_HEAD, held)} == {"FR"}
    with pytest.raises(Denied):
        disclosure.read(FOREIGN_HEAD, held, many["KE"])
    assert len(disclosure.disclosed(ANALYST, held)) == 7


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.SYSTEM])
def test_aggregates_need_their_permission(held: Store, role: Role) -> None:
    for act, arguments in ((disclosure.aggregates, (EDITION.id, 2026)), (disclosure.counted, ())):
        with pytest.raises(Denied, match="You do not hold the permission aggregate:read"):
            act(person(role), held, *arguments)


def test_a_damaged_row_stops_the_counting_and_tells_nobody_whose_it_is(
    held: Store, many: Mapping[str, str]
) -> None:
    for code, round_id in many.items():
        share(held, round_id, {FIRST: MEMBERS}, person(Role.HEAD, code))
    with held.writing(LOCAL) as session:
        spoilt = update(DisclosureRecord).where(DisclosureRecord.round_id == many["KE"])
        session.execute(spoilt.values(content_hash="0" * 64))
    with pytest.raises(Refused) as told:
        disclosure.aggregates(WHO, held, EDITION.id, 2026)
    said = "aggregates: What an administration shared does not hold any more, so nothing is counted."
    assert str(told.value).startswith(said)
    assert many["KE"] not in str(told.value)


def test_who_counts_meets_rows_open_to_all_and_no_others(held: Store, many: Mapping[str, str]) -> None:
    share(held, many["KE"], {FIRST: MEMBERS, SECOND: WCO, FACTORS[2]: PUBLIC})
    with held.reading(disclosure.Counting("somebody")) as session:
        assert set(session.scalars(select(DisclosureRecord.factor))) == {FIRST, FACTORS[2]}
