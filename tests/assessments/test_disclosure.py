"""Sharing by consent: the head decides, others read exactly that, and every refusal says why."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, update

from arusha.access.roles import GRANTS, Role
from arusha.access.rules import LOCAL, Actor, Audience, Denied
from arusha.assessments import disclosure, files, releasing, rules, service
from arusha.assessments.consent import Choice
from arusha.assessments.records import DisclosureRecord, SignatureRecord
from arusha.i18n import translator
from arusha.store import Store
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
    REGION,
    SECOND,
    THIRD,
    WCO,
    canonical,
    kept,
    marked,
    person,
    preview,
    rows_met,
    share,
    signed,
    signed_anew,
    trail,
)
from tests.assessments.rounds import DAY, EDITION, LATER, PRACTICES, STEPS, everything, failing_everywhere
from tests.furnishing import CORE, ask_nationally

NOBODY_ELSE = "Nothing of this round is shared with you, or not any more."


def refused(
    store: Store, said: str, act: Callable[..., Any], actor: Actor, *arguments: Any, **more: Any
) -> None:
    """Hold a refusal to what each one is: it says why, and nothing has changed."""
    before = everything(store)
    with pytest.raises(Refused) as told:
        act(actor, store, *arguments, **more)
    assert said in str(told.value), str(told.value)
    assert everything(store) == before


@pytest.fixture
def told(store: Store) -> Callable[[], list[Any]]:
    """Return what tells the records of the trail about sharing that this test added."""
    before = len(trail(store))
    return lambda: trail(store)[before:]


# --- the decision


def test_a_round_is_national_until_its_head_decides(store: Store) -> None:
    round_id = signed(store)
    standing = disclosure.standing(HEAD, store, round_id)
    assert (standing.shared, standing.revision, standing.behind) == ({}, 1, ())
    assert standing.region == "east_southern_africa"
    assert disclosure.disclosed(ANALYST, store) == ()
    refused(store, NOBODY_ELSE, disclosure.read, ANALYST, round_id)


def test_the_head_shares_factor_by_factor(store: Store) -> None:
    round_id = signed(store)
    standing = share(store, round_id, {FIRST: WCO, SECOND: REGION}, at=LATER)
    assert {name: one.audience for name, one in standing.shared.items()} == {FIRST: WCO, SECOND: REGION}
    one = standing.shared[FIRST]
    assert (one.revision, one.with_notes, one.shared_at, one.shared_by) == (1, False, LATER, HEAD.id)
    seen = disclosure.read(ANALYST, store, round_id)
    assert [factor.id for factor in seen.profile.factors] == [FIRST]
    assert set(seen.answers) == {practice.id for practice in EDITION.factor(FIRST).practices}


def test_what_is_read_is_scored_from_the_shared_answers_only(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {SECOND: WCO})
    seen, own = disclosure.read(ANALYST, store, round_id), service.profile(HEAD, store, round_id)
    assert seen.profile.factors[0].value == own.profile.factors[1].value
    assert seen.profile.overall.value == seen.profile.factors[0].value
    assert seen.signature is None
    assert seen.profile == score(seen.questionnaire, seen.answers)
    assert seen.questionnaire.structure.factors[0].id == SECOND
    assert set(seen.questionnaire.words("fr").practices) == set(seen.answers)


def test_the_list_tells_whose_which_factors_and_to_whom(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {SECOND: PUBLIC, FIRST: WCO, THIRD: REGION}, at=LATER)
    (found,) = disclosure.disclosed(ANALYST, store)
    assert (found.administration.code, found.year, found.edition, found.form) == (
        "KE",
        2026,
        EDITION.id,
        "whole",
    )
    assert (found.factors, found.audiences, found.audience) == ((FIRST, SECOND), (WCO, PUBLIC), WCO)
    assert (found.revision, found.shared_at, found.round_id) == (1, LATER, round_id)
    assert disclosure.disclosed(ANALYST, store, "ke2026-nothing") == ()


def test_the_newest_sharing_comes_first_in_the_list(store: Store) -> None:
    elder, newer = signed(store, year=2025), signed(store, year=2026)
    share(store, newer, {FIRST: WCO}, at=DAY)
    share(store, elder, {FIRST: WCO}, at=LATER)
    assert [one.round_id for one in disclosure.disclosed(ANALYST, store)] == [elder, newer]


def test_factors_that_are_not_named_stay_as_they_are(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO, SECOND: PUBLIC}, at=DAY)
    standing = share(store, round_id, {SECOND: NATIONAL, THIRD: WCO}, at=LATER)
    assert {name: one.shared_at for name, one in standing.shared.items()} == {FIRST: DAY, THIRD: LATER}


def test_a_decision_adds_rows_and_keeps_those_it_replaces(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO}, at=DAY)
    share(store, round_id, {FIRST: PUBLIC}, at=LATER)
    newest, eldest = disclosure.history(HEAD, store, round_id)
    assert (newest.audience, newest.withdrawn_at, newest.withdrawn_by) == (PUBLIC, None, "")
    assert (eldest.audience, eldest.withdrawn_at, eldest.withdrawn_by) == (WCO, LATER, HEAD.id)


def test_what_was_shared_does_not_follow_the_round(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    before = disclosure.read(ANALYST, store, round_id)
    service.reopen(LOCAL, store, round_id, "A late survey.")
    assert disclosure.read(ANALYST, store, round_id) == before
    standing = disclosure.standing(HEAD, store, round_id)
    assert (standing.revision, standing.behind, set(standing.shared)) == (0, (), {FIRST})
    service.sign(LOCAL, store, round_id, "Another")
    assert disclosure.read(ANALYST, store, round_id) == before
    assert disclosure.standing(HEAD, store, round_id).behind == (FIRST,)


def test_the_new_revision_is_seen_when_the_head_shares_it(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO, SECOND: WCO})
    signed_anew(store, round_id, {"step": STEPS[4]})
    assert disclosure.read(ANALYST, store, round_id).answers[PRACTICES[0]].step == STEPS[0]
    standing = share(store, round_id, {FIRST: WCO})
    assert disclosure.read(ANALYST, store, round_id).answers[PRACTICES[0]].step == STEPS[4]
    assert {name: one.revision for name, one in standing.shared.items()} == {FIRST: 2, SECOND: 1}
    assert standing.behind == (SECOND,)


def test_a_reopened_round_can_be_withdrawn_and_not_shared(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    service.reopen(LOCAL, store, round_id, "A late survey.")
    said = "The round is not signed off, and only what was signed can be shared. Sign the round off"
    refused(store, said, disclosure.preview, HEAD, round_id, {FIRST: Choice(PUBLIC)})
    refused(store, said, disclosure.decide, HEAD, round_id, {FIRST: Choice(PUBLIC)}, expected="")
    assert disclosure.withdraw(HEAD, store, round_id).shared == {}


def test_revisions_of_two_forms_are_read_side_by_side(store: Store) -> None:
    round_ = service.open_round(LOCAL, store, "KE", EDITION.id, 2026, form="short")
    answers = {answer.practice: answer for answer in marked("KE")}
    service.import_answers(LOCAL, store, round_.id, [answers[name] for name in CORE])
    service.sign(LOCAL, store, round_.id, "A. Director")
    share(store, round_.id, {FIRST: WCO, SECOND: WCO})
    assert disclosure.disclosed(ANALYST, store)[0].form == "short"
    assert disclosure.read(ANALYST, store, round_.id).form == "short"
    service.reopen(LOCAL, store, round_.id, "We answer all of it.")
    service.ask_whole(LOCAL, store, round_.id)
    service.import_answers(LOCAL, store, round_.id, answers.values())
    service.sign(LOCAL, store, round_.id, "A. Director")
    share(store, round_.id, {SECOND: WCO})
    seen = disclosure.read(ANALYST, store, round_.id)
    asked = {factor.id: len(factor.practices) for factor in seen.questionnaire.factors}
    assert asked == {FIRST: 4, SECOND: len(EDITION.factor(SECOND).practices)}
    assert [factor.applicable + factor.not_applicable for factor in seen.profile.factors] == list(
        asked.values()
    )
    assert (seen.form, disclosure.disclosed(ANALYST, store)[0].form) == ("whole", "whole")


# --- the preview


def test_the_preview_is_what_is_read_byte_for_byte(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {THIRD: PUBLIC})
    choices = {FIRST: Choice(WCO, with_notes=True), SECOND: Choice(REGION)}
    plan = disclosure.preview(HEAD, store, round_id, choices, at=LATER)
    assert disclosure.disclosed(ANALYST, store)[0].factors == (THIRD,)
    disclosure.decide(HEAD, store, round_id, choices, expected=plan.fingerprint, at=LATER)
    readers = {
        REGION: person(Role.REGIONAL_OFFICE, region="east_southern_africa"),
        WCO: ANALYST,
        PUBLIC: FOREIGN_HEAD,
    }
    for kind, reader in readers.items():
        shown = {row.factor: row.content for row in plan.open_to(kind)}
        met = {row["factor"]: row["content"] for row in rows_met(store, reader)}
        assert canonical([met]) == canonical([shown]), kind
        assert releasing.seen_of(plan.open_to(kind)) == disclosure.read(reader, store, round_id)
    assert [len(plan.open_to(kind)) for kind in readers] == [3, 2, 1]


def test_a_preview_changes_nothing(store: Store, told: Callable[[], list[Any]]) -> None:
    round_id = signed(store)
    before = everything(store)
    preview(store, round_id, **dict.fromkeys(FACTORS, PUBLIC))
    assert everything(store) == before
    assert told() == []


def test_the_preview_tells_what_nobody_else_opens_any_more(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO, SECOND: WCO})
    plan = preview(store, round_id, **{FIRST: NATIONAL, SECOND: PUBLIC})
    assert (plan.closed, [row.factor for row in plan.after]) == ((FIRST,), [SECOND])
    assert {row.factor for row in plan.ended} == {FIRST, SECOND}


def _share_another(store: Store, round_id: str) -> None:
    share(store, round_id, {THIRD: WCO})


def _withdraw(store: Store, round_id: str) -> None:
    disclosure.withdraw(HEAD, store, round_id, [SECOND])


def _sign_anew(store: Store, round_id: str) -> None:
    signed_anew(store, round_id, {"note": "What the survey says."})


@pytest.mark.parametrize("meanwhile", [_share_another, _withdraw, _sign_anew])
def test_a_decision_about_what_was_not_shown_is_refused(
    store: Store, meanwhile: Callable[[Store, str], None]
) -> None:
    round_id = signed(store)
    share(store, round_id, {SECOND: WCO})
    choices = {FIRST: Choice(WCO)}
    shown = disclosure.preview(HEAD, store, round_id, choices).fingerprint
    meanwhile(store, round_id)
    said = (
        "What is to be shared is not what was shown: something has changed since. Look at the preview again"
    )
    refused(store, said, disclosure.decide, HEAD, round_id, choices, expected=shown)
    anew = disclosure.preview(HEAD, store, round_id, choices).fingerprint
    assert FIRST in disclosure.decide(HEAD, store, round_id, choices, expected=anew).shared


@pytest.mark.parametrize(
    "other", [{FIRST: Choice(PUBLIC)}, {FIRST: Choice(WCO, with_notes=True)}, {SECOND: Choice(WCO)}]
)
def test_a_decision_about_something_else_than_was_shown_is_refused(
    store: Store, other: dict[str, Choice]
) -> None:
    round_id = signed(store)
    shown = preview(store, round_id, **{FIRST: WCO}).fingerprint
    refused(store, "is not what was shown", disclosure.decide, HEAD, round_id, other, expected=shown)


# --- what stays home


def test_notes_and_reasons_appear_only_where_they_were_shared_on_purpose(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO, SECOND: Choice(WCO, with_notes=True)})
    seen = disclosure.read(ANALYST, store, round_id)
    for practice, answer in seen.answers.items():
        is_noted = practice.startswith(f"{SECOND}.")
        assert answer.note == (f"note-KE-{practice}" if is_noted else "")
        assert bool(answer.reason) == (is_noted and practice in PRACTICES[1:4])
    said = f"{rows_met(store, ANALYST)} {disclosure.disclosed(ANALYST, store)} {seen}"
    assert f"note-KE-{SECOND}." in said
    for secret in (f"note-KE-{FIRST}.", f"reason-KE-{FIRST}.", "signer-KE"):
        assert secret not in said
    texts = _texts(files.disclosed(ANALYST, store, translator("en"), round_id).content)
    assert f"note-KE-{SECOND}." in texts
    assert f"note-KE-{FIRST}." not in texts
    assert "reason-KE" not in texts
    assert "signer-KE" not in texts
    assert "Of what was signed off, the factors that were disclosed by" in texts
    assert "Not signed off" not in texts


def _texts(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_the_content_of_a_factor_says_nothing_of_the_others(store: Store) -> None:
    round_id = signed(store)
    other = next(name for name in PRACTICES if name.startswith(f"{SECOND}."))
    before = preview(store, round_id, **{FIRST: WCO}).added[0].content
    signed_anew(store, round_id, {"step": STEPS[4]}, other)
    after = preview(store, round_id, **{FIRST: WCO}).added[0].content
    apart = ("revision", "salt")
    assert {k: v for k, v in before.items() if k not in apart} == {
        k: v for k, v in after.items() if k not in apart
    }
    signatures = [one.content_hash for one in service.signatures(HEAD, store, round_id)]
    assert not any(mark in str(after) for mark in signatures)


def test_a_hash_does_not_tell_the_answers_to_who_tries_them_all(store: Store) -> None:
    rows = preview(store, signed(store), **dict.fromkeys(FACTORS, WCO)).added
    salts = {row.content["salt"] for row in rows}
    assert len(salts) == len(FACTORS)
    assert {len(salt) for salt in salts} == {32}
    for row in rows:
        bare = {name: value for name, value in row.content.items() if name != "salt"}
        assert rules.fingerprint(bare) != row.content_hash == rules.fingerprint(row.content)


def test_national_practices_stay_home(store: Store, own_home: Any) -> None:
    ask_nationally(own_home, "KE")
    round_ = service.open_round(LOCAL, store, "KE", EDITION.id, 2026)
    asked = service.sheet(LOCAL, store, round_.id).questionnaire
    own = [one.id for one in asked.practices.values() if one.national]
    assert own
    given = [
        Answer(name, asked.scale_of(asked.practices[name]).steps[0].id, note="kept at home") for name in own
    ]
    service.import_answers(LOCAL, store, round_.id, [*marked("KE"), *given])
    service.sign(LOCAL, store, round_.id, "A. Director")
    share(store, round_.id, {name: Choice(PUBLIC, with_notes=True) for name in FACTORS})
    seen = disclosure.read(ANALYST, store, round_.id)
    assert set(seen.answers) == set(PRACTICES) == set(seen.questionnaire.practices)
    assert "kept at home" not in str(rows_met(store, ANALYST))
    assert seen.asked.national is None


def test_the_tables_of_the_round_itself_stay_shut(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {name: Choice(PUBLIC, with_notes=True) for name in FACTORS})
    for act in (service.find, service.sheet, service.profile, service.signatures, service.exported):
        with pytest.raises(Denied):
            act(ANALYST, store, round_id)
        with pytest.raises(Refused):
            act(FOREIGN_HEAD, store, round_id)
    with pytest.raises(Refused, match="There is no round with this id"):
        disclosure.history(FOREIGN_HEAD, store, round_id)


# --- the end of it


def test_withdrawn_is_refused_at_once_and_stays_as_history(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, dict.fromkeys(FACTORS, WCO))
    assert len(disclosure.read(ANALYST, store, round_id).profile.factors) == 10
    standing = disclosure.withdraw(HEAD, store, round_id, [FIRST], at=LATER)
    assert FIRST not in standing.shared
    assert FIRST not in {factor.id for factor in disclosure.read(ANALYST, store, round_id).profile.factors}
    assert disclosure.withdraw(HEAD, store, round_id).shared == {}
    refused(store, NOBODY_ELSE, disclosure.read, ANALYST, round_id)
    refused(store, NOBODY_ELSE, disclosure.exported, ANALYST, round_id)
    assert disclosure.disclosed(ANALYST, store) == ()
    assert rows_met(store, ANALYST) == []
    assert len(disclosure.history(HEAD, store, round_id)) == 10
    assert {row["factor"] for row in kept(store) if row["withdrawn_at"] == LATER} == {FIRST}


def test_what_is_not_shared_cannot_be_withdrawn(store: Store) -> None:
    round_id = signed(store)
    said = "Nothing of this round is shared. There is nothing to withdraw."
    refused(store, said, disclosure.withdraw, HEAD, round_id)
    share(store, round_id, {FIRST: WCO})
    said = f"The factor {SECOND} is not shared. Choose one that is shared: {FIRST}."
    refused(store, said, disclosure.withdraw, HEAD, round_id, [FIRST, SECOND])


# --- refusals


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({}, "factors: No factor is chosen. Choose at least one."),
        ({"leadershp": Choice(WCO)}, "has no factor leadershp. Did you mean leadership?"),
        ({"\x00": Choice(WCO)}, f"The signed revision has no factor �. Use one of: {', '.join(FACTORS)}."),
        (
            {FIRST: Choice("all")},
            f"{FIRST}: all is nobody that a round can be shared with. Use one of: national",
        ),
        ({FIRST: Choice(NATIONAL)}, "Nothing would change: this is what others see already. Choose another"),
        ({SECOND: Choice(WCO)}, "Nothing would change: this is what others see already."),
    ],
)
def test_a_decision_that_is_none_is_refused(store: Store, choices: dict[str, Choice], said: str) -> None:
    round_id = signed(store)
    share(store, round_id, {SECOND: WCO})
    refused(store, said, disclosure.preview, HEAD, round_id, choices)
    refused(store, said, disclosure.decide, HEAD, round_id, choices, expected="")


def test_every_fault_of_a_decision_is_told_at_once(store: Store) -> None:
    choices = {"nothing": Choice("all"), FIRST: Choice("some"), SECOND: Choice(WCO)}
    with pytest.raises(Refused) as told:
        disclosure.preview(HEAD, store, signed(store), choices)
    assert [problem.place for problem in told.value.problems] == ["nothing", "nothing", FIRST]


def test_plain_words_for_audiences_are_understood(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: Choice("wco"), SECOND: Choice("public")})
    assert share(store, round_id, {FIRST: Choice("national")}).shared[SECOND].audience is PUBLIC


def test_an_open_round_cannot_be_shared(store: Store) -> None:
    round_ = service.open_round(LOCAL, store, "KE", EDITION.id, 2026)
    assert disclosure.standing(HEAD, store, round_.id).revision == 0
    said = f"{round_.id}: The round is not signed off, and only what was signed can be shared."
    refused(store, said, disclosure.preview, HEAD, round_.id, {FIRST: Choice(WCO)})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD])
def test_nobody_but_the_head_decides(store: Store, told: Callable[[], list[Any]], role: Role) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    actor = Actor("somebody", GRANTS[role], role, "KE", name="Somebody", factors=frozenset(FACTORS))
    for act, more in (
        (disclosure.preview, {"choices": {FIRST: Choice(PUBLIC)}}),
        (disclosure.decide, {"choices": {FIRST: Choice(PUBLIC)}, "expected": ""}),
        (disclosure.withdraw, {}),
    ):
        refused(store, "You do not hold the permission disclosure:decide.", act, actor, round_id, **more)
        assert told()[-1][:4] == ("somebody", "disclosure:decide", "", "refused")


def test_a_head_decides_about_the_own_administration_only(store: Store) -> None:
    round_id, said = signed(store), "There is no round with this id."
    refused(store, said, disclosure.standing, FOREIGN_HEAD, round_id)
    refused(store, said, disclosure.preview, FOREIGN_HEAD, round_id, {FIRST: Choice(WCO)})
    refused(store, said, disclosure.decide, FOREIGN_HEAD, round_id, {FIRST: Choice(WCO)}, expected="")
    refused(store, said, disclosure.withdraw, FOREIGN_HEAD, round_id)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OBSERVER])
def test_others_of_the_administration_see_what_stands(store: Store, role: Role) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    actor = person(role, "KE")
    assert set(disclosure.standing(actor, store, round_id).shared) == {FIRST}
    assert [one.factor for one in disclosure.history(actor, store, round_id)] == [FIRST]


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.ANALYST, Role.DONOR, Role.SYSTEM])
def test_what_stands_is_for_those_who_read_the_profile(store: Store, role: Role) -> None:
    round_id, actor = signed(store), Actor("somebody", GRANTS[role], role, "KE", name="Somebody")
    for act in (disclosure.standing, disclosure.history):
        refused(store, "You do not hold the permission profile:read.", act, actor, round_id)


def test_an_export_needs_its_own_permission(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: PUBLIC})
    reviewer = person(Role.REVIEWER, assigned=frozenset({"KE"}))
    assert disclosure.read(reviewer, store, round_id)
    refused(
        store, "You do not hold the permission disclosure:export.", disclosure.exported, reviewer, round_id
    )
    refused(store, NOBODY_ELSE, disclosure.exported, ANALYST, "ke2026-nowhere")


@pytest.mark.parametrize("round_id", ["", "nowhere", "' OR 1=1 --", "\x00", "\u202e<b>", "x" * 5000])
def test_an_unknown_round_is_nothing_that_is_shared(store: Store, round_id: str) -> None:
    signed(store)
    refused(store, NOBODY_ELSE, disclosure.read, ANALYST, round_id)


# --- what another program did


def _spoil(store: Store, table: Any, **cells: Any) -> None:
    with store.writing(LOCAL) as session:
        session.execute(update(table).values(**cells))


def _spoil_content(store: Store, table: Any, *, rehash: bool = True, **said: Any) -> None:
    with store.reading(LOCAL) as session:
        content = dict(session.query(table).first().content) | said
    marks = {"content_hash": rules.fingerprint(content)} if rehash else {}
    _spoil(store, table, content=content, **marks)


@pytest.mark.parametrize(
    "cells",
    [{"revision": 2}, {"year": 2020}, {"factor": SECOND}, {"form": "short"}, {"content_hash": "0" * 64}],
)
def test_a_row_that_was_changed_is_not_handed_out(store: Store, cells: dict[str, Any]) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    _spoil(store, DisclosureRecord, **cells)
    said = "What was shared was changed afterwards: the hash does not fit. Ask the administration to share it"
    refused(store, said, disclosure.read, ANALYST, round_id)


def test_a_content_that_was_changed_is_not_handed_out(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    _spoil_content(store, DisclosureRecord, rehash=False, answers=[])
    refused(store, f"{round_id}, {FIRST}: What was shared was changed", disclosure.read, ANALYST, round_id)


def test_what_was_shared_of_another_edition_is_not_handed_out(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    _spoil_content(store, DisclosureRecord, edition_hash="0" * 64)
    refused(store, "The edition was changed after this was shared.", disclosure.read, ANALYST, round_id)


def test_a_row_that_cannot_be_read_is_told(sqlite_store: Store) -> None:
    round_id = signed(sqlite_store)
    share(sqlite_store, round_id, {FIRST: WCO})
    with sqlite_store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE disclosures SET content = 'x{'")
    for act, actor in ((disclosure.read, ANALYST), (disclosure.standing, HEAD), (disclosure.history, HEAD)):
        with pytest.raises(
            Refused, match=r"What was shared cannot be read\. Put back a copy of the database\."
        ):
            act(actor, sqlite_store, round_id)


def test_a_signature_that_does_not_hold_is_not_shared(store: Store) -> None:
    round_id = signed(store)
    _spoil_content(store, SignatureRecord, rehash=False, year=2020)
    said = "What was signed was changed afterwards: the hash does not fit."
    refused(store, said, disclosure.preview, HEAD, round_id, {FIRST: Choice(WCO)})


def test_a_signature_on_another_edition_is_not_shared(store: Store) -> None:
    round_id = signed(store)
    _spoil_content(store, SignatureRecord, edition_hash="0" * 64)
    said = "The edition was changed after the round was signed. Reopen the round and sign it anew."
    refused(store, said, disclosure.preview, HEAD, round_id, {FIRST: Choice(WCO)})


def test_a_signed_round_without_a_signature_is_not_shared(store: Store) -> None:
    round_id = signed(store)
    with store.writing(LOCAL) as session:
        session.execute(delete(SignatureRecord))
    said = "The round is marked as signed, but there is no signature."
    refused(store, said, disclosure.preview, HEAD, round_id, {FIRST: Choice(WCO)})
    assert disclosure.standing(HEAD, store, round_id).revision == 0


# --- the trail


def test_decisions_are_in_the_trail_with_choices_and_hashes_and_no_text(
    store: Store, told: Callable[[], list[Any]]
) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: Choice(WCO, with_notes=True), SECOND: PUBLIC})
    share(store, round_id, {FIRST: NATIONAL, THIRD: MEMBERS})
    disclosure.withdraw(HEAD, store, round_id, [SECOND])
    hashes = {row["factor"]: row["content_hash"] for row in kept(store)}
    marks = {"revision": 1, "with_notes": False}
    first, second, third = told()
    assert first[:4] == (HEAD.id, "disclosure:decide", round_id, "done")
    assert first[4] == {
        "revision": 1,
        "factors": {
            FIRST: {"audience": "wco", "hash": hashes[FIRST], "revision": 1, "with_notes": True},
            SECOND: {"audience": "public", "hash": hashes[SECOND], **marks},
        },
    }
    assert second[4]["factors"] == {
        FIRST: {"audience": "national"},
        THIRD: {"audience": "members", "hash": hashes[THIRD], **marks},
    }
    assert third[:4] == (HEAD.id, "disclosure:withdraw", round_id, "done")
    assert third[4] == {"factors": {SECOND: {"audience": "public", "hash": hashes[SECOND], **marks}}}
    assert not any(text in str(told()) for text in ("note-", "reason-", "signer-"))


def test_a_read_of_another_administration_is_in_the_trail(
    store: Store, told: Callable[[], list[Any]]
) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    disclosure.read(ANALYST, store, round_id)
    disclosure.exported(ANALYST, store, round_id)
    mark = {"factors": {FIRST: {"audience": "wco", "hash": kept(store)[0]["content_hash"]}}}
    assert [one for one in told() if one[0] == ANALYST.id] == [
        (ANALYST.id, "disclosure:read", round_id, "done", mark),
        (ANALYST.id, "disclosure:export", round_id, "done", mark),
    ]


def test_a_page_that_asks_at_every_click_is_told_once_a_session(
    store: Store, told: Callable[[], list[Any]]
) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO, SECOND: WCO})
    here, there = (replace(ANALYST, session=name * 32) for name in "ab")
    for reader in (here, here, there, here):
        disclosure.read(reader, store, round_id)
    share(store, round_id, {SECOND: NATIONAL})
    disclosure.read(here, store, round_id)
    disclosure.read(here, store, round_id)
    told = [list(one[4]["factors"]) for one in told() if one[1] == "disclosure:read"]
    assert told == [[FIRST, SECOND], [FIRST, SECOND], [FIRST]]


def test_reading_what_is_ones_own_leaves_no_trace(store: Store, told: Callable[[], list[Any]]) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    disclosure.read(HEAD, store, round_id)
    assert [one[1] for one in told()] == ["disclosure:decide"]


def test_a_read_that_is_refused_is_in_the_trail(store: Store, told: Callable[[], list[Any]]) -> None:
    round_id = signed(store)
    with pytest.raises(Denied):
        disclosure.read(ANALYST, store, round_id)
    assert told() == [(ANALYST.id, "disclosure:read", "", "refused", {"reason": NOBODY_ELSE})]


def test_a_decision_is_whole_with_its_trail_or_not_there(store: Store, told: Callable[[], list[Any]]) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO})
    plan = preview(store, round_id, **{FIRST: PUBLIC, SECOND: WCO})
    choices = {FIRST: Choice(PUBLIC), SECOND: Choice(WCO)}
    done = failing_everywhere(
        store, lambda: disclosure.decide(HEAD, store, round_id, choices, expected=plan.fingerprint)
    )
    assert done > 5
    assert [one[1] for one in told()] == ["disclosure:decide"] * 2


def test_a_withdrawal_is_whole_with_its_trail_or_not_there(
    store: Store, told: Callable[[], list[Any]]
) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: WCO, SECOND: WCO})
    assert failing_everywhere(store, lambda: disclosure.withdraw(HEAD, store, round_id)) > 5
    assert [one[1] for one in told()] == ["disclosure:decide", "disclosure:withdraw"]


# --- everyone on one computer


def test_one_person_on_one_computer_may_do_all_of_it(store: Store) -> None:
    round_id = signed(store)
    share(store, round_id, {FIRST: Audience.MEMBERS}, LOCAL)
    assert disclosure.read(LOCAL, store, round_id).profile.factors[0].id == FIRST
    assert disclosure.exported(LOCAL, store, round_id).before is None
    assert disclosure.aggregates(LOCAL, store, EDITION.id, 2026) == ()
