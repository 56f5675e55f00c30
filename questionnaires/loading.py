"""TOML files -> Questionnaire; gathers every problem before it refuses."""

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from questionnaires import checking, national
from questionnaires.expectations import Place
from questionnaires.files import is_at, read_toml
from questionnaires.model import ID, LANGUAGE, LanguageWords, PracticeWords, Questionnaire, Structure
from questionnaires.problems import N_, Problem, Refused, near, printable, refuse
from questionnaires.shapes import MOST, Gaps, Reading, shape

HOME = Path(__file__).parent
STRUCTURE = "structure.toml"

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass
class Texts:
    """The text files of a directory: languages by tag, tags of files with no readable words, problems."""

    languages: dict[str, LanguageWords] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def editions() -> tuple[str, ...]:
    """Return the ids of the editions that come with the program, oldest name first."""
    return tuple(sorted(path.parent.name for path in HOME.glob(f"*/{STRUCTURE}")))


@lru_cache(maxsize=16)
def edition(edition_id: str) -> Questionnaire:
    """Return an edition that comes with the program; raise ``Refused`` when there is none."""
    return load(edition_id)


def load(id_or_directory: str) -> Questionnaire:
    """Return the questionnaire with this id, or the one in this directory.

    Raises ``Refused`` with every problem found, each with file, id, fault and remedy; nothing else.
    """
    if id_or_directory in editions():
        return read(HOME / id_or_directory)
    if is_at(Path(id_or_directory), directory=True):
        return read(Path(id_or_directory))
    raise _unknown(id_or_directory)


def read(directory: Path) -> Questionnaire:
    """Read ``structure.toml`` and every ``text.LANGUAGE.toml`` of a directory; else ``Refused``."""
    directory = Path(os.path.realpath(directory))  # so that "." has a name too
    reading = _read(directory / STRUCTURE, Structure)
    texts = _texts(directory)
    problems = [*reading.problems, *texts.problems]
    if reading.model is not None:
        problems += _check(directory, reading.model, reading.holes, texts)
    if problems or reading.model is None:
        raise Refused(problems)
    return Questionnaire(structure=reading.model, languages=texts.languages)


def _check(directory: Path, structure: Structure, holes: set[Place], texts: Texts) -> list[Problem]:
    followed = _followed(directory, structure)
    is_faulty = followed is not None and bool(followed.problems)
    gaps = Gaps(frozenset(holes), tuple(texts.tags), is_faulty)
    earlier = followed.model if followed and not is_faulty else None
    problems = checking.check(printable(directory.name), structure, texts.languages, earlier, gaps)
    if is_faulty:
        place = f"{printable(directory.name)}/{STRUCTURE}"
        fault = N_("It follows the edition {name}, whose structure has faults.")
        problems.append(Problem(place, fault, N_("Check that edition first."), {"name": structure.follows}))
    return problems + (_faults_of_addition(directory, structure, gaps) if structure.extends else [])


def _faults_of_addition(directory: Path, structure: Structure, gaps: Gaps) -> list[Problem]:
    """Hold national practices against the edition they are added to."""
    place = f"{printable(directory.name)}/{STRUCTURE}"
    if structure.extends not in editions():
        values = {"name": structure.extends, "known": ", ".join(editions())}
        fault = N_("It adds to the edition {name}, which is not there.")
        return [Problem(place, fault, N_("Use one of: {known}."), values)]
    return list(national.faults(place, edition(structure.extends).structure, structure, gaps))


def _read(path: Path, model: type[Shape]) -> Reading[Shape]:
    raw = read_toml(path)
    if isinstance(raw, Problem):
        return Reading(problems=[raw])
    place = f"{printable(path.parent.name)}/{printable(path.name)}"
    quoted = _quote_practice_ids(place, raw) if model is LanguageWords else []
    reading = shape(place, raw, model)
    reading.problems[:0] = quoted
    return reading


def _texts(directory: Path) -> Texts:
    """Read every text file; whatever begins with text and ends with .toml is meant to be one."""
    texts = Texts()
    try:
        paths = sorted(directory.iterdir())
    except OSError as error:
        fault = N_("The directory cannot be read: {why}.")
        values = {"why": error.strerror or str(error)}
        texts.problems.append(Problem(printable(directory.name), fault, N_("Make it readable."), values))
        return texts
    for path in paths:
        if path.name.casefold().startswith("text") and path.suffix.casefold() == ".toml":
            _add_text(texts, path)
    return texts


def _add_text(texts: Texts, path: Path) -> None:
    tag = path.name.removeprefix("text.").removesuffix(".toml")
    if path.name != f"text.{tag}.toml" or not LANGUAGE.fullmatch(tag):
        texts.tags.append(tag)
        place = f"{printable(path.parent.name)}/{printable(path.name)}"
        fault = N_("The file name does not say the language.")
        remedy = N_("Call it text.LANGUAGE.toml, as in text.fr.toml or text.pt_BR.toml.")
        texts.problems.append(Problem(place, fault, remedy))
        return
    reading = _read(path, LanguageWords)
    texts.problems += reading.problems
    if reading.model is None:
        texts.tags.append(tag)
    else:
        texts.languages[tag] = reading.model


def _quote_practice_ids(place: str, raw: dict[str, Any]) -> list[Problem]:
    """Join the ids that TOML cut at their dot for lack of quotation marks, and say so."""
    found = raw.get("practices")
    practices: dict[str, Any] = found if isinstance(found, dict) else {}
    cut = [
        (factor, name)
        for factor, inside in practices.items()
        if ID.fullmatch(factor) and isinstance(inside, dict)
        for name, words in inside.items()
        if isinstance(words, dict) and name not in PracticeWords.model_fields
    ]
    for factor, name in cut:
        practices.setdefault(f"{factor}.{name}", practices[factor].pop(name))
        if not practices[factor]:
            del practices[factor]
    fault = N_("The id of the practice {id} stands without quotation marks.")
    remedy = N_('Write [practices."{id}"].')
    ids = [printable(f"{factor}.{name}") for factor, name in cut[:MOST]]
    return [Problem(f"{place} · {one}", fault, remedy, {"id": one}) for one in ids]


def _unknown(name: str) -> Refused:
    meant = near(name, editions())
    fault = N_("There is no questionnaire with this id, and no such directory.")
    if meant:
        return refuse(printable(name), fault, N_("Did you mean {meant}?"), meant=meant)
    return refuse(printable(name), fault, N_("Use one of: {known}."), known=", ".join(editions()))


def _followed(directory: Path, structure: Structure) -> Reading[Structure] | None:
    """Read the structure of the edition this one continues; None when it is not at hand."""
    for place in (directory.parent, HOME):
        path = place / structure.follows / STRUCTURE
        if structure.follows and structure.follows != structure.id and is_at(path):
            return _read(path, Structure)
    return None
