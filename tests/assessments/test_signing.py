"""What was signed is proved anew, and whatever was changed behind the program's back is told, not a crash."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Integer, select, text, update

from arusha.access.rules import LOCAL
from arusha.assessments import proving, rules, service, signing
from arusha.assessments.records import AnswerRecord, RoundRecord, SignatureRecord
from arusha.members import service as members
from arusha.store import Store
from questionnaires import loading
from questionnaires.problems import Refused
from scoring import profile as scoring
from scoring.answers import Answer
from tests.assessments import lines
from tests.assessments.lines import DOG, STRUCTURE, TEXT, national, save, settled
from tests.assessments.rounds import (
    DAY,
    EDITION,
    FIRST,
    LATER,
    PRACTICES,
    STEPS,
    opened,
    saved,
    signed,
    signed_twice,
    whole,
)
from tests.questionnaires.following import FIRST as SMALL
from tests.questionnaires.small import changed

Content = dict[str, Any]
FLAGS = ("not_applicable", "outside")


def told(store: Store, round_id: str) -> str:
    """Return what verification says; it always says something readable and never fails."""
    return "\n".join(str(problem) for problem in service.verify(LOCAL, store, round_id))


def content_of(store: Store, revision: int = 1) -> Content:
    with store.reading(LOCAL) as session:
        found = session.scalars(select(SignatureRecord.content).filter_by(revision=revision))
        return dict(found.one())


def put(store: Store, content: Any, *, rehash: bool = False) -> None:
    """Put a content into the only signature, with a hash that fits when ``rehash``."""
    cells: dict[str, Any] = {"content": content}
    if rehash:
        cells["content_hash"] = rules.fingerprint(content)
    with store.writing(LOCAL) as session:
        session.execute(update(SignatureRecord).values(**cells))


def survive(store: Store, round_id: str) -> None:
    """Read everything of a round that may be damaged; what cannot be read is refused with a reason."""
    assert len(service.signatures(LOCAL, store, round_id)) == 1
    for one in service.signatures(LOCAL, store, round_id):
        assert isinstance(one.signed_at, datetime)
        assert isinstance((one.edition, one.rule), tuple)
    for revision in (0, 1):
        with suppress(Refused):
            service.profile(LOCAL, store, round_id, revision)


# --- what holds


def test_what_was_signed_holds(store: Store) -> None:
    round_id = signed(store)
    seen = service.profile(LOCAL, store, round_id)
    assert told(store, round_id) == ""
    assert seen.profile == service.sheet(LOCAL, store, round_id).profile
    assert seen.answers == {answer.practice: answer for answer in whole()}
    assert seen.signature is not None
    assert seen.signature.content_hash == rules.fingerprint(content_of(store))
    assert (seen.signature.edition, seen.signature.rule) == (EDITION.id, scoring.RULE)


def test_a_chain_of_revisions_holds_signed_and_open(store: Store) -> None:
    round_id = signed_twice(store)
    assert told(store, round_id) == ""
    assert content_of(store, 2)["follows"]["content_hash"] == rules.fingerprint(content_of(store, 1))
    service.reopen(LOCAL, store, round_id, "once more", at=LATER)
    assert told(store, round_id) == ""
    saved(store, round_id, {"step": STEPS[4]})
    assert told(store, round_id) == ""
    service.sign(LOCAL, store, round_id, "C. Director", at=LATER)
    assert content_of(store, 3)["follows"]["reason"] == "once more"
    assert told(store, round_id) == ""


def test_a_moment_in_another_zone_is_signed_as_the_same_moment(store: Store) -> None:
    round_id = opened(store, whole())
    moment = datetime(2026, 3, 1, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=3)))
    service.sign(LOCAL, store, round_id, "A. Director", at=moment)
    assert told(store, round_id) == ""
    assert content_of(store)["signed_at"] == moment.astimezone(UTC).isoformat()


# --- every cell


def other(column: Column[Any], value: Any) -> Any:
    """Return another value that the column can hold."""
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(column.type, Integer):
        return value + 7
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, dict):
        return {**value, "year": value["year"] + 1}
    if value is None:
        return DAY if "_at" in column.name else STEPS[0]
    return f"{value[:-1]}{'y' if value.endswith('x') else 'x'}"


CELLS = [
    pytest.param(table, column, id=column.name if table is AnswerRecord else f"signature_{column.name}")
    for table in (AnswerRecord, SignatureRecord)
    for column in table.__table__.columns
]


@pytest.mark.parametrize(("table", "column"), CELLS)
@pytest.mark.parametrize("revision", [1, 2])
def test_any_cell_that_was_changed_is_found(store: Store, table: Any, column: Any, revision: int) -> None:
    round_id = signed_twice(store)
    elsewhere = opened(store, code="UG")
    whole_row = {"practice": FIRST} if table is AnswerRecord else {"revision": revision}
    with store.writing(LOCAL) as session:
        row = update(table).filter_by(round_id=round_id, **whole_row)
        value = session.scalar(select(column).filter_by(round_id=round_id, **whole_row))
        new = elsewhere if column.name == "round_id" else other(column, value)
        session.execute(row.values({column.name: new}))
    assert told(store, round_id) != ""
    survive_all(store, round_id)


def survive_all(store: Store, round_id: str) -> None:
    for revision in (0, 1, 2):
        with suppress(Refused):
            service.profile(LOCAL, store, round_id, revision)
    service.signatures(LOCAL, store, round_id)


@pytest.mark.parametrize("junk", ["'junk'", "x'ff00'", "5", "-1.5", "'{}'", "'null'", "''"])
@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_cell_that_is_of_no_use_at_all_is_told_not_a_crash(
    sqlite_store: Store, table: Any, column: Any, junk: str
) -> None:
    round_id = signed(sqlite_store)
    if junk == "''" and column.name in ("reopen_reason", "reopened_by", "reason", "note", *FLAGS):
        return  # that is what stands there, or reads as the same
    with closing(sqlite3.connect(sqlite_store.name)) as other_program:
        where = f"practice = '{FIRST}'" if table is AnswerRecord else "revision = 1"
        other_program.execute(f"UPDATE {table.__tablename__} SET {column.name} = {junk} WHERE {where}")  # noqa: S608
        other_program.commit()
    assert told(sqlite_store, round_id) != ""
    survive_all(sqlite_store, round_id)


@pytest.mark.parametrize(
    "cell",
    [
        "{",
        "",
        "nonsense",
        "[" * 100_000,
        '{"a":' * 100_000,
        "NaN",
        '{"form": NaN}',
        "5",
        "null",
        "[]",
        '"x"',
        "{}",
    ],
)
def test_json_that_cannot_be_read_is_told_not_a_crash(sqlite_store: Store, cell: str) -> None:
    round_id = signed(sqlite_store)
    with sqlite_store.writing(LOCAL) as session:
        session.execute(text("UPDATE signatures SET content = :cell"), {"cell": cell})
    assert "hash does not fit" in told(sqlite_store, round_id)
    survive(sqlite_store, round_id)
    with pytest.raises(Refused, match=r"cannot be read|is not whole"):
        service.profile(LOCAL, sqlite_store, round_id)
    assert [one.signed_by for one in service.signatures(LOCAL, sqlite_store, round_id)] == ["A. Director"]
    service.reopen(LOCAL, sqlite_store, round_id, "the database was damaged")


# --- contents


def without(name: str) -> Callable[[Content], Any]:
    return lambda content: {key: value for key, value in content.items() if key != name}


def with_(**more: Any) -> Callable[[Content], Any]:
    return lambda content: content | more


def in_profile(change: Callable[[Content], Any]) -> Callable[[Content], Any]:
    return lambda content: content | {"profile": change(content["profile"])}


def in_answer(change: Callable[[Content], Any]) -> Callable[[Content], Any]:
    return lambda content: content | {"answers": [change(content["answers"][0]), *content["answers"][1:]]}


def first_factor(**more: Any) -> Callable[[Content], Any]:
    def change(profile: Content) -> Content:
        return profile | {"factors": [profile["factors"][0] | more, *profile["factors"][1:]]}

    return in_profile(change)


SHAPES = [
    (lambda content: [content], "cannot be read"),
    (lambda content: None, "cannot be read"),
    (lambda content: "signed", "cannot be read"),
    (lambda content: {}, "cannot be read"),
    *((without(name), f"not whole: {name}") for name in proving.FORMS[signing.FORM]),
    (with_(form=signing.FIRST_FORM), "not whole: asked, beside, national_hash"),
    (with_(asked="long"), "not whole: asked"),
    (with_(asked=["whole"]), "not whole: asked"),
    (with_(beside=[1]), "not whole: beside"),
    (with_(beside={}), "not whole: beside"),
    (with_(national_hash=None), "not whole: national_hash"),
    (with_(more=1, form=2), "not whole: more"),
    (with_(year="2026"), "not whole: year"),
    (with_(revision=True), "not whole: revision"),
    (with_(signed_by=None), "not whole: signed_by"),
    (with_(edition=["arusha_2026"]), "not whole: edition"),
    (with_(edition={"a": 1}), "not whole: edition"),
    (with_(answers={}), "not whole: answers"),
    (with_(answers=[1, 2]), "not whole: answers"),
    (with_(answers=[[]]), "not whole: answers"),
    (with_(profile=[]), "not whole: profile"),
    (with_(profile={}), "not whole: profile"),
    (in_answer(without("note")), "not whole: answers"),
    (in_answer(with_(more=1)), "not whole: answers"),
    (in_answer(with_(step=3)), "not whole: answers"),
    (in_answer(with_(outside=0)), "not whole: answers"),
    (in_answer(with_(practice=["x"])), "not whole: answers"),
    (in_answer(with_(practice=PRACTICES[7])), "not whole: answers"),
    (in_profile(without("factors")), "not whole: profile"),
    (in_profile(with_(more=1)), "not whole: profile"),
    (in_profile(with_(factors=5)), "not whole: profile"),
    (in_profile(with_(factors=[5])), "not whole: profile"),
    (in_profile(with_(overall=None)), "not whole: profile"),
    (first_factor(practices=None), "not whole: profile"),
    (first_factor(more=1), "not whole: profile"),
]  # fmt: skip
MEANINGS: list[tuple[Callable[[Content], Any], str]] = [
    (in_answer(with_(step="sometimes")), "not an answer"),
    (in_answer(with_(practice="nowhere.at_all")), "has no practice"),
    (in_answer(with_(step=STEPS[4])), "computed anew differs"),
    (in_answer(with_(reason="other")), "computed anew differs"),
    (with_(answers=[]), "computed anew differs"),
    (first_factor(value=1.0), "computed anew differs"),
    (first_factor(value="high"), "computed anew differs"),
    (first_factor(level=4), "computed anew differs"),
    (first_factor(answered=True), "computed anew differs"),
    (in_profile(with_(factors=[])), "computed anew differs"),
    (in_profile(with_(rule="mine")), "computed anew differs"),
    (with_(beside=["nowhere.at_all"]), "computed anew differs"),
    (with_(beside=[PRACTICES[0]]), "computed anew differs"),
    (with_(asked="short"), "The edition was changed"),
    (with_(national_hash="0" * 64), "The national practices were changed"),
    (with_(edition="arusha_2062"), "no edition arusha_2062"),
    (with_(edition="/etc"), "no edition /etc"),
    (with_(edition=""), "no edition"),
    (with_(round="ke2026-other"), "of another round"),
    (with_(administration="UG"), "of another round"),
    (with_(year=2030), "of another round"),
    (with_(revision=2), "of another round"),
    (with_(signed_by="Somebody"), "name or the time"),
    (with_(recorded_by="somebody"), "name or the time"),
    (with_(signed_at="yesterday"), "name or the time"),
    (with_(form="arusha-signature-9"), "a form this program does not know"),
    (with_(rule="arusha-score-9"), "this program knows arusha-score-1"),
    (with_(edition_hash="0" * 64), "The edition was changed"),
    (with_(follows={"revision": 0}), "The revision before it"),
]


@pytest.mark.parametrize("rehash", [False, True])
@pytest.mark.parametrize(("change", "said"), SHAPES)
def test_a_content_of_another_shape_is_told_not_a_crash(
    sqlite_store: Store, change: Callable[[Content], Any], said: str, rehash: bool
) -> None:
    round_id = signed(sqlite_store)
    put(sqlite_store, change(content_of(sqlite_store)), rehash=rehash)
    found = told(sqlite_store, round_id)
    assert said in found
    assert ("hash does not fit" in found) == (not rehash) or said == "cannot be read"
    survive(sqlite_store, round_id)
    with pytest.raises(Refused, match=said):
        service.profile(LOCAL, sqlite_store, round_id)


@pytest.mark.parametrize(("change", "said"), MEANINGS)
def test_a_content_whose_hash_was_made_to_fit_is_found_by_what_it_means(
    store: Store, change: Callable[[Content], Any], said: str
) -> None:
    round_id = signed(store)
    put(store, change(content_of(store)), rehash=True)
    found = told(store, round_id)
    assert said in found
    assert "hash does not fit" not in found
    survive(store, round_id)


@pytest.mark.parametrize(("change", "said"), MEANINGS)
def test_a_changed_content_is_found_by_its_hash_and_not_shown_as_signed(
    sqlite_store: Store, change: Callable[[Content], Any], said: str
) -> None:
    round_id = signed(sqlite_store)
    put(sqlite_store, change(content_of(sqlite_store)))
    assert "the hash does not fit" in told(sqlite_store, round_id)
    with pytest.raises(Refused, match="the hash does not fit"):
        service.profile(LOCAL, sqlite_store, round_id)


def paths(content: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every place in a content."""
    inside = content.items() if isinstance(content, dict) else enumerate(content)
    deeper = [
        path
        for key, value in inside
        for path in (paths(value, (*at, key)) if isinstance(value, dict | list) else [(*at, key)])
    ]
    return [*deeper, at] if at else deeper


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_whatever_was_put_anywhere_is_told_not_a_crash(sqlite_store: Store) -> None:
    round_id = signed(sqlite_store)
    signature = service.signatures(LOCAL, sqlite_store, round_id)[0]
    round_ = service.find(LOCAL, sqlite_store, round_id)
    original = json.dumps(signature.content)
    places = paths(signature.content)

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.sampled_from(places), json_values, st.booleans())
    def try_one(path: tuple[Any, ...], value: Any, rehash: bool) -> None:
        content = json.loads(original)
        inner = content
        for key in path[:-1]:
            inner = inner[key]
        same = json.dumps(inner[path[-1]]) == json.dumps(value)
        inner[path[-1]] = value
        mark = rules.fingerprint(content) if rehash else signature.content_hash
        changed = rules.Signature(**{**signature.__dict__, "content": content, "content_hash": mark})
        found = proving.faults_of(changed, round_) + proving.faults_of_series(round_, [changed])
        assert all(str(problem) for problem in found)
        if not same and (not rehash or path[0] not in ("answers", "profile")):
            assert found, path
        if found and path[0] == "profile":
            with pytest.raises(Refused):
                proving.read(changed, round_)

    try_one()


