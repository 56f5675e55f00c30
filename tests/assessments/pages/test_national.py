"""National practices: marked where they are answered, listed apart, in no figure; a fault is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from arusha import settings
from arusha.access.rules import LOCAL
from arusha.assessments import sample, service
from arusha.store import Store, open_store
from questionnaires import loading
from scoring.answers import Answer
from tests.furnishing import ask_nationally, opened, whole
from tests.visiting import all_shown, refusals, visit, went_wrong

ANSWER, SIGN_OFF = (f"assessments/pages/{name}.py" for name in ("answer", "sign_off"))
PROFILE = "across/pages/profile.py"
FERRY = "How far are goods from abroad on the night ferry between the islands listed"
LANDINGS = "How far are fish landings, night tides too, visited by lot"
SECTION = "They are in no value, level or comparison."


@pytest.fixture
def fenwick(home: Path) -> Iterator[str]:
    """Return the round of the sample that has national practices."""
    store = open_store(settings.read().sample_url)
    sample.load(LOCAL, store)
    rounds = service.rounds(LOCAL, store)
    yield next(one.id for one in rounds if (one.administration, one.year) == ("XF", 2025))
    store.close()
    assert home.exists()


def test_the_sample_shows_two_on_its_profile(fenwick: str) -> None:
    said = all_shown(visit(PROFILE, space="sample", round=fenwick))
    assert SECTION in said
    assert said.count(FERRY) == said.count(LANDINGS) == 1
    assert "123 of 124 applicable practices answered." in said


@pytest.mark.parametrize(("factor", "question"), [("reform", FERRY), ("audit", LANDINGS)])
def test_a_national_practice_is_the_last_card_of_its_factor_and_marked(
    factor: str, question: str, fenwick: str
) -> None:
    at = visit(ANSWER, space="sample", round=fenwick, factor=factor)
    assert went_wrong(at) == []
    marked = [group.label for group in at.segmented_control if "national practice" in group.label]
    assert len(marked) == 1
    assert marked == [at.segmented_control[-1].label]
    assert question in marked[0]


def test_a_round_without_any_has_no_such_section(own: Store) -> None:
    assert SECTION not in all_shown(visit(PROFILE, round=opened(own, 2025, whole())))


def test_faulty_files_are_told_where_practices_are_answered_signed_and_shown(own: Store) -> None:
    folder = ask_nationally(settings.read().home, "KE")
    round_id = opened(own, 2025, [*whole(), Answer("reform.ke_night_ferry", "partly")])
    assert FERRY in all_shown(visit(PROFILE, round=round_id))
    structure = folder / loading.STRUCTURE
    sound = structure.read_text(encoding="utf-8")
    structure.write_text(sound.replace('"maturity"', '"maturty"'), encoding="utf-8")
    for page in (ANSWER, SIGN_OFF):
        at = visit(page, round=round_id)
        assert went_wrong(at) == []
        assert "The scale maturty is not defined" in refusals(at)[0]
    assert [button.disabled for button in at.button if button.label == "Sign off"] == [True]
    at = visit(PROFILE, round=round_id)
    said = "The national practices cannot be shown before their files are mended."
    assert [one.value for one in at.warning] == [said]
    structure.write_text(sound, encoding="utf-8")
    said = all_shown(visit(PROFILE, round=round_id))
    assert FERRY in said
    assert LANDINGS in said
