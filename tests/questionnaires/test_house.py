"""Each rule of the house tells of the practice that breaks it, and of no other."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from questionnaires.house import COMMITMENTS, REFERENCE, house_faults
from questionnaires.loading import HOME
from questionnaires.model import LanguageWords, Questionnaire, Structure
from questionnaires.problems import printable

STRUCTURE = (HOME / "arusha_2026" / "structure.toml").read_text(encoding="utf-8")
TEXT = (HOME / "arusha_2026" / "text.en.toml").read_text(encoding="utf-8")
FRENCH = LanguageWords.model_validate(
    tomllib.loads((HOME / "arusha_2026" / "text.fr.toml").read_text(encoding="utf-8"))
)
Change = Callable[[dict[str, Any]], object]
ID = "leadership.accountability"
IN_STRUCTURE = f"arusha_2026/structure.toml · {ID}"
IN_TEXT = f"arusha_2026/text.en.toml · {ID}"


def nothing(_raw: dict[str, Any]) -> None:
    """Leave a file as it is."""


def faults(structure: Change = nothing, words: Change = nothing, french: Change = nothing) -> list[str]:
    """Return the faults of the edition after a change to its structure or its words."""
    raw, said = tomllib.loads(STRUCTURE), tomllib.loads(TEXT)
    structure(raw)
    words(said)
    translated = FRENCH.model_dump()
    french(translated)
    languages = {"en": LanguageWords.model_validate(said), "fr": LanguageWords.model_validate(translated)}
    changed = Questionnaire(structure=Structure.model_validate(raw), languages=languages)
    return [str(problem) for problem in house_faults(changed)]


def with_practice(**values: object) -> Change:
    """Return a change of the first practice's structure."""
    return lambda raw: raw["factors"][0]["practices"][0].update(values)


def with_words(**values: object) -> Change:
    """Return a change of the first practice's words."""
    return lambda raw: raw["practices"][ID].update(values)


def with_steps(**values: str) -> Change:
    """Return a change of the first practice's sentences."""
    return lambda raw: raw["practices"][ID]["steps"].update(values)


def test_an_edition_that_obeys_has_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize("key", ["owner", "drivers", "evidence"])
def test_a_practice_names_who_knows_what_it_closes_and_what_it_serves(key: str) -> None:
    assert faults(with_practice(**{key: []})) == [f"{IN_STRUCTURE}: {key} is empty. Name at least one."]


@pytest.mark.parametrize("found", [1, 4])
def test_a_practice_offers_two_or_three_measures(found: int) -> None:
    measures = [{"id": f"m{number}", "months": 1, "direction": "up"} for number in range(found)]
    told = f"{IN_STRUCTURE}: The practice has {found} measures. Offer two or three."
    assert faults(with_practice(measures=measures)) == [told]


def test_a_practice_says_why_it_matters() -> None:
    told = f"{IN_TEXT}: It is not said why the practice matters. Write it in one sentence."
    assert faults(words=with_words(why=" ")) == [told]


@pytest.mark.parametrize("found", [0, 1, 5])
def test_a_practice_lists_two_to_four_kinds_of_evidence(found: int) -> None:
    told = (
        f"{IN_TEXT}: {found} kinds of evidence are listed. List two to four that a reviewer would ask to see."
    )
    assert faults(words=with_words(evidence=["A dated order"] * found)) == [told]


def test_a_commitment_is_one_of_the_declaration() -> None:
    assert faults(with_practice(commitments=["1.1", "1.6"])) == [
        (
            f"{IN_STRUCTURE}: The Declaration has no commitment 1.6. "
            "Use one of 1.1 to 10.5, as questionnaires/README.md lists them."
        )
    ]


def test_the_first_commitment_is_of_the_practice_s_own_factor() -> None:
    assert faults(with_practice(commitments=["10.1", "1.1"])) == [
        f"{IN_STRUCTURE}: The first commitment, 10.1, is not of factor 1. Put one of the factor's own first."
    ]


