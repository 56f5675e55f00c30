"""An earlier round beside a present one: only what is the same is compared, and the figures are right."""

import pytest

from arusha.access.rules import LOCAL
from arusha.assessments import frames, service
from arusha.assessments.comparing import Before
from arusha.assessments.views import Seen
from arusha.store import Store
from scoring.answers import Answer
from scoring.linking import NATIONAL, REASONS, RESCALED, UNANSWERED, linked
from scoring.profile import score
from tests.assessments.lines import DOG, national, settled
from tests.assessments.rounds import EDITION, STEPS, opened, saved, signed
from tests.questionnaires.following import FIRST, SECOND

pytestmark = pytest.mark.usefixtures("small_editions")

CORE = [name for name, practice in EDITION.practices.items() if practice.core]
THEN = (
    Answer("care.lock", "none"),
    Answer("care.keys", "half"),
    Answer("care.count", "all"),
    Answer("care.alarm", "yes"),
    Answer("order.shelves", "all"),
    Answer("order.briefing", "most", note="All of them."),
)
NOW = (
    Answer("care.lock", "half"),
    Answer("care.key_register", "all"),
    Answer("care.count", "none"),
    Answer("care.camera", "all"),
    Answer("order.shelf_plan", "none"),
    Answer("people.briefing", "little"),
)


def compared(store: Store, round_id: str) -> tuple[Before, Seen]:
    """Return a round and the one before it."""
    found = service.before(LOCAL, store, service.find(LOCAL, store, round_id))
    assert found is not None
    return found, service.profile(LOCAL, store, round_id)


def both(store: Store, then: str = "first", now: str = "second") -> tuple[Before, Seen]:
    """Open two rounds of two editions with answers; return the later one and the one before it."""
    earlier = {"first": THEN, "second": NOW}[then]
    later = THEN if now == "first" else NOW
    opened(store, earlier, year=2024, edition=then)
    return compared(store, opened(store, later, edition=now))


def test_of_the_same_edition_and_form_everything_is_compared(store: Store) -> None:
    before, seen = both(store, "first", "first")
    assert before.asks_the_same
    assert before.profile == seen.profile == score(FIRST, THEN)
    assert before.given("order.briefing") == before.sheet.given["order.briefing"]
    found = before.linked(seen)
    assert (found.used, found.same, found.change) == (len(THEN), len(FIRST.practices), 0)
    assert {one.why.text for one in found.left_out} == {UNANSWERED}


@pytest.mark.parametrize(("then", "now"), [("short", "whole"), ("whole", "short")])
def test_of_two_forms_only_the_core_practices_are_compared(store: Store, then: str, now: str) -> None:
    asked = {"short": CORE, "whole": list(EDITION.practices)}
    opened(store, [Answer(name, STEPS[1]) for name in asked[then]], year=2024, form=then)
    before, seen = compared(store, opened(store, [Answer(name, STEPS[2]) for name in asked[now]], form=now))
    assert not before.asks_the_same
    found = before.linked(seen)
    assert found.used == found.same == 40
    assert len(found.left_out) == len(EDITION.practices) - 40
    side = "new" if now == "whole" else "dropped"
    assert {one.why.text for one in found.left_out} == {REASONS[side]}
    moves = frames.moves(found)
    assert [move.change for move in moves] == [0.25] * 10
    assert sum(move.practices for move in moves) == 40
    extra = next(name for name in EDITION.practices if name not in CORE)
    assert before.given(CORE[0]) is not None
    assert before.given(extra) is None


def test_between_editions_a_move_rests_on_the_same_practices_alone(store: Store) -> None:
    before, seen = both(store)
    assert not before.asks_the_same
    moves = {move.factor: (move.change, move.practices) for move in frames.moves(before.linked(seen))}
    # care.lock 0 -> 0.5 with weight 3, care.keys -> care.key_register 0.5 -> 1 with weight 1; no rescaled one
    # order.briefing -> people.briefing 0.75 -> 0.25; nothing in order is the same
    assert moves == {"care": ((3 * 0.5 + 1 * 0.5) / 4, 2), "people": (-0.5, 1)}
    reasons = {(one.earlier, one.practice): one.why.text for one in before.linked(seen).left_out}
    assert reasons["care.count", "care.count"] == RESCALED
    assert reasons["order.shelves", "order.shelf_plan"] == REASONS["indirect"]
    assert reasons["order.waste", "order.disposal"] == REASONS["subject"]
    assert reasons["", "care.camera"] == REASONS["new"]
    assert reasons["care.alarm", ""] == REASONS["dropped"]
    assert before.linked(seen) == linked(FIRST, THEN, SECOND, NOW)


