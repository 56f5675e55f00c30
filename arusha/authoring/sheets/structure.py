"""The sheets of the structure: settings, scales, factors, practices and measures, one row an entry."""

from collections.abc import Callable, Iterator
from typing import Any, cast, get_args

from arusha.authoring.sheets.columns import (
    A_LIST,
    FIRST,
    UNCHANGED_IDS,
    WORKBOOK,
    Column,
    Plan,
    Row,
    Takes,
    Value,
)
from questionnaires.model import Follows, Measure, Practice, Questionnaire
from questionnaires.problems import N_

Aid = Callable[[str, str], Value]
"""Part and item of a text -> what shows it, in the default language."""

SPARE_ROWS = 12
LAST = 2_000  # row, down to which ids are offered to choose from
POWERS = get_args(Practice.model_fields["power"].annotation)
CLASSES = get_args(Follows.model_fields["class_"].annotation)
DIRECTIONS = get_args(Measure.model_fields["direction"].annotation)
HEAVIEST = 1_000_000
MEANINGS = {
    "id": N_("The questionnaire's id. It stays."),
    "follows": N_("The id of the edition this one continues; empty for a first edition."),
    "extends": N_("For national practices: the id of the edition they are added to."),
    "administration": N_("For national practices: the two capital letters of the administration."),
    "default_language": N_("The language that the others are translated from."),
    "workbook": N_("The layout of this workbook. It stays."),
    "since": N_("For national practices: the first reference year in which they are asked."),
}


def settings() -> Plan:
    """Return the sheet of what is said once of the whole questionnaire."""
    return Plan(
        "Settings",
        N_("Settings"),
        N_("What is said once of the whole questionnaire."),
        (
            Column("setting", N_("Setting"), 22, locked=True),
            Column("value", N_("Value"), 30),
            Column("meaning", N_("Meaning"), 80, Takes.AID),
        ),
    )


def scales() -> Plan:
    """Return the sheet of scales: one row a step, from the lowest to the highest."""
    return Plan(
        "Scales",
        N_("Scales"),
        N_("One row for each step, from the lowest to the highest. Practices point to a scale by its id."),
        (
            Column("scale", N_("Scale"), 20, help=UNCHANGED_IDS, locked=True),
            Column("id", N_("Step"), 20, help=UNCHANGED_IDS, locked=True),
            _number("value", N_("Value"), 10, N_("From 0 to 1, each step more than the one before."), 1),
            Column("name", N_("Name"), 40, Takes.AID),
        ),
        SPARE_ROWS,
        frozen=2,
    )


def factors() -> Plan:
    """Return the sheet of factors, in the order in which they are shown."""
    return Plan(
        "Factors",
        N_("Factors"),
        N_("One row for each factor, in the order in which they are shown."),
        (
            Column("id", N_("Factor"), 22, help=UNCHANGED_IDS, locked=True),
            _whole("number", N_("No."), 10, N_("The number that readers see; each factor its own."), 0, 9999),
            _number(
                "weight", N_("Weight"), 10, N_("What it counts in the overall figure; above 0."), HEAVIEST
            ),
            Column("name", N_("Name"), 50, Takes.AID),
        ),
        SPARE_ROWS,
    )


def practices(questionnaire: Questionnaire | None = None) -> Plan:
    """Return the sheet of practices, in the order in which they are asked; it offers the names that exist."""
    words = questionnaire.words(questionnaire.structure.default_language) if questionnaire else None
    scale_ids = tuple(questionnaire.structure.scales) if questionnaire else ()
    return Plan(
        "Practices",
        N_("Practices"),
        N_("One row for each practice, in order. Their words stand in the sheets of the languages."),
        (
            Column("factor", N_("Factor"), 17, source=f"Factors!$A${FIRST}:$A${LAST}", locked=True),
            Column("id", N_("Practice"), 30, help=UNCHANGED_IDS, locked=True),
            Column("question", N_("Question"), 44, Takes.AID),
            Column("scale", N_("Scale"), 13, words=scale_ids),
            _number("weight", N_("Weight"), 9, N_("What it counts within its factor; above 0."), HEAVIEST),
            Column("key", N_("Key"), 7, Takes.TRUTH, N_("yes: the factor's level cannot be above its step.")),
            Column("core", N_("Core"), 7, Takes.TRUTH, N_("yes: it belongs to the short form.")),
            Column("national", N_("National"), 9, Takes.TRUTH, N_("yes: it is answered but never scored.")),
            Column("power", N_("Power"), 12, help=N_("In whose hands the remedy lies."), words=POWERS),
            _list("commitments", N_("Commitments"), 16, N_("As in 6.1, with commas between.")),
            _list("drivers", N_("Drivers"), 24, A_LIST, tuple(words.drivers if words else ())),
            _list("owner", N_("Owner"), 24, A_LIST, tuple(words.owner if words else ())),
            _list("evidence", N_("Kinds of evidence"), 18, A_LIST, tuple(words.evidence if words else ())),
            _list("references", N_("References"), 20, N_("By number only, as in UNCAC 8, TFA 10.1.")),
            Column("follows", N_("Follows"), 24, help=N_("The practice of the earlier edition.")),
            Column("class", N_("Class"), 11, help=N_("How far answers may be compared."), words=CLASSES),
            _list("with", N_("Merged with"), 20, N_("Further practices merged into this one.")),
        ),
        SPARE_ROWS,
        frozen=2,
    )


