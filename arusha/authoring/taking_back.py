"""An Excel workbook -> Questionnaire: exactly what was written, or every fault at its sheet and cell."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from arusha.authoring import words
from arusha.authoring.assembling import Assembly, Tables, structure_of
from arusha.authoring.finding import NAME, Map
from arusha.authoring.remedies import for_workbook
from arusha.authoring.rows import Sheet, rows_of
from arusha.authoring.sheets import guide, languages, structure
from arusha.authoring.sheets.columns import KEYS, Plan
from arusha.authoring.spots import required
from arusha.authoring.translations import Made, Record
from arusha.authoring.words import Language
from arusha.exchange.reading import Page, opened
from questionnaires import checking, loading, national
from questionnaires.model import LANGUAGE, LanguageWords, Questionnaire, Structure
from questionnaires.problems import N_, Problem, Refused, near, printable
from questionnaires.shapes import Gaps
from questionnaires.wording import DID_YOU_MEAN

Earlier = Callable[[str], Structure | None]
"""Id -> the structure of the edition, None when there is none; raises ``Refused`` when it has faults."""

PLANS = (structure.settings, structure.scales, structure.factors, structure.practices, structure.measures)


@dataclass(frozen=True)
class Taken:
    """What a workbook held: the questionnaire, how its translations were made, and what is to be told."""

    questionnaire: Questionnaire
    record: Record
    warnings: tuple[Problem, ...]


def shipped(edition: str) -> Structure | None:
    """Return the structure of an edition that comes with the program, or None."""
    return loading.edition(edition).structure if edition in loading.editions() else None


def read(data: bytes, name: str, earlier: Earlier = shipped) -> Taken:
    """Return the questionnaire of a workbook; else ``Refused`` with every fault, each at its sheet and cell.

    ``name`` is the file's name, for messages. Stale and missing translations are warnings. A language
    whose sheet is still empty is left out, with a warning.
    """
    pages = opened(data, name)
    problems = [*_faults_of_sheets(pages, name)]
    sheets = {title: Sheet(name, page) for title, page in pages.items()}
    if missing := [plan().name for plan in PLANS if plan().name not in sheets]:
        raise Refused([*problems, *(_missing(name, one) for one in missing)])
    tables = _tables(sheets)
    if not all(sheets[plan().name].is_whole for plan in PLANS):
        raise Refused([*problems, *(one for sheet in sheets.values() for one in sheet.problems)])
    built, assembly = structure_of(tables)
    known = _languages(sheets, built)
    texts = _words(known, built)
    problems += [problem for sheet in sheets.values() for problem in sheet.problems]
    problems += [*assembly.problems, *_broken_rules(built, texts, assembly, Map(tables, known), earlier)]
    if problems:
        raise Refused(_once(problems))
    return _taken(Questionnaire(structure=built, languages=texts), known)


def _faults_of_sheets(pages: Mapping[str, Page], name: str) -> Iterator[Problem]:
    ours = [plan().name for plan in PLANS]
    for title in pages:
        if title not in (*ours, guide.NAME) and not LANGUAGE.fullmatch(title):
            meant = near(title, [one for one in ours if one not in pages])
            remedy = DID_YOU_MEAN if meant else N_("Call it as it was written, or delete it.")
            fault = N_("The sheet {name} is not known.")
            values = {"name": printable(title), "meant": meant}
            yield Problem(f"{name} · {printable(title)}", fault, remedy, values)


def _missing(name: str, sheet: str) -> Problem:
    fault, remedy = N_("The sheet {sheet} is missing."), N_("Give it back its name, or copy it back.")
    return Problem(name, fault, remedy, {"sheet": sheet})


def _tables(sheets: Mapping[str, Sheet]) -> Tables:
    rows = {plan().name: rows_of(sheets[plan().name], plan()) for plan in PLANS}
    return Tables(
        rows["Settings"], rows["Scales"], rows["Factors"], rows["Practices"], rows["Measures"], sheets
    )


def _languages(sheets: Mapping[str, Sheet], built: Structure) -> dict[str, Language]:
    wanted = required(built)
    known = {}
    for tag, sheet in sheets.items():
        if LANGUAGE.fullmatch(tag):
            rows = rows_of(sheet, _plan(tag, sheet.page))
            known[tag] = words.language_of(tag, sheet, rows, wanted)
    return known


def _plan(tag: str, page: Page) -> Plan:
    """Return the plan of a language's sheet, which stays when another language becomes the default one."""
    told = {page.at(KEYS, column).value for column in range(1, page.columns + 1)}
    source, translation = languages.source_plan(tag), languages.translation_plan(tag)
    return translation if told & (set(translation.keys) - set(source.keys)) else source


def _words(known: Mapping[str, Language], built: Structure) -> dict[str, LanguageWords]:
    source = known.get(built.default_language)
    texts = {}
    for tag, language in known.items():
        if source is not None and not (language.is_empty and (language is not source or not language.rows)):
            texts[tag] = words.words_of(language, source)
            language.sheet.problems += words.emptied(language, source)
    return texts


def _broken_rules(
    built: Structure,
    texts: Mapping[str, LanguageWords],
    assembly: Assembly,
    places: Map,
    earlier: Earlier,
) -> Iterator[Problem]:
    """Yield what ``questionnaires.checking`` finds, each fault at its cell."""
    unread = tuple(tag for tag in places.languages if tag not in texts)
    followed, is_faulty = None, False
    try:
        followed = earlier(built.follows) if built.follows not in ("", built.id) else None
    except Refused:
        is_faulty = True
        fault = N_("It follows the edition {name}, whose structure has faults.")
        told = Problem(
            f"{NAME}/{loading.STRUCTURE}", fault, N_("Check that edition first."), {"name": built.follows}
        )
        yield Problem(places.cell(told), fault, told.remedy, told.values)
    gaps = Gaps(frozenset(assembly.holes), unread, is_faulty)
    found = checking.check(NAME, built, texts, followed, gaps)
    for problem in [*found, *_faults_of_addition(built, gaps)]:
        if "meant" not in problem.values or problem.values.get("name") not in assembly.strays:
            yield for_workbook(problem, places.cell(problem))


def _faults_of_addition(built: Structure, gaps: Gaps) -> Iterator[Problem]:
    """Hold national practices against the edition they are added to."""
    place = f"{NAME}/{loading.STRUCTURE}"
    if built.extends in loading.editions():
        yield from national.faults(place, loading.edition(built.extends).structure, built, gaps)
    elif built.extends:
        values = {"name": built.extends, "known": ", ".join(loading.editions()), "setting": "extends"}
        fault = N_("It adds to the edition {name}, which is not there.")
        yield Problem(place, fault, N_("Use one of: {known}."), values)


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without those that say the same of the same cell."""
    return list({(one.place, one.fault): one for one in problems}.values())


def _taken(questionnaire: Questionnaire, known: Mapping[str, Language]) -> Taken:
    source = known[questionnaire.structure.default_language]
    record: dict[str, dict[str, Made]] = {}
    warnings: list[Problem] = []
    for tag, language in known.items():
        if tag not in questionnaire.languages:
            fault = N_("The sheet is still empty; the language {language} is left out.")
            remedy = N_("Read the workbook again when it is translated.")
            warnings.append(Problem(language.sheet.place(), fault, remedy, {"language": tag}))
        elif language is not source:
            made = words.made_from(language, source)
            record[tag] = {str(spot): one for spot, one in made.items()}
            warnings += words.warnings_of(language, source, made)
    return Taken(questionnaire, record, tuple(warnings))
