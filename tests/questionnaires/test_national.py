"""National practices fit into the edition they extend, are asked with it, and never count."""

from pathlib import Path

import pytest

from questionnaires.loading import edition, read
from questionnaires.model import Questionnaire
from questionnaires.national import extended, without_national
from questionnaires.problems import Refused
from scoring.answers import Answer
from scoring.panel import compile_panel, steps_of
from scoring.profile import score
from tests.questionnaires.small import changed

ARUSHA = edition("arusha_2026")
OWN = "reform.xf_night_ferry"
STRUCTURE = """\
id = "xf_national"
extends = "arusha_2026"
administration = "XF"
default_language = "en"

[scales.maturity]
steps = [
  { id = "absent", value = 0.0 },
  { id = "designed", value = 0.25 },
  { id = "partly", value = 0.5 },
  { id = "throughout", value = 0.75 },
  { id = "proven", value = 1.0 },
]

[scales.yes_no]
steps = [{ id = "no", value = 0.0 }, { id = "yes", value = 1.0 }]

[[factors]]
id = "reform"
number = 5

  [[factors.practices]]
  id = "reform.xf_night_ferry"
  scale = "yes_no"
  drivers = ["tide"]
  owner = ["border_post"]
"""
TEXT = """\
title = "National practices"
drivers = { tide = "The tide" }
owner = { border_post = "The pier" }

[scales.maturity]
absent = "A"
designed = "D"
partly = "P"
throughout = "T"
proven = "Pr"
[scales.yes_no]
no = "No"
yes = "Yes"
[factors.reform]
name = "Another name"

[practices."reform.xf_night_ferry"]
question = "Is the night ferry met by two officers?"
steps = { no = "One officer meets it.", yes = "Two officers meet it." }
evidence = ["The roster of the pier"]
"""


