"""Carrying an earlier round's answers over: the plan, the receipt, and what each card then says."""

from pathlib import Path

import pytest

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import Store
from tests.assessments.pages.using import choose, press
from tests.furnishing import (
    AMENDED,
    CORE,
    EDITION,
    NEXT,
    PRACTICES,
    answered,
    carried,
    half,
    opened,
    publish_next,
    whole,
)
from tests.visiting import all_shown, refusals, visit, went_wrong

PAGE, ANSWER, SIGN_OFF = (f"assessments/pages/{name}.py" for name in ("carry_over", "answer", "sign_off"))
HOME = "across/pages/home.py"
QUESTIONS = EDITION.words("en").practices


def says(page: str, **query: str) -> str:
    """Return what a page says, opened without a fault."""
    at = visit(page, **query)
    assert went_wrong(at) == []
    assert refusals(at) == []
    return all_shown(at)


def test_without_an_earlier_round_the_page_says_so(own: Store) -> None:
    opened(own, 2024, half(), "UG")
    opened(own, 2026, half(), "KE")
    round_id = opened(own, 2025, [], "KE")
    at = visit(PAGE, round=round_id)
    assert [one.value for one in at.info] == ["There is no earlier round of this administration."]
    assert not at.button


def test_an_earlier_round_without_answers_has_nothing_to_carry(own: Store) -> None:
    opened(own, 2024, [])
    at = visit(PAGE, round=opened(own, 2025, []))
    assert [one.value for one in at.info] == ["Nothing was answered in this round."]
    assert not at.button


def test_a_signed_round_takes_nothing_in(own: Store) -> None:
    opened(own, 2024, half())
    round_id = opened(own, 2025, whole())
    service.sign(LOCAL, own, round_id, "A. Signer")
    at = visit(PAGE, round=round_id)
    assert [one.value for one in at.info] == ["The round is signed off and cannot be changed."]
    assert not at.button


def test_the_plan_shows_what_would_happen_and_changes_nothing(own: Store) -> None:
    opened(own, 2024, [answered(PRACTICES[0], 2)])
    eldest = opened(own, 2023, [answered(PRACTICES[1], 4)])
    round_id = opened(own, 2025, [])
    at = visit(PAGE, round=round_id)
    said = all_shown(at)
    assert QUESTIONS[PRACTICES[0]].question in said
    assert "Partly, to confirm" in said
    at = choose(at, "Earlier round", eldest)
    assert QUESTIONS[PRACTICES[1]].question in all_shown(at)
    assert "Proven, to confirm" in all_shown(at)
    assert service.sheet(LOCAL, own, round_id).receipt is None


def test_carrying_over_leaves_a_receipt_with_every_answer(own: Store) -> None:
    answers = half(CORE)
    opened(own, 2024, answers, form="short")
    round_id = opened(own, 2025, [])
    at = press(visit(PAGE, round=round_id), "Carry over 2024")
    said = all_shown(at)
    assert "The answers of 2024 were carried over on" in said
    for answer in answers:
        assert QUESTIONS[answer.practice].question in said
    assert not at.selectbox or "Earlier round" not in [one.label for one in at.selectbox]
    receipt = service.sheet(LOCAL, own, round_id).receipt
    assert receipt is not None
    assert {row.earlier for row in receipt.rows} == {answer.practice for answer in answers}


def test_an_answer_of_which_only_the_text_goes_on_is_not_called_a_proposal(own: Store) -> None:
    opened(own, 2024, half(CORE), form="short")
    at = visit(PAGE, round=opened(own, 2025, []))
    counts = next(one.value for one in at.markdown if "Only the text goes on</th>" in one.value)
    assert 'data-head="Proposed again">19</td>' in counts  # as Home counts them
    assert 'data-head="Only the text goes on">1</td>' in counts
    press(at, "Carry over 2024")
    assert "19 wait to be confirmed." in says(HOME, round=at.query_params["round"])


def test_what_is_proposed_is_confirmed_in_its_card(own: Store) -> None:
    _, round_id = carried(own, "KE")
    practice = CORE[3]
    session: dict[str, object] = {f"panel::{round_id}:{practice}": "carried"}
    at = visit(ANSWER, session=session, round=round_id)
    assert "To confirm: Absent, as in 2022" in all_shown(at)
    assert service.sheet(LOCAL, own, round_id).answers.get(practice) is None
    at = press(at, "It still holds")
    assert service.sheet(LOCAL, own, round_id).answers[practice].step == "absent"
    assert "To confirm: Absent, as in 2022" not in all_shown(at)
    assert "18 wait to be confirmed." in says(HOME, round=round_id)


@pytest.mark.parametrize(
    ("number", "state"), [(0, "not_applicable"), (2, "answered")], ids=["not applicable", "outside"]
)
def test_a_confirmed_answer_keeps_its_reason_and_its_mark(number: int, state: str, own: Store) -> None:
    earlier, round_id = carried(own, "KE")
    session: dict[str, object] = {f"panel::{round_id}:{CORE[number]}": "carried"}
    press(visit(ANSWER, session=session, round=round_id), "It still holds")
    now, then = (service.sheet(LOCAL, own, name).answers[CORE[number]] for name in (round_id, earlier))
    assert now.state == state
    assert (now.step, now.outside, now.reason) == (then.step, then.outside, then.reason)


def test_an_amended_practice_proposes_nothing_and_is_answered_anew(
    own: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_next(tmp_path / "editions", monkeypatch)
    _, round_id = carried(own, "KE", NEXT)
    session: dict[str, object] = {f"panel::{round_id}:{AMENDED[0]}": "carried"}
    at = visit(ANSWER, session=session, round=round_id)
    said = all_shown(at)
    assert said.count("Undetermined: the question changed since 2022") == len(AMENDED)
    assert "nothing is proposed, answer it anew" in said
    assert "It still holds" not in [one.label for one in at.button]
    assert f"{len(AMENDED)} are undetermined." in says(HOME, round=round_id)
    listed = says(SIGN_OFF, round=round_id)
    assert f"{QUESTIONS[AMENDED[0]].question} – undetermined" in listed
    assert f"{QUESTIONS[CORE[3]].question} – to confirm" in listed