def test_the_declaration_has_53_commitments() -> None:
    assert len(COMMITMENTS) == 53
    assert {"1.1", "1.5", "6.8", "10.5"} <= COMMITMENTS
    assert not {"1.0", "1.6", "7.5", "11.1"} & COMMITMENTS


def test_a_reference_can_be_looked_up() -> None:
    told = (
        f"{IN_STRUCTURE}: The reference UNCAC article 5 cannot be looked up. "
        "Write it like UNCAC 8, RKC GA 9.5, RKC SA B3 or TFA 10.1."
    )
    assert faults(with_practice(references=["UNCAC 5", "UNCAC article 5"])) == [told]


@pytest.mark.parametrize(
    "reference", ["UNCAC 1", "UNCAC 71", "RKC GA 10", "RKC GA 9.5", "RKC SA J5", "TFA 24", "TFA 7.6"]
)
def test_a_provision_that_exists_may_be_referred_to(reference: str) -> None:
    assert REFERENCE.fullmatch(reference)


@pytest.mark.parametrize(
    "reference", ["UNCAC 0", "UNCAC 72", "RKC GA 11", "RKC SA C2", "RKC SA I1", "TFA 25", "RKC 9", "TFA"]
)
def test_a_provision_that_does_not_exist_may_not_be_referred_to(reference: str) -> None:
    assert not REFERENCE.fullmatch(reference)


def test_each_factor_has_four_core_practices() -> None:
    told = "arusha_2026/structure.toml · leadership: The factor has 3 core practices. Mark 4 as core."
    assert faults(with_practice(core=False)) == [told]


def test_each_factor_has_a_key_practice() -> None:
    def unmark(raw: dict[str, Any]) -> None:
        for practice in raw["factors"][0]["practices"]:
            practice["key"] = False

    told = (
        "arusha_2026/structure.toml · leadership: The factor has no key practice. Mark at least one as key."
    )
    assert told in faults(unmark)


def test_three_practices_in_ten_are_key() -> None:
    def unmark_most(raw: dict[str, Any]) -> None:
        for factor in raw["factors"]:
            for number, practice in enumerate(factor["practices"]):
                practice["key"] = number == 0

    told = "arusha_2026/structure.toml: Only 10 of 127 practices are key. Mark three in ten or more as key."
    assert faults(unmark_most) == [told]


def test_a_question_ends_with_its_mark() -> None:
    told = f"{IN_TEXT}: The question does not end with a question mark. Ask one observable thing."
    assert faults(words=with_words(question="Executives answer in writing.")) == [told]


def test_a_question_is_read_at_one_glance() -> None:
    told = f"{IN_TEXT}: The question has 161 characters. Keep to 160."
    assert faults(words=with_words(question="x" * 160 + "?")) == [told]
    assert faults(words=with_words(question="x" * 159 + "?")) == []


def test_the_sentence_of_a_step_is_short() -> None:
    told = f"{IN_TEXT}: The sentence for partly has 241 characters. Keep to 240."
    assert faults(words=with_steps(partly="x" * 241)) == [told]


def test_no_two_sentences_are_alike_whatever_their_case_and_spaces() -> None:
    other = tomllib.loads(TEXT)["practices"]["leadership.example"]["steps"]["absent"]
    assert faults(words=with_steps(absent=other.upper().replace(" ", "  "))) == [
        (
            "arusha_2026/text.en.toml · leadership.example: "
            f"The sentence for absent is also that of {ID} · absent. "
            "Say what this step looks like for this practice."
        )
    ]


def test_a_factor_bears_the_declaration_s_name() -> None:
    def rename(raw: dict[str, Any]) -> None:
        raw["factors"]["hr"]["name"] = "Human Resources Management"

    assert faults(words=rename) == [
        (
            "arusha_2026/text.en.toml · hr: Factor 8 is called “Human Resources Management”. "
            "Call it “Human Resource Management”, as the Declaration does."
        )
    ]


