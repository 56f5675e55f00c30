"""What a round asks: its edition in the round's form, and the national practices of its administration.

National practices lie in ``ARUSHA_HOME/questionnaires/ADMINISTRATION/EDITION``, a questionnaire of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from arusha import settings
from questionnaires import loading
from questionnaires.forms import in_form
from questionnaires.model import Questionnaire
from questionnaires.national import extended
from questionnaires.problems import N_, Problem, Refused

FOLDER = "questionnaires"
SAMPLE = Path(__file__).parents[2] / "sample_data" / FOLDER

Stamp = tuple[tuple[str, int, int], ...]
"""Name, time of change and size of each file, so that a changed file is read again."""


class Dated(Protocol):
    """What is read of a round: its record has it, and so has its value."""

    @property
    def administration(self) -> str:
        """Return the administration's code."""

    @property
    def edition(self) -> str:
        """Return the edition's id."""

    @property
    def form(self) -> str:
        """Return the form it is asked in."""

    @property
    def year(self) -> int:
        """Return the reference year."""


@dataclass(frozen=True)
class Asked:
    """What is asked; ``edition`` is the part that is scored and compared, ``national`` the addition, if any.

    ``problems`` say why national practices that are there cannot be asked.
    """

    questionnaire: Questionnaire
    edition: Questionnaire
    national: Questionnaire | None = None
    problems: tuple[Problem, ...] = ()


def asked(administration: str, edition: str, form: str, year: int) -> Asked:
    """Return what a round of this administration, edition, form and reference year asks."""
    folder = folder_of(administration, edition)
    return _asked(administration, edition, form, year, folder, _stamp(folder))


def asked_in(round_: Dated) -> Asked:
    """Return what a round asks."""
    return asked(round_.administration, round_.edition, round_.form, round_.year)


def folder_of(administration: str, edition: str) -> Path:
    """Return where the national practices are looked for; the sample's lie with the sample."""
    own = settings.read().home / FOLDER / administration / edition
    shown = SAMPLE / administration / edition
    return shown if not own.is_dir() and shown.is_dir() else own


def _stamp(folder: Path) -> Stamp:
    try:
        return tuple(
            sorted((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in _files(folder))
        )
    except OSError:
        return ((str(folder), 0, 0),)  # it is there, and reading it says what is wrong


def _files(folder: Path) -> Iterator[Path]:
    return folder.glob("*.toml") if folder.is_dir() else iter(())


@lru_cache(maxsize=64)
def _asked(administration: str, edition: str, form: str, year: int, folder: Path, stamp: Stamp) -> Asked:
    base = in_form(loading.edition(edition), form)
    if not stamp:
        return Asked(base, base)
    try:
        addition = loading.read(folder)
        _require_theirs(folder, administration, edition, addition)
    except Refused as refused:
        return Asked(base, base, None, refused.problems)
    if year < addition.structure.since:
        return Asked(base, base)
    return Asked(extended(base, addition), base, addition)


def _require_theirs(folder: Path, administration: str, edition: str, addition: Questionnaire) -> None:
    """Raise ``Refused`` when the practices are not of the administration and edition of their folder."""
    said = {"administration": addition.structure.administration, "extends": addition.structure.extends}
    wanted = {"administration": administration, "extends": edition}
    fault = N_("The national practices say {key} = {said}, and lie in the folder of {wanted}.")
    remedy = N_("Correct the key, or move the folder.")
    strays = [name for name in said if said[name] != wanted[name]]
    if strays:
        place = f"{folder.name}/{loading.STRUCTURE}"
        raise Refused(
            Problem(place, fault, remedy, {"key": name, "said": said[name], "wanted": wanted[name]})
            for name in strays
        )
