"""Which rows a person's sessions may meet: claims the program keeps to and the database checks again."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Scope:
    """The claims of a person.

    ``factors`` limits rows of the own administration to these factors, None leaves them all. ``reads``
    says which disclosures are open to them: "public", "region" (of ``region``), "wco", "assigned" (of
    ``assigned``), "aggregates" (what may be counted and never shown), or "" for none. ``trail`` is "own",
    "all" or "". ``door`` opens accounts and sessions and nothing else. A claim for the ``sample`` is good for
    the sample's own database only.
    """

    person: str
    everything: bool = False
    sample: bool = False
    door: bool = False
    administration: str = ""
    factors: frozenset[str] | None = None
    reads: str = ""
    region: str = ""
    assigned: frozenset[str] = frozenset()
    trail: str = ""

    def claims(self) -> dict[str, str]:
        """Return the claims as the database reads them: names and texts, lists between commas."""
        return {
            "person": self.person,
            "everything": "yes" if self.everything else "",
            "door": "yes" if self.door else "",
            "administration": self.administration,
            "factors": "*" if self.factors is None else _listed(self.factors),
            "reads": self.reads,
            "region": self.region,
            "assigned": _listed(self.assigned),
            "trail": self.trail,
        }


class Person(Protocol):
    """Whoever asks the store for a session."""

    @property
    def scope(self) -> Scope:
        """Return the rows they may meet."""


def _listed(names: frozenset[str]) -> str:
    return "," + "".join(f"{name}," for name in sorted(names))
