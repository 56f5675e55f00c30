"""The rows of the sheets of structure -> ``Structure``, checked row by row so that each fault has its cell.

Every row goes through ``questionnaires.shapes`` as the part of the model that it is. What cannot be known
becomes a hole, exactly as when files are read, and no rule complains of what only follows from it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from arusha.authoring.remedies import for_workbook
from arusha.authoring.rows import Row, Sheet, repeated
from arusha.authoring.sheets.columns import WORKBOOK
from questionnaires.expectations import Place
from questionnaires.model import Factor, Frozen, Measure, Practice, Scale, Step, Structure
from questionnaires.problems import N_, Problem, near, printable
from questionnaires.shapes import Reading, shape
from questionnaires.wording import DID_YOU_MEAN

Shape = TypeVar("Shape", bound=Frozen)
SETTINGS = ("id", "follows", "extends", "administration", "since", "default_language")
FOLLOWS = {"id": "follows", "class": "class", "with": "with"}  # key of the format -> column
ONE_STEP = {"id": "a", "value": 0.0}
ONE_PRACTICE = {"id": "a.a", "scale": "a"}
ONE_FACTOR = {"id": "a", "number": 0, "practices": [ONE_PRACTICE]}
ONE_SCALE = {"steps": [ONE_STEP, ONE_STEP]}


@dataclass
class Tables:
    """The rows of every sheet of structure, and their sheets."""

    settings: list[Row]
    scales: list[Row]
    factors: list[Row]
    practices: list[Row]
    measures: list[Row]
    sheets: Mapping[str, Sheet]

    def setting(self, key: str) -> Row | None:
        """Return the row of a setting."""
        return next((row for row in self.settings if row.values.get("setting") == key), None)


@dataclass
class Assembly:
    """A structure in the making: what was found wrong, where its holes are, and which ids belong nowhere."""

    tables: Tables
    problems: list[Problem] = field(default_factory=list)
    holes: set[Place] = field(default_factory=set)
    strays: set[str] = field(default_factory=set)

    def told(self, row: Row, raw: dict[str, Any], model: type[Shape], at: Place, **columns: str) -> Shape:
        """Return a row as the model it is, with holes for what is faulty; tell of each fault at its cell.

        ``columns`` names the column of a key where it has another name.
        """
        reading = shape("", raw, model)
        for problem in reading.problems:
            key = _column(problem, columns)
            if key not in row.faulty:
                self.problems.append(for_workbook(problem, row.place(key)))
        self.holes |= {(*at, *hole) for hole in reading.holes}
        return _mended(reading)


def _mended(reading: Reading[Shape]) -> Shape:
    if reading.model is None:
        raise TypeError(reading.problems)  # a row is less deep than what ``shapes`` can mend
    return reading.model


def _column(problem: Problem, columns: Mapping[str, str]) -> str:
    """Return the column that a fault of a row is about."""
    _, *inside = problem.place.split(" · ")
    key = str(problem.values.get("key", ""))
    if inside[:1] == ["follows"]:
        return inside[1] if len(inside) > 1 else FOLLOWS.get(key, "follows")
    return inside[0] if inside else columns.get(key, key)


def structure_of(tables: Tables) -> tuple[Structure, Assembly]:
    """Return the structure that the sheets tell of, with holes, and what was found on the way."""
    assembly = Assembly(tables)
    structure = _settings(assembly)
    scales = dict(_scales(assembly))
    factors = tuple(_factors(assembly))
    _strangers(assembly)
    return structure.model_copy(update={"scales": scales, "factors": factors}), assembly


def _settings(assembly: Assembly) -> Structure:
    tables = assembly.tables
    rows = {row.values.get("setting", ""): row for row in tables.settings}
    sheet = tables.sheets["Settings"]
    for row, first in repeated(tables.settings, "setting"):
        _twice(assembly, row, first, "setting")
    for name, row in rows.items():
        if name not in (*SETTINGS, "workbook") and "setting" not in row.faulty:
            _unknown_setting(assembly, row, name)
    raw = {
        name: _setting(name, row.values["value"])
        for name, row in rows.items()
        if name in SETTINGS and "value" in row.values
    }
    reading = shape("", {**raw, "scales": {"a": ONE_SCALE}, "factors": [ONE_FACTOR]}, Structure)
    for problem in reading.problems:
        key = str(problem.values.get("key", ""))
        row_of_key = rows.get(key)
        if row_of_key is None or "value" not in row_of_key.faulty:
            place = row_of_key.place("value") if row_of_key else sheet.place()
            assembly.problems.append(for_workbook(problem, place))
    _same_layout(assembly, rows.get("workbook"))
    assembly.holes |= reading.holes
    return _mended(reading)


def _setting(name: str, value: str) -> str | int:
    """Return a setting as TOML would have it: a year is a number, and none is 0."""
    if name != "since":
        return value
    return int(value or 0) if value.isascii() and (value.isdigit() or not value) else value


def _unknown_setting(assembly: Assembly, row: Row, name: str) -> None:
    meant = near(name, SETTINGS)
    remedy = DID_YOU_MEAN if meant else N_("Delete its row.")
    values = {"name": printable(name), "meant": meant}
    assembly.problems.append(
        Problem(row.place("setting"), N_("The setting {name} is not known."), remedy, values)
    )


def _same_layout(assembly: Assembly, row: Row | None) -> None:
    if row is None or row.values.get("value") != WORKBOOK:
        place = row.place("value") if row else assembly.tables.sheets["Settings"].place()
        fault = N_("The layout of this workbook is not {wanted}, which this program reads.")
        remedy = N_("Write the workbook anew with this version of the program, and copy the changes into it.")
        assembly.problems.append(Problem(place, fault, remedy, {"wanted": WORKBOOK}))


def _scales(assembly: Assembly) -> Iterator[tuple[str, Scale]]:
    for name, rows in _groups(assembly.tables.scales, "scale").items():
        named = assembly.told(rows[0], {**ONE_STEP, "id": name}, Step, (), id="scale")
        steps = [
            assembly.told(row, _raw(row, "id", "value"), Step, ("scales", name, "steps", number))
            for number, row in enumerate(rows)
        ]
        whole = {"steps": [ONE_STEP] * len(rows)}
        made = assembly.told(rows[-1], whole, Scale, ("scales", name), steps="id")
        yield named.id, made.model_copy(update={"steps": (*steps, *made.steps[len(steps) :])})


def _factors(assembly: Assembly) -> Iterator[Factor]:
    practices = _groups(assembly.tables.practices, "factor")
    twice = list(repeated(assembly.tables.factors, "id"))
    for row, first in twice:
        _twice(assembly, row, first, "id")
    ours = [row for row in assembly.tables.factors if row not in [one for one, _first in twice]]
    for number, row in enumerate(ours):
        of_factor = practices.pop(row.values.get("id", ""), [])
        raw = {**_raw(row, "id", "number", "weight"), "practices": [ONE_PRACTICE] * len(of_factor)}
        made = assembly.told(row, raw, Factor, ("factors", number), practices="id")
        found = [
            _practice(assembly, one, ("factors", number, "practices", place))
            for place, one in enumerate(of_factor)
        ]
        yield made.model_copy(update={"practices": (*found, *made.practices[len(found) :])})


def _practice(assembly: Assembly, row: Row, at: Place) -> Practice:
    keys = [key for key in Practice.model_fields if key not in ("follows", "measures")]
    raw = _raw(row, *keys)
    follows = {key: row.values[column] for key, column in FOLLOWS.items() if column in row.values}
    if follows:
        raw["follows"] = follows
    made = assembly.told(row, raw, Practice, at)
    name = row.values.get("id", "")
    rows = [one for one in assembly.tables.measures if name and one.values.get("practice") == name]
    measures = [
        assembly.told(one, _raw(one, "id", "months", "direction"), Measure, (*at, "measures", number))
        for number, one in enumerate(rows)
    ]
    return made.model_copy(update={"measures": tuple(measures)})


def _strangers(assembly: Assembly) -> None:
    """Tell of practices whose factor, and measures whose practice, has no row."""
    tables = assembly.tables
    for rows, key, owners in (
        (tables.practices, "factor", tables.factors),
        (tables.measures, "practice", tables.practices),
    ):
        known = [str(row.values["id"]) for row in owners if "id" in row.values]
        is_known = len(known) == len(owners)
        for row in [one for one in rows if one.values.get(key, "") not in known]:
            name = str(row.values.get(key, ""))
            assembly.strays.add(str(row.values.get("id", "")))
            if (is_known or not name) and key not in row.faulty:
                meant = near(name, known)
                fault = (
                    N_("There is no {key} {name}.")
                    if name
                    else N_("Nothing says which {key} this belongs to.")
                )
                remedy = DID_YOU_MEAN if meant else N_("Write the id of one that has a row in its own sheet.")
                values = {"key": key, "name": printable(name), "meant": meant}
                assembly.problems.append(Problem(row.place(key), fault, remedy, values))
    for row in tables.scales:
        if "scale" not in row.values and "scale" not in row.faulty:
            fault, remedy = N_("Nothing says which {key} this belongs to."), N_("Write its id.")
            assembly.problems.append(Problem(row.place("scale"), fault, remedy, {"key": "scale"}))


def _twice(assembly: Assembly, row: Row, first: Row, key: str) -> None:
    values = {"name": printable(str(row.values.get(key, ""))), "row": first.number}
    fault = N_("{name} is there twice, first in row {row}.")
    assembly.problems.append(Problem(row.place(key), fault, N_("Delete one of the two rows."), values))


def _groups(rows: Sequence[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if key in row.values:
            groups.setdefault(row.values[key], []).append(row)
    return groups


def _raw(row: Row, *keys: str) -> dict[str, Any]:
    """Return values as TOML would give them: lists for lists, and nothing for an empty cell."""
    given = {key: row.values[key] for key in keys if key in row.values}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in given.items()}