def test_the_factors_are_numbered_as_in_the_declaration() -> None:
    def swap(raw: dict[str, Any]) -> None:
        raw["factors"][0]["number"], raw["factors"][1]["number"] = 2, 1

    told = (
        "arusha_2026/structure.toml: The factors are not numbered 1 to 10 in order. Follow the Declaration."
    )
    assert told in faults(swap)


def test_a_practice_serves_a_commitment() -> None:
    told = f"{IN_STRUCTURE}: commitments is empty. Name at least one."
    assert told in faults(with_practice(commitments=[]))


def without_practices_after(number: int) -> Change:
    """Return a change that leaves so many practices in the first factor."""

    def leave(raw: dict[str, Any]) -> None:
        del raw["factors"][0]["practices"][number:]

    return leave


def test_a_factor_asks_ten_to_fourteen_practices() -> None:
    told = "arusha_2026/structure.toml · leadership: There are 9 practices. Ask 10 to 14."
    assert told in faults(without_practices_after(9))
    assert not [fault for fault in faults(without_practices_after(10)) if "There are" in fault]


def test_an_edition_asks_110_to_130_practices() -> None:
    def halve(raw: dict[str, Any]) -> None:
        for factor in raw["factors"]:
            del factor["practices"][10:]

    assert "arusha_2026/structure.toml: There are 100 practices. Ask 110 to 130." in faults(halve)


def test_every_commitment_is_served() -> None:
    def forget(raw: dict[str, Any]) -> None:
        for practice in raw["factors"][5]["practices"]:
            practice["commitments"] = [
                one for one in practice["commitments"] if one not in ("6.4", "6.8")
            ] or ["6.1"]
        for factor in raw["factors"]:
            for practice in factor["practices"]:
                practice["commitments"] = [
                    one for one in practice["commitments"] if one not in ("6.4", "6.8")
                ]

    told = (
        "arusha_2026/structure.toml: No practice serves these commitments: 6.4, 6.8. Ask something for each."
    )
    assert faults(forget) == [told]


def test_both_languages_are_promised() -> None:
    raw, said = tomllib.loads(STRUCTURE), tomllib.loads(TEXT)
    only_english = Questionnaire(
        structure=Structure.model_validate(raw), languages={"en": LanguageWords.model_validate(said)}
    )
    told = "arusha_2026: The language fr is missing. Write the file text.fr.toml."
    assert [str(problem) for problem in house_faults(only_english)] == [told]


def test_a_translation_that_copies_the_english_is_told_once() -> None:
    question = tomllib.loads(TEXT)["practices"][ID]["question"]

    def copy(raw: dict[str, Any]) -> None:
        raw["practices"][ID]["question"] = question
        raw["practices"][ID]["why"] = question + " "

    place = f"arusha_2026/text.fr.toml · practices · {ID} · question"
    told = (
        f"{place}: “{printable(question)}” is the same as in the default language. "
        "Translate it, or list it under unchanged."
    )
    assert faults(french=copy) == [told]


def test_what_is_the_same_on_purpose_is_declared_and_nothing_else_is() -> None:
    def undeclare(raw: dict[str, Any]) -> None:
        raw["unchanged"] = ("Communication", "Discretion")

    assert faults(french=undeclare) == [
        (
            "arusha_2026/text.fr.toml · drivers · collusion: “Collusion” is the same as in the default "
            "language. Translate it, or list it under unchanged."
        ),
        (
            "arusha_2026/text.fr.toml · unchanged: “Discretion” is listed as unchanged, but no text is the "
            "same in both languages. Take it out of the list."
        ),
    ]


@pytest.mark.parametrize("limit", ["question", "steps"])
def test_the_limits_hold_in_french_too(limit: str) -> None:
    def lengthen(raw: dict[str, Any]) -> None:
        said = raw["practices"][ID]
        if limit == "question":
            said["question"] = "x" * 160 + "?"
        else:
            said["steps"]["proven"] = "x" * 241

    (told,) = faults(french=lengthen)
    assert told.startswith(f"arusha_2026/text.fr.toml · {ID}: The ")
