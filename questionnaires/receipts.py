"""The receipt of carrying answers over: where each answer went, and what that means for a practice."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self

from questionnaires.editions import Why

Outcome = Literal["copied", "rescaled", "to_confirm", "dropped"]
OUTCOMES: tuple[Outcome, ...] = ("copied", "rescaled", "to_confirm", "dropped")
Standing = Literal["", "to_confirm", "undetermined"]


@dataclass(frozen=True)
class EarlierAnswer:
    """An answer of the earlier round, whole and as it was; ``step`` is a step id of the earlier scale."""

    practice: str
    step: str | None = None
    not_applicable: bool = False
    outside: bool = False
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Proposal:
    """What waits for a person: a step id of the new scale, or "not applicable"; each with its reason."""

    step: str | None = None
    not_applicable: bool = False
    outside: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Carried:
    """One row of the receipt: an earlier answer and one practice it goes on in, ``""`` when there is none.

    ``copied``: the same step is proposed, or there was none and only a text goes on. ``rescaled``: a step of
    another scale is proposed. ``to_confirm``: the practice was amended; the earlier answer is shown and
    nothing is proposed. ``dropped``: the answer stays in the receipt, and nowhere else.
    """

    earlier: str
    practice: str
    outcome: Outcome
    why: Why
    answer: EarlierAnswer
    proposed: Proposal | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Return what goes on as a note: the note that was written, and the reason if no proposal has it."""
        reason = "" if self.proposed else self.answer.reason
        written = [text for text in (self.answer.note, reason) if self.practice and text.strip()]
        return tuple(dict.fromkeys(written))

    @property
    def note(self) -> str:
        """Return ``texts`` as one, with a blank line between; ``notes`` joins those of several rows."""
        return "\n\n".join(self.texts)

    def as_dict(self) -> dict[str, Any]:
        """Return the row as JSON's own types."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the row that ``as_dict`` gave; raise ``ValueError`` when a field is missing or unknown."""
        row = _whole(cls, data)
        row["why"] = Why(**_whole(Why, row["why"]))
        row["answer"] = EarlierAnswer(**_whole(EarlierAnswer, row["answer"]))
        row["proposed"] = row["proposed"] and Proposal(**_whole(Proposal, row["proposed"]))
        return cls(**row)


def _whole(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    if strays := {field.name for field in fields(kind)} ^ set(data):
        raise ValueError(f"{kind.__name__}: missing or unknown {', '.join(sorted(strays))}")
    return dict(data)


def notes(rows: Iterable[Carried], longest: int) -> dict[str, str]:
    """Return practice -> the note carried there: each text once, in the rows' order, a blank line between.

    A text with which the note would pass ``longest`` characters is left out: the receipt has it.
    """
    found: dict[str, str] = {}
    taken: dict[str, set[str]] = {}
    for row in rows:
        for text in row.texts:
            known = taken.setdefault(row.practice, set())
            longer = f"{found[row.practice]}\n\n{text}" if row.practice in found else text
            if text not in known and len(longer) <= longest:
                known.add(text)
                found[row.practice] = longer
    return found


def standing(practice: str, rows: Iterable[Carried], *, is_settled: bool) -> Standing:
    """Return how a practice of the new round stands beside "unanswered"; ``""`` when no row bears on it.

    ``undetermined``: it was amended, and what was answered earlier does not tell. ``to_confirm``: an answer
    is proposed. Neither is an answer; both are over as soon as a person has settled the practice.
    """
    here = [row for row in rows if row.practice == practice and not is_settled]
    if any(row.outcome == "to_confirm" for row in here):
        return "undetermined"
    return "to_confirm" if any(row.proposed for row in here) else ""