# --- round, series and answers


def alter(store: Store, statement: str) -> None:
    with store.writing(LOCAL) as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM signatures", "marked as signed, but there is no signature"),
        ("DELETE FROM signatures WHERE revision = 2", "marked as signed, but there is no signature"),
        ("DELETE FROM signatures WHERE revision = 1", "The signature of revision 1 is not there"),
        ("UPDATE rounds SET state = 'open'", "about reopening it does not fit"),
        ("UPDATE rounds SET revision = 3", "there is no signature"),
        ("UPDATE rounds SET revision = 1000000000", "there is no signature"),
        ("UPDATE rounds SET revision = 1", "about reopening it does not fit"),
        ("UPDATE rounds SET year = 2030", "of another round"),
        ("UPDATE rounds SET form = 'short'", "answered in another form than was signed"),
        ("UPDATE signatures SET reopen_reason = 'none' WHERE revision = 1", "The revision before it"),
        ("UPDATE answers SET step = 'proven'", "The answers were changed after the round was signed"),
        ("DELETE FROM answers WHERE note = ''", "The answers were changed after the round was signed"),
        ("UPDATE answers SET version = version + 1", "not the newest version of its history"),
        ("DELETE FROM answer_versions WHERE version = 1", "not the newest version of its history"),
        ("UPDATE answers SET note = 'x'; UPDATE answer_versions SET note = 'x'", "The answers were changed"),
    ],
)  # fmt: skip
def test_a_round_and_its_signatures_have_to_fit(store: Store, statement: str, said: str) -> None:
    round_id = signed_twice(store)
    for one in statement.split(";"):
        alter(store, one)
    assert said in told(store, round_id)
    survive_all(store, round_id)


