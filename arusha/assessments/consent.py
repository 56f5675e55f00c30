"""What is shared by consent: the head's choices, the rows that others read, and how those rows are read.

Others never read a round. They read rows, each one factor of a signed revision as the head let them see it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import quantiles
from typing import Any, TypeVar

from arusha.access.rules import Audience
from arusha.assessments import rules
from arusha.assessments.rules import Round
from arusha.members.rules import Administration
from questionnaires import loading
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, near, printable, refuse
from scoring.answers import Answer

LEAST = 5  # administrations; of fewer nothing is counted together
Row = TypeVar("Row", bound="Part")
READERS = (Audience.REGION, Audience.WCO, Audience.PUBLIC)
"""Who reads what is shared under the administration's name; other Members meet "members" in aggregates."""


@dataclass(frozen=True)
class Choice:
    """For whom a factor is to be open, and whether with the reasons and notes; national: for nobody else."""

    audience: Audience
    with_notes: bool = False


@dataclass(frozen=True)
class Part:
    """One factor of a round as it is open to others, without its content."""

    round_id: str
    revision: int
    factor: str
    administration: str
    region: str
    edition: str
    form: str
    year: int
    audience: Audience
    with_notes: bool
    shared_at: datetime


@dataclass(frozen=True)
class Shared(Part):
    """A row that others read; withdrawn rows stay as history. ``id`` is '' in a preview."""

    content: Mapping[str, Any] = field(hash=False)
    content_hash: str
    shared_by: str
    id: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Return the answers as others see them."""
        return tuple(Answer(**row) for row in self.content["answers"])


@dataclass(frozen=True)
class Standing:
    """What of a round is open to whom, for its own administration.

    ``questionnaire`` is what can be shared, of ``revision``; that is 0 unless the round is signed off.
    """

    round: Round
    region: str
    questionnaire: Questionnaire
    revision: int
    shared: Mapping[str, Shared]

    @property
    def behind(self) -> tuple[str, ...]:
        """Return the factors of which others see an earlier revision than the one that was signed last."""
        return tuple(name for name, one in self.shared.items() if one.revision < self.revision)


@dataclass(frozen=True)
class Preview:
    """What a decision would do: the rows it adds, the ones it ends, and those that stay as they are.

    ``fingerprint`` stands for all of it; a decision is held to the one that was seen.
    """

    round: Round
    added: tuple[Shared, ...]
    ended: tuple[Shared, ...]
    kept: tuple[Shared, ...]

    @property
    def after(self) -> tuple[Shared, ...]:
        """Return every row as it stands after the decision, in the edition's order."""
        return in_order((*self.added, *self.kept))

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the decision and of what it is based on."""
        added = [[one.factor, one.audience, one.with_notes, one.content_hash] for one in self.added]
        based_on = [[one.id for one in rows] for rows in (self.ended, self.kept)]
        return rules.fingerprint({"round": self.round.id, "added": added, "based_on": based_on})

    def open_to(self, reader: Audience) -> tuple[Shared, ...]:
        """Return the rows that one of ``READERS`` reads after the decision."""
        return tuple(one for one in self.after if one.audience.includes(reader))

    @property
    def closed(self) -> tuple[str, ...]:
        """Return the factors that nobody else can open any more after the decision."""
        return tuple(sorted({one.factor for one in self.ended} - {one.factor for one in self.after}))


@dataclass(frozen=True)
class DisclosedRound:
    """What of a round is open to a reader: whose it is, and the factors with their audience."""

    administration: Administration
    parts: tuple[Part, ...]

    @property
    def round_id(self) -> str:
        """Return the round's id."""
        return self.parts[0].round_id

    @property
    def year(self) -> int:
        """Return the reference year."""
        return self.parts[0].year

    @property
    def edition(self) -> str:
        """Return the edition's id."""
        return self.parts[0].edition

    @property
    def form(self) -> str:
        """Return "short" when every factor was shared in the short form, else "whole"."""
        return form_of(self.parts)

    @property
    def factors(self) -> tuple[str, ...]:
        """Return the factors in the edition's order."""
        return tuple(part.factor for part in self.parts)

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Return every audience among the factors, the narrowest first."""
        return tuple(one for one in Audience if one in {part.audience for part in self.parts})

    @property
    def audience(self) -> Audience:
        """Return the narrowest audience among the factors."""
        return self.audiences[0]

    @property
    def revision(self) -> int:
        """Return the newest revision among the factors."""
        return max(part.revision for part in self.parts)

    @property
    def shared_at(self) -> datetime:
        """Return when the last factor was shared."""
        return max(part.shared_at for part in self.parts)


@dataclass(frozen=True)
class Aggregate:
    """The values (0..1) of one factor over ``n`` administrations: quartiles by linear interpolation."""

    factor: str
    n: int
    median: float
    low: float
    high: float


def aggregate(factor: str, values: Sequence[float]) -> Aggregate | None:
    """Return the aggregate of a factor's values, None of fewer than ``LEAST``."""
    if len(values) < LEAST:
        return None
    low, median, high = quantiles(values, n=4, method="inclusive")
    return Aggregate(factor, len(values), median, low, high)


def form_of(parts: Iterable[Part]) -> str:
    """Return "short" when every part was shared in the short form, else "whole"."""
    return "short" if {part.form for part in parts} == {"short"} else "whole"


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows of one round in the order of their edition's factors."""
    return tuple(sorted(rows, key=lambda row: place_of(row.edition, row.factor)))


def place_of(edition: str, factor: str) -> tuple[int, str]:
    """Return where a factor stands in its edition; one that this program does not know comes last."""
    known = loading.edition(edition).factors if edition in loading.editions() else ()
    numbers = {one.id: number for number, one in enumerate(known)}
    return numbers.get(factor, len(numbers)), factor


def faults_of_choices(choices: Mapping[str, Choice], factors: Collection[str]) -> list[Problem]:
    """Return what stands against these choices; ``factors`` are those that the revision has."""
    if not choices:
        return [Problem("factors", N_("No factor is chosen."), N_("Choose at least one."))]
    problems = faults_of_factors(choices, factors)
    for factor, choice in choices.items():
        if choice.audience not in set(Audience):
            values = {"said": printable(str(choice.audience)), "known": ", ".join(Audience)}
            fault = N_("{said} is nobody that a round can be shared with.")
            problems.append(Problem(printable(factor), fault, N_("Use one of: {known}."), values))
    return problems


def faults_of_factors(chosen: Iterable[str], factors: Collection[str]) -> list[Problem]:
    """Return a problem for each factor that the signed revision does not have."""
    problems = []
    for factor in [name for name in chosen if name not in factors]:
        values = {"name": printable(factor), "meant": near(factor[:80], factors)}
        values["known"] = ", ".join(factors)
        remedy = N_("Did you mean {meant}?") if values["meant"] else N_("Use one of: {known}.")
        fault = N_("The signed revision has no factor {name}.")
        problems.append(Problem(printable(factor) or "factors", fault, remedy, values))
    return problems


def require_seen(preview: Preview, expected: str) -> None:
    """Raise ``Refused`` unless a decision is about what was shown before, and changes something."""
    if preview.fingerprint != expected:
        fault = N_("What is to be shared is not what was shown: something has changed since.")
        raise refuse(preview.round.id, fault, N_("Look at the preview again, then decide."))


def require_change(preview: Preview) -> None:
    """Raise ``Refused`` when a decision would change nothing."""
    if not preview.added and not preview.ended:
        fault = N_("Nothing would change: this is what others see already.")
        raise refuse(preview.round.id, fault, N_("Choose another audience for a factor."))
