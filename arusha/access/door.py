"""The door: what meets accounts and sessions before anyone is known, and nothing else."""

from dataclasses import dataclass

from arusha.store.scope import Scope


@dataclass(frozen=True)
class Door:
    """Whoever opens accounts and sessions; ``person`` is for whom, '' before that is known."""

    person: str = "door"

    @property
    def scope(self) -> Scope:
        """Return the scope of accounts and sessions."""
        return Scope(self.person, door=True)


DOOR = Door()