def test_an_answer_changed_behind_the_back_is_found_in_an_open_round_too(store: Store) -> None:
    round_id = opened(store, whole())
    alter(store, f"UPDATE answers SET step = 'proven' WHERE practice = '{FIRST}'")  # noqa: S608
    assert f"The answer to {FIRST} is not the newest version" in told(store, round_id)


def test_a_consistent_forgery_of_an_answer_and_its_history_is_found_by_the_trail(store: Store) -> None:
    round_id = opened(store, whole())
    for table in ("answers", "answer_versions"):
        alter(store, f"UPDATE {table} SET note = 'forged' WHERE practice = '{FIRST}'")  # noqa: S608
    assert f"The answers to {FIRST} are not those that the trail says were saved" in told(store, round_id)


def test_a_version_removed_with_its_answer_is_found_by_the_trail(store: Store) -> None:
    round_id = opened(store, whole())
    for table in ("answers", "answer_versions"):
        alter(store, f"DELETE FROM {table} WHERE practice = '{FIRST}'")  # noqa: S608
    assert f"The answers to {FIRST} are not those that the trail says were saved" in told(store, round_id)


def test_a_signed_round_without_its_signature_is_not_reopened(store: Store) -> None:
    round_id = signed(store)
    alter(store, "DELETE FROM signatures")
    with pytest.raises(Refused, match="there is no signature"):
        service.reopen(LOCAL, store, round_id, "x")
    assert service.find(LOCAL, store, round_id).signed


