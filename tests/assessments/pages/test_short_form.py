"""A round in the short form: what it asks, and how it goes on to the whole questionnaire."""

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import Store
from questionnaires.forms import in_form
from tests.assessments.pages.using import press
from tests.furnishing import CORE, EDITION, answered, half, opened
from tests.visiting import all_shown, visit, went_wrong

ANSWER, SIGN_OFF = (f"assessments/pages/{name}.py" for name in ("answer", "sign_off"))
HOME, PROFILE = (f"across/pages/{name}.py" for name in ("home", "profile"))
WHOLE = "Go on with the whole questionnaire"


def test_only_the_core_practices_are_asked(own: Store) -> None:
    round_id = opened(own, 2025, half(CORE), form="short")
    for factor in in_form(EDITION, "short").factors:
        at = visit(ANSWER, round=round_id, factor=factor.id)
        assert went_wrong(at) == []
        assert len(at.segmented_control) == len(factor.practices)
    at = visit(HOME, round=round_id)
    assert f"20 of {len(CORE)} practices settled." in all_shown(at)
    assert "open, short form" in all_shown(at)


def test_it_can_be_signed_when_the_core_is_settled(own: Store) -> None:
    round_id = opened(own, 2025, [answered(name) for name in CORE], form="short")
    assert "can be signed off" in all_shown(visit(HOME, round=round_id))
    service.sign(LOCAL, own, round_id, "A. Signer")
    said = all_shown(visit(PROFILE, round=round_id))
    assert f"{len(CORE)} of {len(CORE)} applicable practices answered." in said
    assert WHOLE not in [button.label for button in visit(HOME, round=round_id).button]


def test_going_on_with_the_whole_questionnaire_keeps_every_answer(own: Store) -> None:
    answers = half(CORE)
    round_id = opened(own, 2025, answers, form="short")
    at = press(visit(HOME, round=round_id), WHOLE)
    assert f"20 of {len(EDITION.practices)} practices settled." in all_shown(at)
    assert WHOLE not in [button.label for button in at.button]
    sheet = service.sheet(LOCAL, own, round_id)
    assert sheet.round.form == "whole"
    assert sheet.answers == {answer.practice: answer for answer in answers}
