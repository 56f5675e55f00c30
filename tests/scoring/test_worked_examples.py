"""The worked examples of ``scoring/README.md`` are true."""

import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import scoring
from scoring.answers import Answer
from scoring.panel import compile_panel, steps_of
from scoring.profile import score, shown
from tests.scoring.building import Asked, built

README = Path(scoring.__file__).with_name("README.md").read_text(encoding="utf-8")
Row = dict[str, str]


def tables(text: str) -> list[list[Row]]:
    """Return the Markdown tables of a text, each row by column heading."""
    found = re.findall(r"(?:^\|.*\|\n)+", text, flags=re.MULTILINE)
    return [rows_of([cells_of(line) for line in table.splitlines()]) for table in found]


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows_of(lines: list[list[str]]) -> list[Row]:
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def examples() -> dict[str, tuple[list[Row], list[Row]]]:
    """Return title -> (practices, results) of every worked example."""
    parts = re.split(r"^### (Example .*)$", README, flags=re.MULTILINE)[1:]
    both = {title: tables(text)[:2] for title, text in zip(parts[::2], parts[1::2], strict=True)}
    return {title: (practices, results) for title, (practices, results) in both.items()}


def agrees(told: str, figure: float | None) -> bool:
    """Say whether a printed figure is the figure: six decimals are rounded, fewer are exact."""
    if told == "none" or figure is None:
        return told == "none" and figure is None
    rounded = len(told.partition(".")[2]) == 6
    return abs(Decimal(told) - Decimal(figure)) <= Decimal("5e-7" if rounded else "1e-12")


def answer_of(row: Row) -> Answer:
    if row["answer"] == "not applicable":
        return Answer(row["practice"], not_applicable=True)
    step = re.match(r"\d*", row["answer"]).group()  # type: ignore[union-attr]
    return Answer(row["practice"], f"s{step}" if step else None, outside=row["answer"].endswith("outside"))


def assessment(practices: list[Row], results: list[Row]):
    factors, names = {}, {}
    for row in practices:
        factor, name = row["practice"].split(".")
        values = tuple(float(value) for value in row["scale values"].split(","))
        factors.setdefault(factor, []).append(Asked(float(row["weight"]), row["key"] == "yes", values))
        names.setdefault(factor, []).append(name)
    weights = {row["factor"]: float(row["factor weight"]) for row in results if row["factor weight"]}
    return built(factors, weights, names), [answer_of(row) for row in practices]


EXAMPLES = examples()


@pytest.mark.parametrize("title", EXAMPLES)
def test_the_profile_is_what_the_example_says(title):
    practices, results = EXAMPLES[title]
    profile = score(*assessment(practices, results))
    by_name = {"overall": profile.overall, **{factor.id: factor for factor in profile.factors}}
    assert [row["factor"] for row in results] == [*(factor.id for factor in profile.factors), "overall"]
    for row in results:
        result = by_name[row["factor"]]
        for name in ("value", "low", "high", "coverage"):
            assert agrees(row[name], getattr(result, name)), (row["factor"], name, getattr(result, name))
        if row["factor"] != "overall":
            assert row["level"] == ("none" if result.level is None else str(result.level))
            for name in {"answered", "applicable", "not applicable"} & set(row):
                assert int(row[name]) == getattr(result, name.replace(" ", "_"))
            assert "outside" not in row or agrees(row["outside"], result.outside)
            assert "held by" not in row or row["held by"] == ", ".join(result.held_by)


@pytest.mark.parametrize("title", EXAMPLES)
def test_the_panel_says_the_same_as_the_example(title):
    practices, results = EXAMPLES[title]
    questionnaire, answers = assessment(practices, results)
    scores = compile_panel(questionnaire).score(np.array([steps_of(questionnaire, answers)]))
    for column, row in enumerate(results[:-1]):
        for name in ("value", "low", "high", "coverage"):
            figure = float(getattr(scores, name)[0, column])
            assert agrees(row[name], None if np.isnan(figure) else figure)
        assert scores.level[0, column] == (-1 if row["level"] == "none" else int(row["level"]))


def test_there_are_examples_of_every_kind():
    assert len(EXAMPLES) >= 5
    answers = {row["answer"] for practices, _ in EXAMPLES.values() for row in practices}
    scales = {row["scale values"].count(",") + 1 for practices, _ in EXAMPLES.values() for row in practices}
    values = {row["value"] for _, results in EXAMPLES.values() for row in results}
    assert {"", "not applicable", "1 outside"} <= answers
    assert {3, 5} <= scales
    assert "none" in values


def test_figures_are_shown_as_the_table_of_rounding_says():
    (rounding, *_) = tables(README.split("<!-- rounding -->")[1])
    assert len(rounding) >= 5
    for row in rounding:
        value = None if row["value"] == "none" else float(row["value"])
        assert str(shown(value, int(row["steps"]))) == row["shown"].replace("none", "None")


def test_a_figure_that_is_off_by_one_in_its_last_decimal_would_be_noticed():
    assert agrees("0.583333", 7 / 12)
    assert not agrees("0.583334", 7 / 12)
    assert not agrees("0.5", 0.5000001)
    assert not agrees("none", 0.0)
    assert not agrees("0", None)
