"""Random questionnaires that obey the rules: every key of the format, one or two languages, and odd texts."""

from typing import Any

from hypothesis import strategies as st

from questionnaires.checking import check
from questionnaires.loading import edition
from questionnaires.model import LanguageWords, Questionnaire, Structure

ODD = st.sampled_from(
    [
        "=1+1",
        "+1",
        "-",
        "@x",
        "“quoted”, 'so'",
        'say "no"',
        "two\nlines",
        "carriage\r\nreturn",
        "tab\there",
        "back\\slash",
        "# no note",
        "_x0041_",
        "العربية",
        "漢字 🙂",
        "a\u2028b\x85c",
        "{0} {name}",
        "1",
        "TRUE",
        "2026-01-01",
        "x" * 400,
    ]
)
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
TEXTS = st.one_of(ODD, st.text(LETTERS, max_size=20)).map(str.strip).filter(bool)
OPTIONAL = st.just("") | TEXTS
NAMES = st.sampled_from(["delay", "a, b", ' "quoted" ', "new\nline", "dot.ted", "x · y", "=1", "Ünïcode"])
FEW = st.integers(1, 3)
WEIGHTS = st.sampled_from([1.0, 0.1, 2.5, 1e-07, 1e6]) | st.floats(0.001, 1e6)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw a questionnaire that ``questionnaires.checking`` finds nothing wrong with."""
    scales = {f"s{number}": draw(_scales()) for number in range(draw(FEW))}
    kinds = {
        kind: draw(st.lists(NAMES, unique=True, max_size=3)) for kind in ("drivers", "owner", "evidence")
    }
    extends = draw(st.sampled_from(["", "", "arusha_2026"]))
    factors = [draw(_factors(number, sorted(scales), kinds, extends)) for number in range(draw(FEW))]
    raw = {
        "id": "drawn",
        "extends": extends,
        "administration": "XA" if extends else draw(st.sampled_from(["", "XA"])),
        "since": draw(st.sampled_from([0, 0, 2025, 9999])),
        "default_language": "en",
        "scales": {name: {"steps": steps} for name, steps in scales.items()},
        "factors": factors,
    }
    if draw(st.booleans()):
        raw |= {"follows": "arusha_2026"}
        for practice, follows in zip(_practices(factors), draw(_follows()), strict=False):
            practice["follows"] = follows
    structure = Structure.model_validate(raw)
    tags = ["en", *draw(st.sampled_from([[], ["fr"], ["pt_BR"]]))]
    languages = {tag: LanguageWords.model_validate(draw(_words(structure, kinds))) for tag in tags}
    return Questionnaire(structure=structure, languages=languages)


def is_in_order(questionnaire: Questionnaire, followed: Structure) -> bool:
    """Return whether the rules find nothing wrong."""
    earlier = followed if questionnaire.structure.follows else None
    return not check("drawn", questionnaire.structure, questionnaire.languages, earlier)


def _practices(factors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [practice for factor in factors for practice in factor["practices"]]


@st.composite
def _scales(draw: st.DrawFn) -> list[dict[str, Any]]:
    values = sorted(draw(st.lists(st.floats(0, 1), min_size=2, max_size=4, unique=True)))
    return [{"id": f"step{number}", "value": value} for number, value in enumerate(values)]


@st.composite
def _follows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw what practices continue; each earlier practice once, so that "same" is always possible."""
    same = {"id": "leadership.accountability", "class": "same"}
    merged = {
        "id": "leadership.integrity_strategy",
        "class": draw(st.sampled_from(["indirect", "subject"])),
        "with": ["leadership.example"],
    }
    return draw(st.permutations([same, merged]))


@st.composite
def _factors(
    draw: st.DrawFn, number: int, scales: list[str], kinds: dict[str, list[str]], extends: str
) -> dict[str, Any]:
    """Draw a factor; one that adds national practices is a factor of the edition, and they are not scored."""
    base = edition(extends).factors[number] if extends else None
    factor, shown = (base.id, base.number) if base else (f"f{number}", number * 7)
    names = [f"{factor}.{'xa_' if base else ''}p{place}" for place in range(draw(FEW))]
    practices = [draw(_one_practice(name, scales, kinds)) for name in names]
    if base:
        practices = [practice | {"key": False, "core": False} for practice in practices]
    return {"id": factor, "number": shown, "weight": draw(WEIGHTS), "practices": practices}


@st.composite
def _one_practice(
    draw: st.DrawFn, name: str, scales: list[str], kinds: dict[str, list[str]]
) -> dict[str, Any]:
    def some(names: list[str], most: int = 3) -> list[str]:
        return draw(st.lists(st.sampled_from(names), unique=True, max_size=most)) if names else []

    measure = st.fixed_dictionaries(
        {"months": st.integers(1, 600), "direction": st.sampled_from(["up", "down", "ambiguous"])}
    )
    return {
        "id": name,
        "scale": draw(st.sampled_from(scales)),
        "weight": draw(WEIGHTS),
        **{key: draw(st.booleans()) for key in ("key", "core", "national")},
        "commitments": some(["1.1", "10.2"]),
        "drivers": some(kinds["drivers"]),
        "owner": some(kinds["owner"]),
        "evidence": some(kinds["evidence"]),
        "power": draw(st.sampled_from(["customs", "shared", "government"])),
        "references": some(["UNCAC 8", "TFA 10.1", "odd, one"]),
        "measures": [{"id": f"m{place}", **draw(measure)} for place in range(draw(st.integers(0, 2)))],
    }


@st.composite
def _words(draw: st.DrawFn, structure: Structure, kinds: dict[str, list[str]]) -> dict[str, Any]:
    def named(ids: list[str]) -> dict[str, str]:
        return {one: draw(TEXTS) for one in ids}

    steps = {name: list(scale.numbers) for name, scale in structure.scales.items()}
    meant = draw(st.lists(st.sampled_from(sorted(steps)), unique=True))
    return {
        "title": draw(TEXTS),
        "scales": {name: named(ids) for name, ids in steps.items()},
        "meanings": {name: named(steps[name]) for name in meant},
        **{kind: named(names) for kind, names in kinds.items()},
        "factors": {
            factor.id: {"name": draw(TEXTS), "short": draw(OPTIONAL), "asks": draw(OPTIONAL)}
            for factor in structure.factors
        },
        "practices": {
            practice.id: {
                "question": draw(TEXTS),
                "why": draw(OPTIONAL),
                "steps": named(steps[practice.scale]),
                "evidence": _lines(draw, len(practice.evidence)),
                "measures": {
                    measure.id: named(["name", "output", "indicator", "unit"])
                    for measure in practice.measures
                },
            }
            for practice in structure.practices
        },
        "unchanged": draw(st.lists(TEXTS, max_size=2)),
    }


def _lines(draw: st.DrawFn, kinds: int) -> list[str]:
    least, most = (kinds, kinds) if kinds else (0, 3)
    return draw(st.lists(TEXTS, min_size=least, max_size=most))
