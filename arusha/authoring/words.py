"""The rows of a language's sheet -> its words, and which of its translations are stale or missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from arusha.authoring.remedies import for_workbook
from arusha.authoring.rows import Row, Sheet, repeated
from arusha.authoring.spots import MEASURE, TITLE, UNCHANGED, Spot, is_line, path_of, raw_of
from arusha.authoring.translations import Made, mark
from questionnaires.model import HOLE, FactorWords, LanguageWords
from questionnaires.problems import N_, Problem, near, printable
from questionnaires.shapes import shape
from questionnaires.wording import DID_YOU_MEAN


@dataclass
class Language:
    """One language as its sheet tells it: the row of each place, and the texts that are written."""

    tag: str
    sheet: Sheet
    required: frozenset[Spot] = frozenset()
    rows: dict[Spot, Row] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is written or faulty: a sheet that waits for its translator."""
        return not any("text" in row.values or row.faulty for row in self.rows.values())

    def text(self, spot: Spot) -> str:
        """Return the text at a place; empty where there is none."""
        return str(self.rows[spot].values.get("text", "")) if spot in self.rows else ""

    def texts(self) -> dict[Spot, str]:
        """Return every text that is written."""
        return {spot: self.text(spot) for spot in self.rows if self.text(spot)}


def language_of(tag: str, sheet: Sheet, rows: list[Row], wanted: frozenset[Spot]) -> Language:
    """Return a language with its rows by place; tell of places that are not there or are there twice.

    ``wanted`` are the places that no language may leave empty.
    """
    language = Language(tag, sheet, wanted)
    spots = {id(row): Spot(row.values.get("part", ""), row.values.get("item", "")) for row in rows}
    twice = {id(row): first for row, first in repeated(rows, "part", "item")}
    known = [str(spot) for spot in spots.values() if path_of(spot)]
    for row in rows:
        spot = spots[id(row)]
        if id(row) in twice:
            values = {"name": printable(str(spot)), "row": twice[id(row)].number}
            fault = N_("{name} is there twice, first in row {row}.")
            sheet.problems.append(
                Problem(row.place("part"), fault, N_("Delete one of the two rows."), values)
            )
        elif path_of(spot) is not None:
            language.rows[spot] = row
        elif not row.faulty & {"part", "item"}:
            _unknown(language, row, spot, known)
    return language


def _unknown(language: Language, row: Row, spot: Spot, known: list[str]) -> None:
    meant = near(str(spot), known)
    fault = N_("There is no text with this part and item: {name}.")
    remedy = DID_YOU_MEAN if meant else N_("Write them as in the other rows, or delete the row.")
    values = {"name": printable(str(spot)) or "–", "meant": printable(meant)}
    language.sheet.problems.append(Problem(row.place("part"), fault, remedy, values))


def words_of(language: Language, source: Language) -> LanguageWords:
    """Return the words of a language, with holes for what is missing; tell of each fault at its cell."""
    _tell_of_empty(language, source)
    texts = {spot: _checked(language, row) for spot, row in language.rows.items() if _is_kept(language, spot)}
    for spot in _lacking(texts):
        texts[spot] = HOLE
        fault, remedy = (
            N_("There is no row for {name}."),
            N_("Write one, with its part and item, in a white row."),
        )
        place = language.sheet.place(language.sheet.free, "part")
        language.sheet.tell(place, fault, remedy, name=printable(str(spot)))
    return LanguageWords.model_validate(raw_of(texts), context=EXCUSED)


class _Anything:
    """What excuses every text: whatever is wrong has been told of at its cell."""

    def __contains__(self, text: object) -> bool:
        return True


EXCUSED = _Anything()


def _is_kept(language: Language, spot: Spot) -> bool:
    """Return whether a place belongs to the words; an empty one does only where it must be written."""
    row = language.rows[spot]
    return "text" in row.values or "text" in row.faulty or spot in language.required


def _checked(language: Language, row: Row) -> str:
    """Return a row's text; tell of a sign that no page can show."""
    text = str(row.values.get("text", HOLE))
    reading = shape("", {"name": "-", "short": text}, FactorWords)
    for problem in reading.problems:
        told = for_workbook(problem, row.place("text"))
        entry = str(problem.values["entry"]).replace("short = ", "text = ", 1)
        language.sheet.tell(told.place, told.fault, told.remedy, **{**told.values, "entry": entry})
    return reading.model.short if reading.model else HOLE


