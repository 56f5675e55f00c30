"""One way to say that something is wrong: where, what, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches


def N_(text: str) -> str:  # noqa: N802 - the name that message extraction looks for
    """Mark a sentence for the message catalogue without translating it here."""
    return text


@dataclass(frozen=True)
class Problem:
    """A fault with its place and its remedy.

    ``fault`` and ``remedy`` are sentences of the message catalogue with ``{names}``
    that ``values`` fills, so that a page can show them in the reader's language.
    """

    place: str
    fault: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)

    def as_dict(self) -> dict[str, str]:
        """Return place, fault and remedy as English text."""
        return {
            "place": self.place,
            "fault": self.fault.format_map(self.values),
            "remedy": self.remedy.format_map(self.values),
        }

    def __str__(self) -> str:
        said = self.as_dict()
        return f"{said['place']}: {said['fault']} {said['remedy']}"


class Refused(Exception):  # noqa: N818 - what the whole program says
    """The whole request is refused and nothing has changed; carries every problem at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refuse(place: str, fault: str, remedy: str, **values: object) -> Refused:
    """Return a refusal with a single problem, ready to raise."""
    return Refused([Problem(place, fault, remedy, values)])


def near(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, or an empty string."""
    by_folded = {one.casefold(): one for one in known}
    matches = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else ""


def printable(text: str, longest: int = 80) -> str:
    """Return text from a file so that it is safe in a message: one line, no control characters, not long."""
    clean = "".join(sign if sign.isprintable() else "�" for sign in text[: longest + 1])
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"
