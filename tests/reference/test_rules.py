"""What is found, what is covered, and for which steps evidence counts."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.reference.commitments import COMMITMENTS
from arusha.reference.rules import (
    IN_USE,
    ON_PAPER,
    PAPER,
    STEPS,
    Filter,
    counts,
    coverage,
    factor_of,
    folded,
    found,
    groups,
    is_ours,
    language_of,
    practice_of,
)
from questionnaires import loading
from questionnaires.model import Practice, Scale, Step
from questionnaires.problems import Refused
from tests.questionnaires.small import written

EDITION = loading.edition(loading.editions()[-1])
PRACTICES = tuple(EDITION.practices.values())
LANGUAGES = st.sampled_from(sorted(EDITION.languages))
ONE = st.sampled_from(PRACTICES)
SCALE = EDITION.scale_of(PRACTICES[0])
FILTERS = st.builds(
    Filter,
    factor=st.sampled_from(["", *(factor.id for factor in EDITION.factors)]),
    driver=st.sampled_from(["", *EDITION.words("en").drivers]),
    owner=st.sampled_from(["", *EDITION.words("en").owner]),
    power=st.sampled_from(["", "customs", "shared", "government"]),
    key=st.booleans(),
    core=st.booleans(),
    words=st.sampled_from(["", "night", "NIGHT register", "zzz", "é"]),
)


def texts(practice: Practice, language: str) -> list[str]:
    """Return every text of a practice, as a search sees them."""
    words = EDITION.words(language).practices[practice.id]
    measures = [
        text for one in words.measures.values() for text in (one.name, one.output, one.indicator, one.unit)
    ]
    return [practice.id, words.question, words.why, *words.steps.values(), *words.evidence, *measures]


def test_an_empty_filter_finds_everything_in_order() -> None:
    assert Filter().is_empty
    assert found(EDITION, "en", Filter()) == PRACTICES


@given(ONE, LANGUAGES, st.data())
def test_a_practice_is_found_by_any_words_of_its_texts(
    practice: Practice, language: str, data: st.DataObject
) -> None:
    words = [word for text in texts(practice, language) for word in text.split()]
    chosen = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=4))
    assert practice in found(EDITION, language, Filter(words=" ".join(chosen)))
    assert practice in found(EDITION, language, Filter(words=" ".join(chosen).upper()))
    assert practice in found(EDITION, language, Filter(words=folded(" ".join(chosen))))


@given(FILTERS, LANGUAGES)
def test_what_is_found_fits_and_what_is_not_found_does_not(wanted: Filter, language: str) -> None:
    shown = found(EDITION, language, wanted)
    assert [p for p in PRACTICES if p in shown] == list(shown)
    for practice in PRACTICES:
        text = folded(" ".join(texts(practice, language)))
        fits = (
            (not wanted.factor or practice.id.startswith(f"{wanted.factor}."))
            and (not wanted.driver or wanted.driver in practice.drivers)
            and (not wanted.owner or wanted.owner in practice.owner)
            and (not wanted.power or wanted.power == practice.power)
            and (not wanted.key or practice.key)
            and (not wanted.core or practice.core)
            and all(folded(word) in text for word in wanted.words.split())
        )
        assert (practice in shown) == fits, practice.id


def test_a_kind_of_evidence_is_found() -> None:
    kinds = {kind for practice in PRACTICES for kind in practice.evidence}
    for kind in kinds:
        shown = found(EDITION, "en", Filter(evidence=kind))
        assert set(shown) == {practice for practice in PRACTICES if kind in practice.evidence}
    assert found(EDITION, "en", Filter(evidence="hearsay")) == ()


@pytest.mark.parametrize(
    ("typed", "written_as"),
    [
        ("intégrité", "INTEGRITE"),
        ("œuvre", "oeuvre"),
        ("l’équipe", "l'equipe"),
        ("Straße", "STRASSE"),
        ("مُراجَعة", "مراجعة"),
    ],
)
def test_capitals_accents_and_apostrophes_make_no_difference(typed: str, written_as: str) -> None:
    assert folded(typed) == folded(written_as)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(FILTERS)
def test_counts_of_factors_add_up(wanted: Filter) -> None:
    shown = found(EDITION, "en", wanted)
    by_factor = counts(EDITION, shown)
    assert list(by_factor) == [factor.id for factor in EDITION.factors]
    assert sum(by_factor.values()) == len(shown)


def test_every_practice_stands_once_under_each_of_its_commitments() -> None:
    covered = coverage(EDITION, COMMITMENTS)
    assert set(covered) == set(COMMITMENTS)
    for practice in PRACTICES:
        first = [one for one, served in covered.items() if practice in served.first]
        also = [one for one, served in covered.items() if practice in served.also]
        assert first == list(practice.commitments[:1])
        assert set(also) == set(practice.commitments[1:])


def test_commitments_come_by_number_and_not_as_text() -> None:
    numbers = [tuple(map(int, one.split("."))) for one in coverage(EDITION, COMMITMENTS)]
    assert numbers == sorted(numbers)
    assert numbers[-1] > (9, 5)


def test_a_questionnaire_without_commitments_covers_nothing(tmp_path: Path) -> None:
    assert coverage(loading.read(written(tmp_path)), COMMITMENTS) == {}


def test_the_commitments_are_those_of_the_questionnaires_own_description() -> None:
    readme = (loading.HOME / "README.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| (\d+\.\d+) \| (.+) \|$", readme, re.MULTILINE))
    assert dict(COMMITMENTS) == table


@given(ONE)
def test_every_line_of_evidence_counts_for_some_step(practice: Practice) -> None:
    placed = groups(practice, SCALE)
    assert sorted(n for lines in placed.values() for n in lines) == list(range(len(practice.evidence)))
    for number in placed.get(ON_PAPER, ()):
        assert practice.evidence[number] in PAPER
    for number in placed.get(IN_USE, ()):
        assert practice.evidence[number] not in PAPER


def test_nothing_is_placed_on_another_scale_or_without_kinds() -> None:
    three = Scale(steps=tuple(Step(id=name, value=n / 2) for n, name in enumerate(("no", "some", "all"))))
    kinds = Practice(id="a.b", scale="s", evidence=("order", "log"))
    assert groups(kinds, three) == {}
    assert groups(Practice(id="a.b", scale="s"), SCALE) == {}
    assert groups(kinds, SCALE) == {ON_PAPER: (0,), IN_USE: (1,)}
    assert groups(Practice(id="a.b", scale="s", evidence=("unheard_of",)), SCALE) == {IN_USE: (0,)}


def test_our_scale_is_known_by_its_steps() -> None:
    assert is_ours(SCALE)
    assert tuple(step.id for step in SCALE.steps) == STEPS


@pytest.mark.parametrize(
    ("find", "name", "said"),
    [
        (practice_of, f"{PRACTICES[0].id}x", f"Did you mean {PRACTICES[0].id}?"),
        (practice_of, "???", "Search for a word of its question."),
        (factor_of, "leadrship", "Did you mean leadership?"),
        (factor_of, "???", "Use one of: leadership, "),
        (language_of, "qqq", "The questionnaire is not offered in this language. Use one of: en"),
    ],
)
def test_an_unknown_name_is_refused_with_the_near_one(find, name: str, said: str) -> None:
    with pytest.raises(Refused, match=re.escape(said)) as refused:
        find(EDITION, name)
    assert refused.value.problems[0].place == name


def test_a_known_name_leads_to_what_it_names() -> None:
    assert practice_of(EDITION, PRACTICES[3].id) is PRACTICES[3]
    assert factor_of(EDITION, EDITION.factors[2].id) is EDITION.factors[2]
    assert language_of(EDITION, "en") == "en"
