"""The chain of the trail, walked record by record: what is not as it was sealed, missing, or out of order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from arusha.access import trail
from arusha.access.proof.anchors import Anchor
from arusha.access.proof.keeping import Kept
from questionnaires.problems import N_, Problem

TOLD = 20  # faults that are told one by one

Seal = Callable[[dict[str, Any], bytes], str]

ILLEGIBLE = N_("The record cannot be read.")
CHANGED = N_("The record is not what was sealed.")
LOOSE = N_("The record does not follow the one before it.")
MISSING = N_("Records are missing: {first} to {last}.")
TWICE = N_("The record stands outside of the order.")
OTHER_ANCHORED = N_("The record is not the one that was anchored when {what} was signed off.")
NOT_THERE = N_("The record was anchored when {what} was signed off, and it is not there any more.")
NOT_ONE = N_("Not one record bears a seal that was made with this secret.")
MORE = N_("More faults follow, which are not told one by one: {count}.")
PUT_BACK = N_("Keep this database as it is, put back a backup, and find out who could write to it.")
OTHER_KEY = N_(
    "Put back the secret from its copy. If it is the right one, somebody wrote the whole trail anew."
)


@dataclass
class Walk:
    """A walk along the trail, record by record, that gathers what does not hold.

    ``expected`` is the number that has to come next, ``before`` the seal of the record before it, None when
    that is not known. ``seal`` is another function only to prove that a proof which leaves a field out fails.
    """

    key: bytes
    expected: int = 1
    before: str | None = ""
    anchored: Mapping[int, list[Anchor]] = field(default_factory=dict)
    seal: Seal = trail.seal
    count: int = 0
    first: int = 0
    last: int = 0
    sealed: int = 0
    faults: list[Problem] = field(default_factory=list)
    untold: int = 0
    met: set[int] = field(default_factory=set)

    def meet(self, record: Kept) -> None:
        """Go on to the next record."""
        self.count += 1
        if not isinstance(record.seq, int) or record.seq < self.expected:
            self._tell(record.seq, TWICE)
            return
        if record.seq > self.expected:
            self._tell(record.seq, MISSING, first=self.expected, last=record.seq - 1)
            self.before = None
        self.first = self.first or record.seq
        self._prove(record)
        self.last, self.expected = record.seq, record.seq + 1

    def _prove(self, record: Kept) -> None:
        values, before = record.values, self.before
        self.before = None if values is None else values["mac"]
        self.met |= {record.seq} & self.anchored.keys()
        if values is None:
            self._tell(record.seq, ILLEGIBLE)
            return
        if self._is_sealed(record):
            self.sealed += 1
        else:
            self._tell(record.seq, CHANGED)
        if before is not None and values["prev"] != before:
            self._tell(record.seq, LOOSE)
        for anchor in self.anchored.get(record.seq, ()):
            if anchor.seal != values["mac"]:
                self._tell(record.seq, OTHER_ANCHORED, what=anchor.what)

    def _is_sealed(self, record: Kept) -> bool:
        moment = record.at
        if moment is None or record.values is None:
            return False
        try:
            return bool(self.seal({**record.values, "at": moment}, self.key) == record.values["mac"])
        except (TypeError, ValueError):  # a cell of another kind than its column
            return False

    def _tell(self, seq: object, fault: str, **values: object) -> None:
        if len(self.faults) < TOLD:
            self.faults.append(Problem(f"trail {seq}", fault, PUT_BACK, values))
        else:
            self.untold += 1

    def problems(self) -> Iterator[Problem]:
        """Yield what was found, first what the whole of it says."""
        if self.count > 1 and not self.sealed:
            yield Problem("trail", NOT_ONE, OTHER_KEY)
        yield from self.faults
        if self.untold:
            yield Problem("trail", MORE, PUT_BACK, {"count": self.untold})
        for seq in sorted(self.anchored.keys() - self.met):
            what = self.anchored[seq][0].what
            yield Problem(f"trail {seq}", NOT_THERE, PUT_BACK, {"what": what})