def test_a_revision_is_signed_once(store: Store) -> None:
    round_id = signed(store)
    alter(store, "UPDATE rounds SET state = 'open'")
    with pytest.raises(Refused, match="signed already"):
        service.sign(LOCAL, store, round_id, "B. Director")


def test_an_edition_or_a_rule_that_changed_is_told_and_what_was_signed_stays_readable(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_id = signed(store)
    factors = (EDITION.factors[0].model_copy(update={"weight": 2.0}), *EDITION.factors[1:])
    changed = EDITION.model_copy(
        update={"structure": EDITION.structure.model_copy(update={"factors": factors})}
    )
    with monkeypatch.context() as patch:
        patch.setattr(loading, "edition", lambda _: changed)
        assert told(store, round_id).startswith(f"{round_id}, revision 1: The edition was changed")
        service.profile(LOCAL, store, round_id)
    with monkeypatch.context() as patch:
        patch.setattr(proving, "RULE", "arusha-score-2")
        assert "computed by the rule arusha-score-1; this program knows arusha-score-2" in told(
            store, round_id
        )
        service.profile(LOCAL, store, round_id)
    assert told(store, round_id) == ""


def test_every_cell_of_a_signature_is_read_and_stands_for_something() -> None:
    assert {column.name for column in SignatureRecord.__table__.columns} == set(signing.CELLS)


# --- of version 0.1.0

BEFORE = json.loads(Path(__file__).with_name("signed_by_0_1_0.json").read_text(encoding="utf-8"))
"""A signature as version 0.1.0 made it, of a round like ``whole`` on the forty practices there were."""
CORE = [name for name, practice in EDITION.practices.items() if practice.core]


def signed_before(store: Store) -> str:
    """Put a round signed by version 0.1.0 into the database, as its migration leaves it; return its id."""
    content, moment = BEFORE["content"], datetime.fromisoformat(BEFORE["signed_at"])
    row = {name: content[name] for name in ("administration", "edition", "year", "revision")}
    with store.writing(LOCAL) as session:
        members.ensure(session, row["administration"], "", "")
        record = RoundRecord(
            id=BEFORE["round_id"], form="short", state="open", opened_at=DAY, touched_at=DAY, **row
        )
        session.add(record)
    service.import_answers(LOCAL, store, record.id, [Answer(**one) for one in content["answers"]], at=DAY)
    with store.writing(LOCAL) as session:
        session.add(SignatureRecord(**BEFORE | {"signed_at": moment, "reopened_at": None}))
        session.get_one(RoundRecord, record.id).state = "signed"
    return str(BEFORE["round_id"])


def test_a_signature_of_version_0_1_0_holds_and_is_read(store: Store) -> None:
    round_id = signed_before(store)
    assert told(store, round_id) == ""
    seen = service.profile(LOCAL, store, round_id)
    assert seen.profile.as_dict() == BEFORE["content"]["profile"]
    assert list(seen.questionnaire.practices) == CORE
    assert seen.signature is not None
    assert (seen.signature.form, seen.signature.content["form"]) == ("short", signing.FIRST_FORM)
    assert seen.answers == service.sheet(LOCAL, store, round_id).answers


def test_after_a_signature_of_version_0_1_0_the_round_goes_on_and_is_signed_in_the_present_form(
    store: Store,
) -> None:
    round_id = signed_before(store)
    service.reopen(LOCAL, store, round_id, "To ask the whole.", at=LATER)
    service.ask_whole(LOCAL, store, round_id)
    assert told(store, round_id) == ""
    service.import_answers(LOCAL, store, round_id, whole())
    service.sign(LOCAL, store, round_id, "B. Director", at=LATER)
    assert told(store, round_id) == ""
    assert content_of(store, 2)["form"] == signing.FORM
    assert content_of(store, 2)["follows"]["content_hash"] == BEFORE["content_hash"]
    assert service.profile(LOCAL, store, round_id, 1).profile.as_dict() == BEFORE["content"]["profile"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (in_answer(with_(step="proven")), "computed anew differs"),
        (first_factor(value=1.0), "computed anew differs"),
        (with_(edition_hash=signing.FIRST_EDITION[1]), "The edition was changed"),
        (with_(edition_hash="0" * 64), "The edition was changed"),
        (with_(form=signing.FORM), "not whole: asked, beside, national_hash"),
        (with_(asked="short"), "not whole: asked"),
        (with_(year=2030), "of another round"),
    ],
)
def test_a_changed_signature_of_version_0_1_0_is_found(
    sqlite_store: Store, change: Callable[[Content], Any], said: str
) -> None:
    round_id = signed_before(sqlite_store)
    put(sqlite_store, change(content_of(sqlite_store)))
    assert "hash does not fit" in told(sqlite_store, round_id)
    put(sqlite_store, change(content_of(sqlite_store)), rehash=True)
    assert said in told(sqlite_store, round_id)