def test_unequal_moves_are_weighted_by_the_later_edition(store: Store) -> None:
    opened(store, [Answer("care.lock", "none"), Answer("care.keys", "half")], year=2024, edition="first")
    now = [Answer("care.lock", "little"), Answer("care.key_register", "none")]
    before, seen = compared(store, opened(store, now, edition="second"))
    assert frames.moves(before.linked(seen)) == (frames.Move("care", (3 * 0.25 - 0.5) / 4, 2),)


def test_the_earlier_answer_is_shown_only_where_the_same_was_asked_on_the_same_scale(store: Store) -> None:
    before, _ = both(store)
    shown = {name: given.answer for name in SECOND.practices if (given := before.given(name))}
    assert shown == {
        "care.lock": Answer("care.lock", "none"),
        "care.key_register": Answer("care.keys", "half"),
        "people.briefing": Answer("order.briefing", "most", note="All of them."),
    }
    assert before.given("nowhere.at_all") is None


def test_an_edition_on_the_way_is_looked_through(store: Store) -> None:
    before, seen = both(store, "first", "third")
    assert [one.id for one in before.between] == ["second"]
    moves = {move.factor: move.practices for move in frames.moves(before.linked(seen))}
    assert moves == {"care": 2, "people": 1}
    assert before.given("care.key_register") is not None


def test_two_editions_that_ask_the_very_same_compare_as_one(store: Store) -> None:
    before, seen = both(store, "second", "third")
    assert before.asks_the_same
    assert before.profile.factors == seen.profile.factors
    assert before.linked(seen).change == 0


def test_a_round_of_another_line_is_passed_over(store: Store) -> None:
    opened(store, THEN, year=2022, edition="first")
    opened(store, [Answer("care.lock", "all")], year=2024, edition="other")
    round_id = opened(store, NOW, edition="second")
    before, _ = compared(store, round_id)
    assert (before.round.year, before.round.edition) == (2022, "first")
    years = [one.year for one in service.earlier_rounds(LOCAL, store, round_id)]
    assert years == [2024, 2022]


def test_with_nothing_of_one_line_there_is_no_round_before(store: Store) -> None:
    opened(store, THEN, year=2024, edition="other")
    opened(store, NOW, "UG", 2024, edition="second")
    now = service.find(LOCAL, store, opened(store, NOW, edition="second"))
    assert service.before(LOCAL, store, now) is None
    assert service.exported(LOCAL, store, now.id).before is None


def test_an_earlier_round_of_a_later_edition_is_compared_on_the_later_one_s_weights(store: Store) -> None:
    opened(store, NOW, year=2024, edition="second")
    before, seen = compared(store, opened(store, THEN, edition="first"))
    moves = {move.factor: (move.change, move.practices) for move in frames.moves(before.linked(seen))}
    assert moves == {"care": (-0.5, 2), "people": (0.5, 1)}


def test_national_practices_are_shown_beside_and_in_no_figure(store: Store) -> None:
    national()
    opened(store, [*settled("first"), Answer(DOG, "yes")], year=2024, edition="first")
    before, seen = compared(store, opened(store, [*settled("first"), Answer(DOG, "no")], edition="first"))
    given = before.given(DOG)
    assert given is not None
    assert given.answer.step == "yes"
    assert before.asks_the_same
    found = before.linked(seen)
    assert (found.change, found.used) == (0, len(FIRST.practices))
    assert DOG not in {one.practice for one in found.left_out}
    asked = [before.sheet.questionnaire, seen.questionnaire]
    beside = linked(asked[0], before.sheet.answers, asked[1], seen.answers)
    assert {one.why.text for one in beside.left_out} == {NATIONAL}


def test_what_was_signed_is_compared_in_the_form_in_which_it_was_signed(store: Store) -> None:
    for year in (2024, 2026):
        round_id = opened(store, [Answer(name, STEPS[1]) for name in CORE], year=year, form="short")
        service.sign(LOCAL, store, round_id, "A. Director")
    service.reopen(LOCAL, store, round_id, "To ask the whole.")
    service.ask_whole(LOCAL, store, round_id)
    first = service.exported(LOCAL, store, round_id, 1)
    assert first.before is not None
    assert first.before.asks_the_same
    assert first.before.linked(first.seen).same == 40
    now = service.exported(LOCAL, store, round_id)
    assert now.before is not None
    assert not now.before.asks_the_same
    left_out = [len(now.before.linked(seen).left_out) for seen in (first.seen, now.seen)]
    assert left_out == [0, len(EDITION.practices) - 40]


def test_the_round_before_is_read_as_it_stands(store: Store) -> None:
    signed(store, year=2024)
    round_id = opened(store)
    first, _ = compared(store, round_id)
    assert first.round.signed
    service.reopen(LOCAL, store, first.round.id, "A late survey.")
    saved(store, first.round.id, {"step": STEPS[4]})
    second, _ = compared(store, round_id)
    assert second.profile != first.profile