def written(at: Path, structure: str = STRUCTURE, text: str = TEXT) -> Path:
    """Write national practices; return their folder."""
    folder = at / "arusha_2026"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "structure.toml").write_text(structure, encoding="utf-8")
    (folder / "text.en.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def both(tmp_path: Path) -> Questionnaire:
    """Return the edition with one national practice."""
    return extended(ARUSHA, read(written(tmp_path)))


def test_they_stand_after_the_edition_s_practices_marked_and_with_their_words(both: Questionnaire) -> None:
    assert [p.id for p in both.factor("reform").practices][:-1] == [
        p.id for p in ARUSHA.factor("reform").practices
    ]
    assert both.practices[OWN].national
    assert [p.id for p in both.practices.values() if p.national] == [OWN]
    words = both.words("en")
    assert words.practices[OWN].question == "Is the night ferry met by two officers?"
    assert words.scales["yes_no"] == {"no": "No", "yes": "Yes"}
    assert words.drivers["tide"] == "The tide"


def test_the_edition_s_own_words_stay(both: Questionnaire) -> None:
    words = both.words("en")
    assert words.factors["reform"].name == "Reform and Modernization"
    assert words.owner["border_post"] == ARUSHA.words("en").owner["border_post"]
    assert words.scales["maturity"] == ARUSHA.words("en").scales["maturity"]


def test_a_language_they_lack_shows_them_in_their_own(both: Questionnaire) -> None:
    assert both.words("fr").practices[OWN].question == "Is the night ferry met by two officers?"
    assert both.words("fr").factors["reform"].name == "Réforme et modernisation"


def test_without_them_it_is_the_edition_again(both: Questionnaire) -> None:
    assert list(without_national(both).practices) == list(ARUSHA.practices)
    assert without_national(ARUSHA) is ARUSHA


@pytest.mark.parametrize("step", ["no", "yes", None])
def test_whatever_is_answered_to_them_the_score_is_the_same(both: Questionnaire, step: str | None) -> None:
    answers = [Answer(name, "partly") for name in list(ARUSHA.practices)[::2]]
    assert score(both, [*answers, Answer(OWN, step)]) == score(ARUSHA, answers)


def test_the_panel_leaves_them_out_too(both: Questionnaire) -> None:
    answers = [Answer("reform.programme", "proven"), Answer(OWN, "no")]
    assert compile_panel(both).practices == tuple(ARUSHA.practices)
    assert list(steps_of(both, answers)) == list(steps_of(ARUSHA, answers[:1]))


IN_PRACTICE = " · reform.xf_night_ferry"
FAULTS = {
    "an edition that is not there": (
        ('extends = "arusha_2026"', 'extends = "arusha_2062"'),
        ": It adds to the edition arusha_2062, which is not there. Use one of: arusha_2026.",
    ),
    "nobody's practices": (
        ('administration = "XF"\n', ""),
        (
            ": It is not said whose practices these are. "
            'Write the administration\'s two letters, as in administration = "XA".'
        ),
    ),
    "a factor with another number": (
        ("number = 5", "number = 6"),
        " · reform: The factor reform has the number 6; in the edition it is 5. Write number = 5.",
    ),
    "a scale of the edition with other steps": (
        ('  { id = "proven", value = 1.0 },\n', '  { id = "proven", value = 0.9 },\n'),
        (
            " · scales: The scale maturity has other steps than in the edition. "
            "Copy its steps, or give it another id."
        ),
    ),
    "a key practice": (
        ('  scale = "yes_no"\n', '  scale = "yes_no"\n  key = true\n'),
        (
            f"{IN_PRACTICE}: A national practice cannot be marked as key: it is never scored. "
            "Take the mark away."
        ),
    ),
    "a core practice": (
        ('  scale = "yes_no"\n', '  scale = "yes_no"\n  core = true\n'),
        (
            f"{IN_PRACTICE}: A national practice cannot be marked as core: it is never scored. "
            "Take the mark away."
        ),
    ),
}


@pytest.mark.parametrize(("change", "told"), FAULTS.values(), ids=FAULTS)
def test_what_does_not_fit_is_told(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    with pytest.raises(Refused) as refused:
        read(written(tmp_path, changed(STRUCTURE, change)))
    assert [str(one).removeprefix("arusha_2026/structure.toml") for one in refused.value.problems] == [told]


def renamed(at: Path, name: str) -> list[str]:
    """Return the faults when the practice has another name."""
    with pytest.raises(Refused) as refused:
        read(written(at, STRUCTURE.replace("xf_night_ferry", name), TEXT.replace("xf_night_ferry", name)))
    return [str(one).removeprefix("arusha_2026/structure.toml") for one in refused.value.problems]


def test_the_name_begins_with_the_administration(tmp_path: Path) -> None:
    told = (
        " · reform.night_ferry: The name of a national practice begins with its administration, so that no "
        "edition takes it. Call it reform.xf_night_ferry."
    )
    assert renamed(tmp_path, "night_ferry") == [told]


def test_a_factor_the_edition_does_not_have_is_told_with_the_near_name(tmp_path: Path) -> None:
    structure = STRUCTURE.replace('id = "reform"', 'id = "reforms"').replace("reform.xf", "reforms.xf")
    text = TEXT.replace("factors.reform", "factors.reforms").replace("reform.xf", "reforms.xf")
    with pytest.raises(Refused) as refused:
        read(written(tmp_path, structure, text))
    told = "arusha_2026/structure.toml: The edition has no factor reforms. Did you mean reform?"
    assert [str(one) for one in refused.value.problems] == [told]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(written(tmp_path, changed(STRUCTURE, *(change for change, _ in list(FAULTS.values())[1:5]))))
    assert len(refused.value.problems) == 4


def test_an_administration_is_written_in_two_capital_letters(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(written(tmp_path, changed(STRUCTURE, ('"XF"', '"fenwick"'))))
    assert [str(one) for one in refused.value.problems] == [
        (
            'arusha_2026/structure.toml: administration = "fenwick": this is not the code of an '
            "administration. Write its two capital letters, as in XA."
        )
    ]
