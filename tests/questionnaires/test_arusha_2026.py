"""The edition that comes with the program loads, obeys the house and says what only it can say."""

import re
from collections import Counter

from questionnaires.house import DECLARATION, house_faults
from questionnaires.loading import HOME, edition, editions
from questionnaires.prose import texts_of

ARUSHA = edition("arusha_2026")
STEPS = ("absent", "designed", "partly", "throughout", "proven")


def test_every_edition_bears_the_name_of_its_directory() -> None:
    assert [edition(name).id for name in editions()] == list(editions())
    assert all((HOME / name / "text.en.toml").is_file() for name in editions())


def test_it_obeys_the_rules_of_the_house() -> None:
    assert [str(problem) for problem in house_faults(ARUSHA)] == []


def test_it_has_the_ten_factors_with_four_core_practices_each() -> None:
    assert [ARUSHA.words("en").factors[factor.id].name for factor in ARUSHA.factors] == list(DECLARATION)
    assert Counter(ARUSHA.factor_of[p.id].id for p in ARUSHA.practices.values() if p.core) == {
        factor.id: 4 for factor in ARUSHA.factors
    }


def test_its_scale_has_five_even_steps_each_with_a_general_meaning() -> None:
    steps = ARUSHA.structure.scales["maturity"].steps
    assert [(step.id, step.value) for step in steps] == [
        (name, number / 4) for number, name in enumerate(STEPS)
    ]
    assert all(set(words.meanings["maturity"]) == set(STEPS) for words in ARUSHA.languages.values())


def test_every_factor_has_a_short_name_and_says_what_it_asks() -> None:
    for words in ARUSHA.languages.values():
        for factor in words.factors.values():
            assert factor.asks.endswith(".")
            assert 0 < len(factor.short) <= 20


def test_every_step_is_a_sentence() -> None:
    for words in ARUSHA.languages.values():
        for said in words.practices.values():
            for sentence in [*said.steps.values(), said.why]:
                assert sentence[0].isupper(), sentence
                assert sentence.endswith("."), sentence
                assert "  " not in sentence, sentence


def test_it_is_whole_in_english_and_french() -> None:
    assert set(ARUSHA.languages) == {"en", "fr"}
    english, french = (dict(texts_of(ARUSHA.words(language))) for language in ("en", "fr"))
    assert english.keys() == french.keys()
    assert len(ARUSHA.practices) == 127
    assert all(
        set(words.practices[name].steps) == set(STEPS)
        for words in ARUSHA.languages.values()
        for name in ARUSHA.practices
    )


def test_french_is_set_as_french_is() -> None:
    """A typographic apostrophe, and no space where a line may break before a double sign or inside « »."""
    for place, said in texts_of(ARUSHA.words("fr")):
        assert "'" not in said, place
        assert not re.search(r" [;:?!»]|« ", said), place
        assert not re.search(r"[^\s  ][;?!»]", said), place


def test_no_question_asks_only_whether_something_exists() -> None:
    for said in ARUSHA.words("en").practices.values():
        assert re.match(r"How (far|much)\b", said.question), said.question


PERIOD = {"en": r"(?i)year|quarter|month", "fr": r"(?i)\bans?\b|année|annu|mois|mensuel|trimestr|semestr"}


def test_a_proven_step_says_how_often_its_results_are_looked_at() -> None:
    for language, period in PERIOD.items():
        for practice_id, said in ARUSHA.words(language).practices.items():
            assert re.search(period, said.steps["proven"]), practice_id


def test_one_word_is_used_for_the_department_of_human_resources() -> None:
    text = (HOME / "arusha_2026" / "text.en.toml").read_text(encoding="utf-8").casefold()
    assert "personnel department" not in text
    assert "human resources department" not in text


def test_no_indicator_serves_two_measures() -> None:
    for words in ARUSHA.languages.values():
        indicators = Counter(m.indicator for said in words.practices.values() for m in said.measures.values())
        assert [one for one, times in indicators.items() if times > 1] == []