# --- editions whose files were changed


@contextmanager
def edition_with(
    folder: Path, after: str, old: str, new: str, file: str = loading.STRUCTURE
) -> Iterator[None]:
    """Let the program come with our edition as if, ``after`` a piece of a file, another one was changed."""
    copy = shutil.copytree(lines.OURS, folder / f"{len([*folder.iterdir()])}" / lines.OURS.name)
    head, found, rest = (copy / file).read_text(encoding="utf-8").partition(after)
    assert old in rest
    (copy / file).write_text(head + found + rest.replace(old, new, 1), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "HOME", copy.parent)
        lines.forget()
        yield
    lines.forget()


PLAIN = next(name for name in CORE if not EDITION.practices[name].key)
BEYOND = next(name for name, practice in EDITION.practices.items() if not practice.core)
WEIGHT = ("weight = 1.0", "weight = 2.0")
KEY = ("key = false", "key = true")
STEP = ("value = 0.25", "value = 0.3")


@pytest.mark.parametrize(("after", "change"), [(PLAIN, WEIGHT), (PLAIN, KEY), ("scales.maturity", STEP)])
def test_a_core_practice_s_weight_or_key_and_the_scale_are_what_short_signatures_rest_on(
    store: Store, tmp_path: Path, after: str, change: tuple[str, str]
) -> None:
    before = signed_before(store)
    short = opened(store, [Answer(name, STEPS[1]) for name in CORE], "UG", form="short")
    service.sign(LOCAL, store, short, "A. Director")
    with edition_with(tmp_path, after, *change):
        for round_id in (before, short):
            assert told(store, round_id) == (
                f"{round_id}, revision 1: The edition was changed after the round was signed. "
                "Compare with a copy of the database made when it was signed."
            )
            service.profile(LOCAL, store, round_id)
    assert (told(store, before), told(store, short)) == ("", "")