def measures() -> Plan:
    """Return the sheet of measures, in the order in which a practice offers them."""
    return Plan(
        "Measures",
        N_("Measures"),
        N_("One row for each measure that would lift a practice by one step."),
        (
            Column("practice", N_("Practice"), 32, source=f"Practices!$B${FIRST}:$B${LAST}", locked=True),
            Column("id", N_("Measure"), 28, help=UNCHANGED_IDS, locked=True),
            _whole("months", N_("Months"), 10, N_("Its usual duration in whole months, 1 to 600."), 1, 600),
            Column(
                "direction", N_("Direction"), 13, help=N_("Where its indicator should go."), words=DIRECTIONS
            ),
            Column("name", N_("Name"), 70, Takes.AID),
        ),
        3 * SPARE_ROWS,
        frozen=2,
    )


def _number(key: str, heading: str, width: float, told: str, most: float) -> Column:
    return Column(key, heading, width, Takes.NUMBER, told, most=most)


def _whole(key: str, heading: str, width: float, told: str, least: int, most: int) -> Column:
    return Column(key, heading, width, Takes.WHOLE, told, least=least, most=most)


def _list(key: str, heading: str, width: float, told: str, words: tuple[str, ...] = ()) -> Column:
    return Column(key, heading, width, Takes.LIST, told, words)


def rows_of_settings(questionnaire: Questionnaire, meaning: Callable[[str], str]) -> Iterator[Row]:
    """Yield the settings, each with what it means."""
    structure = questionnaire.structure
    for name, told in MEANINGS.items():
        value = WORKBOOK if name == "workbook" else str(getattr(structure, name) or "")
        is_locked = name in ("id", "workbook")
        yield {"setting": name, "value": value, "meaning": meaning(told), "locked": is_locked}


def rows_of_scales(questionnaire: Questionnaire, aid: Aid) -> Iterator[Row]:
    """Yield the steps of every scale."""
    for scale_id, scale in questionnaire.structure.scales.items():
        for step in scale.steps:
            name = aid(f"scales.{scale_id}", step.id)
            yield {"scale": scale_id, "id": step.id, "value": step.value, "name": name}


def rows_of_factors(questionnaire: Questionnaire, aid: Aid) -> Iterator[Row]:
    """Yield the factors."""
    for factor in questionnaire.factors:
        name = aid(f"factors.{factor.id}", "name")
        yield {"id": factor.id, "number": factor.number, "weight": factor.weight, "name": name}


def rows_of_practices(questionnaire: Questionnaire, aid: Aid) -> Iterator[Row]:
    """Yield the practices; what they follow stands in three columns."""
    for practice in questionnaire.practices.values():
        follows = practice.follows
        told: dict[str, Any] = {name: getattr(practice, name) for name in Practice.model_fields}
        yield {
            **cast("Row", told),
            "factor": questionnaire.factor_of[practice.id].id,
            "question": aid(f"practices.{practice.id}", "question"),
            "follows": follows.id if follows else "",
            "class": follows.class_ if follows else "",
            "with": follows.with_ if follows else (),
        }


def rows_of_measures(questionnaire: Questionnaire, aid: Aid) -> Iterator[Row]:
    """Yield the measures of every practice."""
    for practice in questionnaire.practices.values():
        for measure in practice.measures:
            name = aid(f"practices.{practice.id}", f"measures.{measure.id}.name")
            told: Row = {"id": measure.id, "months": measure.months, "direction": measure.direction}
            yield {"practice": practice.id, **told, "name": name}
