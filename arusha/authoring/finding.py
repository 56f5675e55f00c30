"""Where a fault of the rules stands in the workbook: the place in the files -> the sheet and the cell."""

from collections.abc import Mapping
from dataclasses import dataclass

from arusha.authoring.assembling import Tables
from arusha.authoring.lists import joined
from arusha.authoring.rows import Row
from arusha.authoring.spots import KINDS, Spot
from arusha.authoring.words import Language
from questionnaires.problems import Problem, printable

NAME = "workbook"  # what stands for the directory in the places of the rules
NUMBER = "number = "


@dataclass(frozen=True)
class Map:
    """The rows of a workbook, as the rules of ``questionnaires.checking`` name their places."""

    tables: Tables
    languages: Mapping[str, Language]

    def cell(self, problem: Problem) -> str:
        """Return the name of the cell that a problem is about, or of the sheet when no cell is to blame."""
        file, *inside = problem.place.removeprefix(f"{NAME}/").split(" · ")
        tag = file.removeprefix("text.").removesuffix(".toml")
        if tag in self.languages and file != "structure.toml":
            return self._in_words(self.languages[tag], inside, problem)
        return self._in_structure(inside, problem)

    def _in_structure(self, inside: list[str], problem: Problem) -> str:
        values = problem.values
        entry = inside[0] if inside else ""
        if not entry:
            return self._whole(values)
        if entry == "factors":
            return self._number(str(values["id"]))
        if entry == "scales":
            return self._first("Scales", self.tables.scales, scale=values["name"])
        if entry.startswith("scales."):
            return self._step(entry.removeprefix("scales."), values)
        name = str(values["id"]) if entry == "practices" else entry
        found = _last(self.tables.practices, id=name)
        if found is None:
            return self._first(
                "Factors", self.tables.factors, "number" if "number" in values else "id", id=name
            )
        return found.place("id") if entry == "practices" else self._of_practice(found, name, values)

    def _whole(self, values: Mapping[str, object]) -> str:
        """Return the place of what is said of the whole, or of a factor that the edition does not have."""
        factor = _last(self.tables.factors, id=values.get("name"))
        if factor is not None and "known" in values and "setting" not in values:
            return factor.place("id")
        name = str(values.get("setting") or ("default_language" if "language" in values else "follows"))
        setting = self.tables.setting(name if values else "administration")
        return setting.place("value") if setting else self.tables.sheets["Settings"].place()

    def _first(self, sheet: str, rows: list[Row], column: str = "", **wanted: object) -> str:
        found = _last(rows, **wanted)
        return found.place(column or next(iter(wanted))) if found else self.tables.sheets[sheet].place()

    def _of_practice(self, row: Row, practice: str, values: Mapping[str, object]) -> str:
        measure = _last(self.tables.measures, practice=practice, id=values.get("id"))
        match set(values):
            case keys if keys & {"key", "kind"}:
                return row.place(str(values.get("key", values.get("kind"))))
            case keys if not keys or keys & {"factor", "wanted"}:
                return row.place("id")
            case keys if "other" in keys:
                return row.place("class")
            case keys if {"name", "times"} <= keys:
                return row.place("scale")
            case keys if "id" in keys and measure is not None:
                return measure.place("id")
        return row.place("with" if _is_merged(row, str(values.get("name"))) else "follows")

    def _number(self, told: str) -> str:
        number = told.removeprefix(NUMBER)
        found = _last(self.tables.factors, number=int(number)) if number.isdigit() else None
        return found.place("number") if found else self.tables.sheets["Factors"].place()

    def _step(self, scale: str, values: Mapping[str, object]) -> str:
        found = _last(self.tables.scales, scale=scale, id=values.get("after", values.get("id")))
        if found is None:
            return self.tables.sheets["Scales"].place()
        return found.place("value" if "after" in values else "id")

    def _in_words(self, language: Language, inside: list[str], problem: Problem) -> str:
        name = str(problem.values.get("name", ""))
        spot = _spot(inside, name) if inside else Spot(str(problem.values.get("kind")), "")
        for known, row in language.rows.items():
            if _is_within(known, spot):
                return row.place("part" if "meant" in problem.values else "text")
        return language.sheet.place(language.sheet.free, "part")


def _is_within(known: Spot, spot: Spot) -> bool:
    """Return whether a row's place is the one a fault is about, or inside it."""
    part, item = printable(known.part), printable(known.item)
    return part == spot.part and (spot.item in ("", item) or item.startswith(f"{spot.item}."))


def _spot(inside: list[str], name: str) -> Spot:
    """Return the place of a text that a fault is about; without item for a whole part."""
    match inside:
        case [kind] if kind in KINDS:
            return Spot(kind, printable(joined([name])))
        case [table]:
            return Spot(table, name) if "." in table else Spot(printable(f"{table}.{name}"), "")
        case [practice, "evidence"]:
            return Spot(printable(f"practices.{practice}"), "evidence")
        case [practice, kind, *_]:
            return Spot(printable(f"practices.{practice}"), f"{kind}.{name}")
    return Spot("", "")


def _is_merged(row: Row, name: str) -> bool:
    return name in map(printable, row.values.get("with", ()))


def _last(rows: list[Row], **wanted: object) -> Row | None:
    """Return the last row that says this in these columns: of two alike, the one that came later."""
    found = None
    for row in rows:
        told = {key: row.values.get(key) for key in wanted}
        if {key: printable(one) if isinstance(one, str) else one for key, one in told.items()} == wanted:
            found = row
    return found