def _lacking(texts: Mapping[Spot, str]) -> list[Spot]:
    """Return the places that must be there because others of the same factor, practice or measure are."""
    wanted = {TITLE: None}
    for spot in texts:
        table = spot.part.partition(".")[0]
        if table == "factors":
            wanted[Spot(spot.part, "name")] = None
        elif table == "practices":
            wanted[Spot(spot.part, "question")] = None
            if spot.item.startswith("measures."):
                stem = spot.item.rpartition(".")[0]
                wanted |= {Spot(spot.part, f"{stem}.{item}"): None for item in MEASURE}
    return [spot for spot in wanted if spot not in texts]


def _tell_of_empty(language: Language, source: Language) -> None:
    """Tell of the texts that must be written, those of neighbouring rows at once."""
    missing = [language.rows[spot] for spot in _empty(language, source)]
    for _, group in groupby(enumerate(missing), key=lambda one: one[1].number - one[0]):
        rows = [row for _, row in group]
        place = rows[0].place("text")
        if len(rows) == 1:
            fault = N_("The text is missing.")
        else:
            place += f":{rows[-1].place('text').rpartition('!')[2]}"
            fault = N_("{count} texts are missing.")
        is_source = language.tag == source.tag
        remedy = (
            N_("Write what belongs here.") if is_source else N_("Translate, or delete the sheet for now.")
        )
        language.sheet.tell(place, fault, remedy, count=len(rows))


def _empty(language: Language, source: Language) -> Iterator[Spot]:
    for spot, row in language.rows.items():
        is_written = "text" in row.values or "text" in row.faulty
        if not is_written and (spot in language.required or _is_gap(language, source, spot)):
            yield spot


def _is_gap(language: Language, source: Language, spot: Spot) -> bool:
    """Return whether a line of a list is empty, is written in the source, and others stand behind it."""
    if not is_line(spot) or not source.text(spot):
        return False
    stem, _, number = spot.item.rpartition(".")
    behind = [one.item.rpartition(".") for one in language.texts() if one.part == spot.part]
    return any(left == stem and int(right) > int(number) for left, _, right in behind if right.isdigit())


def emptied(language: Language, source: Language) -> Iterator[Problem]:
    """Yield the lines that still translate one which was emptied in the default language."""
    for spot in language.texts():
        is_gone = is_line(spot) and spot.part != UNCHANGED and spot in source.rows and not source.text(spot)
        if is_gone and language.tag != source.tag:
            fault = N_("The text that this translates was emptied in the sheet {language}.")
            remedy = N_("Empty this one too, or write the other again.")
            place = language.rows[spot].place("text")
            yield Problem(place, fault, remedy, {"language": source.tag})


def warnings_of(language: Language, source: Language, made: Mapping[Spot, Made]) -> Iterator[Problem]:
    """Yield each translation that is stale, and each that is missing where it may be."""
    for spot, row in language.rows.items():
        if spot in made and made[spot].source != mark(source.text(spot)):
            fault = N_("The translation is stale: the text it was made from has changed.")
            remedy = N_("Translate it anew, or write yes under still_right.")
            yield Problem(row.place("text"), fault, remedy, {"name": str(spot)})
        elif not language.text(spot) and source.text(spot) and spot.part != UNCHANGED:
            fault = N_("The translation is missing.")
            yield Problem(row.place("text"), fault, N_("Translate it."), {"name": str(spot)})


def made_from(language: Language, source: Language) -> dict[Spot, Made]:
    """Return how each translation was made: from the source of its mark, or when renewed from today's."""
    made = {}
    for spot, text in language.texts().items():
        if spot.part != UNCHANGED:
            made[spot] = Made(_source_mark(language.rows[spot], mark(source.text(spot))), mark(text))
    return made


def _source_mark(row: Row, today: str) -> str:
    told = row.values
    is_as_it_was = str(told.get("text", "")).strip() == str(told.get("text_then", "")).strip()
    if is_as_it_was and not told.get("still_right") and told.get("translated_from"):
        return str(told["translated_from"])
    return today
