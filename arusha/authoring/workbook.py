"""A questionnaire as an Excel workbook; ``taking_back`` takes it back exactly, or refuses it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from arusha.authoring.sheets import guide, languages, structure, tables
from arusha.authoring.sheets.columns import FIRST, Live, Plan, Row
from arusha.authoring.spots import UNCHANGED, Spot, texts_of, together
from arusha.authoring.translations import NONE, Record, source_of
from arusha.exchange.cells import LONGEST, pieces, storable
from arusha.exchange.finishing import finished
from arusha.exchange.sheets import LONGEST_NAME, Footer, new_book
from arusha.i18n import Translator
from questionnaires.model import LANGUAGE, Questionnaire
from questionnaires.problems import N_, Problem, Refused, printable

FUNCTIONS = ("EXACT", "IF", "NOT", "OR")  # all that the live cells of ``languages`` are made of


@dataclass(frozen=True)
class Writing:
    """A questionnaire on its way into a workbook: where each text of the default language stands."""

    t: Translator
    questionnaire: Questionnaire
    record: Record

    @property
    def source(self) -> str:
        """Return the default language."""
        return self.questionnaire.structure.default_language

    def texts(self, language: str) -> Mapping[Spot, str]:
        """Return the texts of a language; none for one that is new."""
        words = self.questionnaire.languages.get(language)
        return texts_of(self.questionnaire.structure, words) if words else {}


def write(
    questionnaire: Questionnaire, t: Translator, record: Record = NONE, new: Sequence[str] = ()
) -> bytes:
    """Return the workbook (xlsx) of a questionnaire, with an empty sheet for each ``new`` language.

    ``record`` says which source each translation was made from. Raises ``Refused`` for what no workbook
    can hold: a text that is too long or has an impossible character, a language that cannot name a sheet.
    """
    writing = Writing(t, questionnaire, record)
    tags = [*questionnaire.languages, *new]
    problems = [*_unwritable(writing), *_faults_of_languages(tags, questionnaire.languages, new)]
    if problems:
        raise Refused(problems)
    book = new_book(questionnaire.words(t.language).title)
    foot = Footer(questionnaire.id)
    order = [writing.source, *(tag for tag in tags if tag != writing.source)]
    guide.write(book, t, questionnaire.words(t.language).title, order, writing.source, foot)
    _structure(book, writing, foot)
    _languages(book, writing, order, foot)
    return finished(book, FUNCTIONS)


def _structure(book: Workbook, writing: Writing, foot: Footer) -> None:
    asked = writing.questionnaire
    texts = writing.texts(writing.source)
    rows = {spot: number for number, spot in enumerate(texts, start=FIRST)}

    def aid(part: str, item: str) -> Live | None:
        spot = Spot(part, item)
        return languages.shown(writing.source, rows[spot], texts[spot]) if spot in rows else None

    sheets: list[tuple[Plan, Iterable[Row]]] = [
        (structure.settings(), structure.rows_of_settings(asked, writing.t)),
        (structure.scales(), structure.rows_of_scales(asked, aid)),
        (structure.factors(), structure.rows_of_factors(asked, aid)),
        (structure.practices(asked), structure.rows_of_practices(asked, aid)),
        (structure.measures(), structure.rows_of_measures(asked, aid)),
    ]
    for plan, entries in sheets:
        tables.write(book, writing.t, plan, list(entries), foot)


def _languages(book: Workbook, writing: Writing, order: Sequence[str], foot: Footer) -> None:
    sources = writing.texts(writing.source)
    languages.write_source(book, writing.t, writing.source, sources, foot)
    for language in order[1:]:
        rows = _translation(writing, language, sources)
        languages.write_translation(book, writing.t, language, rows, foot)


def _translation(writing: Writing, language: str, sources: Mapping[Spot, str]) -> list[tuple[Spot, Row]]:
    """Return the rows of a translation: a row for each source text, and for what only it has."""
    texts = writing.texts(language)
    at = {spot: number for number, spot in enumerate(sources, start=FIRST)}
    wanted = together((spot for spot in sources if spot.part != UNCHANGED), texts)
    rows = []
    for number, spot in enumerate(wanted, start=FIRST):
        source, text = sources.get(spot, ""), texts.get(spot, "")
        is_translated = spot in at and spot.part != UNCHANGED
        live = languages.shown(writing.source, at[spot], source) if is_translated else None
        from_ = source_of(writing.record, language, spot, source, text)
        rows.append((spot, languages.row_of(writing.t, number, spot, text, source, from_, live)))
    return rows


def _unwritable(writing: Writing) -> Iterable[Problem]:
    for language in writing.questionnaire.languages:
        for spot, text in writing.texts(language).items():
            place = f"{language} · {printable(str(spot))}"
            if storable(text) != text:
                fault = N_("The text has a character that no workbook can hold.")
                yield Problem(place, fault, N_("Write it without that character."))
            elif len(pieces(text)) > 1:
                fault = N_("The text is longer than the {longest} characters that a cell can hold.")
                yield Problem(place, fault, N_("Shorten it."), {"longest": LONGEST})


def _faults_of_languages(
    tags: Sequence[str], known: Mapping[str, object], new: Sequence[str]
) -> Iterable[Problem]:
    seen: set[str] = set()
    for tag in tags:
        values = {"language": printable(tag)}
        if not LANGUAGE.fullmatch(tag):
            fault = N_("{language} is not a language.")
            yield Problem(printable(tag), fault, N_("Write it like fr, es or pt_BR."), values)
        elif len(tag) > LONGEST_NAME:
            fault = N_("{language} is too long for the name of a sheet.")
            yield Problem(printable(tag), fault, N_("Use a shorter tag for the language."), values)
        elif tag.casefold() in seen:
            fault = N_("The language {language} is there already.")
            yield Problem(printable(tag), fault, N_("Name only languages that are new."), values)
        seen.add(tag.casefold())