def test_what_no_score_rests_on_may_be_corrected_after_signing(store: Store, tmp_path: Path) -> None:
    rounds = [signed_before(store), signed(store, "UG")]
    question = EDITION.words("en").practices[PLAIN].question
    with edition_with(tmp_path, PLAIN, question, "Corrected", "text.en.toml"):
        assert loading.edition(EDITION.id).words("en").practices[PLAIN].question == "Corrected"
        assert [told(store, round_id) for round_id in rounds] == ["", ""]
    with edition_with(tmp_path, PLAIN, 'drivers = ["', 'drivers = [] # ["'):
        assert loading.edition(EDITION.id).practices[PLAIN].drivers == ()
        assert [told(store, round_id) for round_id in rounds] == ["", ""]


def test_what_the_short_form_does_not_ask_is_held_against_whole_rounds_alone(
    store: Store, tmp_path: Path
) -> None:
    short, asked_whole = signed_before(store), signed(store, "UG")
    with edition_with(tmp_path, BEYOND, *WEIGHT):
        assert loading.edition(EDITION.id).practices[BEYOND].weight == 2
        assert told(store, short) == ""
        assert "The edition was changed" in told(store, asked_whole)


# --- forms and national practices


def test_widening_a_reopened_round_leaves_the_first_revision_as_it_was_signed(store: Store) -> None:
    round_id = opened(store, [Answer(name, STEPS[1]) for name in CORE], form="short")
    service.sign(LOCAL, store, round_id, "A. Director")
    first = service.profile(LOCAL, store, round_id)
    service.reopen(LOCAL, store, round_id, "To ask the whole.")
    service.ask_whole(LOCAL, store, round_id)
    again = service.profile(LOCAL, store, round_id, 1)
    assert (again.profile, again.answers) == (first.profile, first.answers)
    assert list(again.questionnaire.practices) == CORE
    assert service.profile(LOCAL, store, round_id).profile != first.profile
    assert told(store, round_id) == ""
    service.import_answers(LOCAL, store, round_id, whole())
    service.sign(LOCAL, store, round_id, "A. Director")
    assert told(store, round_id) == ""
    assert service.profile(LOCAL, store, round_id, 1).profile == first.profile
    assert len(service.profile(LOCAL, store, round_id).questionnaire.practices) == len(PRACTICES)


def with_national(store: Store) -> str:
    """Sign a round of a small edition with a national practice; return its id."""
    round_id = opened(store, [*settled("first"), Answer(DOG, "yes", note="It is old.")], edition="first")
    service.sign(LOCAL, store, round_id, "A. Director")
    return round_id


@pytest.mark.usefixtures("small_editions")
def test_national_answers_are_signed_beside_the_edition_s_and_change_no_figure(store: Store) -> None:
    national()
    round_id = with_national(store)
    seen = service.profile(LOCAL, store, round_id)
    assert told(store, round_id) == ""
    assert seen.profile == scoring.score(SMALL, settled("first"))
    assert seen.answers[DOG] == Answer(DOG, "yes", note="It is old.")
    assert content_of(store)["beside"] == [DOG]
    put(store, in_national_answer(content_of(store)), rehash=True)
    assert "The answers were changed after the round was signed" in told(store, round_id)


def in_national_answer(content: Content) -> Content:
    rows = [row | {"step": "no"} if row["practice"] == DOG else row for row in content["answers"]]
    return content | {"answers": rows}


@pytest.mark.usefixtures("small_editions")
def test_national_files_changed_after_signing_are_told_and_what_was_signed_stays_readable(
    store: Store,
) -> None:
    folder = national()
    round_id = with_national(store)
    signed_as = service.profile(LOCAL, store, round_id)
    said = f"{round_id}, revision 1: The national practices were changed after the round was signed."
    for spoil in (
        lambda: national(text=changed(TEXT, ("It barks.", "It sleeps."))),
        lambda: national(changed(STRUCTURE, ('scale = "two"', 'scale = "two"\n  weight = 2.0'))),
        lambda: national(changed(STRUCTURE, ("since = 2020", "since = 2030"))),
        (folder / "structure.toml").unlink,
        lambda: (folder / "text.en.toml").write_text("title = "),
    ):
        spoil()
        assert told(store, round_id).startswith(said)
        seen = service.profile(LOCAL, store, round_id)
        assert (seen.profile, seen.answers) == (signed_as.profile, signed_as.answers)
        national()
        assert told(store, round_id) == ""


@pytest.mark.usefixtures("small_editions")
def test_what_was_not_asked_when_signing_is_kept_with_what_was_signed_and_held_against_nothing(
    store: Store,
) -> None:
    folder = national()
    round_id = opened(store, [*settled("first"), Answer(DOG, "yes")], edition="first")
    away = folder.rename(folder.with_name("away"))
    service.sign(LOCAL, store, round_id, "A. Director")
    assert (content_of(store)["beside"], content_of(store)["national_hash"]) == ([DOG], "")
    assert told(store, round_id) == ""
    away.rename(folder)
    assert "The national practices were changed" in told(store, round_id)


@pytest.mark.usefixtures("small_editions")
def test_national_practices_that_came_after_signing_are_held_against_nothing(store: Store) -> None:
    round_id = opened(store, settled("first"), edition="first")
    service.sign(LOCAL, store, round_id, "A. Director")
    national()
    assert told(store, round_id) == ""
    service.reopen(LOCAL, store, round_id, "To answer ours too.")
    save(store, round_id, DOG, step="no")
    service.sign(LOCAL, store, round_id, "A. Director")
    assert told(store, round_id) == ""
    assert [content_of(store, revision)["beside"] for revision in (1, 2)] == [[], [DOG]]
