"""What a person can do about sharing: see what stands, preview, decide, withdraw, and read what is open."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from arusha.access import trail
from arusha.access.guarding import guarded
from arusha.access.rules import Actor, Denied, Permission, Subject, require
from arusha.assessments import consent, disclosing, releasing
from arusha.assessments.comparing import Exported
from arusha.assessments.consent import Aggregate, Choice, DisclosedRound, Part, Preview, Shared, Standing
from arusha.assessments.views import Seen
from arusha.store import Store
from arusha.store.clock import now
from arusha.store.scope import Scope
from questionnaires.problems import N_, Problem, Refused, printable, refuse

DECIDE, WITHDRAW = "disclosure:decide", "disclosure:withdraw"
READ, EXPORT = "disclosure:read", "disclosure:export"


@dataclass(frozen=True)
class Counting:
    """Whoever counts what was shared with all Members: their sessions meet its rows, and no page does."""

    person: str

    @property
    def scope(self) -> Scope:
        """Return the scope of what may be counted and never shown."""
        return Scope(self.person, reads="aggregates")


@guarded
def standing(actor: Actor, store: Store, round_id: str) -> Standing:
    """Return what of a round is open to whom now; for its own administration."""
    require(actor, Permission.PROFILE_READ)
    with store.reading(actor) as session:
        return disclosing.standing(
            session, disclosing.round_of(session, actor, round_id, Permission.PROFILE_READ)
        )


@guarded
def history(actor: Actor, store: Store, round_id: str) -> tuple[Shared, ...]:
    """Return everything that was ever shared of a round, newest first; for its own administration."""
    require(actor, Permission.PROFILE_READ)
    with store.reading(actor) as session:
        disclosing.round_of(session, actor, round_id, Permission.PROFILE_READ)
        return disclosing.past(session, round_id)


@guarded
def preview(
    actor: Actor, store: Store, round_id: str, choices: Mapping[str, Choice], *, at: datetime | None = None
) -> Preview:
    """Return the very rows that others would read after this decision; nothing is changed.

    Factors that ``choices`` does not name stay as they are. Raises ``Refused`` when the round is not signed
    off, its signature does not hold, a factor or audience is unknown, or nothing would change.
    """
    require(actor, Permission.DISCLOSURE_DECIDE)
    with store.reading(actor) as session:
        record = disclosing.round_of(session, actor, round_id, Permission.DISCLOSURE_DECIDE)
        return disclosing.plan(session, record, choices, at or now(), actor.id)


@guarded
def decide(
    actor: Actor,
    store: Store,
    round_id: str,
    choices: Mapping[str, Choice],
    *,
    expected: str,
    at: datetime | None = None,
) -> Standing:
    """Share what was previewed; ``expected`` is the fingerprint of the preview that the person saw.

    Raises ``Refused`` as ``preview`` does, and when something changed since; then nothing is shared.
    """
    require(actor, Permission.DISCLOSURE_DECIDE)
    with store.writing(actor) as session:
        record = disclosing.round_of(session, actor, round_id, Permission.DISCLOSURE_DECIDE)
        moment = at or now()
        plan = disclosing.plan(session, record, choices, moment, actor.id)
        consent.require_seen(plan, expected)
        disclosing.carry_out(session, plan, moment, actor.id)
        factors = {row.factor: _mark(row) for row in plan.added}
        factors |= {name: {"audience": "national"} for name in plan.closed}
        whose, revision = record.administration, record.revision
        trail.record(
            session, actor, DECIDE, round_id, administration=whose, at=at, revision=revision, factors=factors
        )
        return disclosing.standing(session, record)


@guarded
def withdraw(
    actor: Actor, store: Store, round_id: str, factors: Collection[str] = (), *, at: datetime | None = None
) -> Standing:
    """End the sharing of these factors, or of all: from now on nobody else can open them.

    Raises ``Refused`` when a factor, or the whole round, is not shared.
    """
    require(actor, Permission.DISCLOSURE_DECIDE)
    with store.writing(actor) as session:
        record = disclosing.round_of(session, actor, round_id, Permission.DISCLOSURE_DECIDE)
        rows = disclosing.to_withdraw(session, record, factors)
        disclosing.end(session, rows, at or now(), actor.id)
        marks, whose = {row.factor: _mark(row) for row in rows}, record.administration
        trail.record(session, actor, WITHDRAW, round_id, administration=whose, at=at, factors=marks)
        return disclosing.standing(session, record)


@guarded
def disclosed(actor: Actor, store: Store, round_id: str = "") -> tuple[DisclosedRound, ...]:
    """Return the rounds of which something is open to this person, newest sharing first, without answers.

    ``round_id`` asks for one round only; it is not there when nothing of it is open.
    """
    require(actor, Permission.DISCLOSURE_READ)
    with store.reading(actor) as session:
        parts: dict[str, list[Part]] = defaultdict(list)
        for part in disclosing.open_to(session, actor, round_id):
            parts[part.round_id].append(part)
        names = disclosing.administrations(session, {found[0].administration for found in parts.values()})
    rounds = [
        DisclosedRound(names[found[0].administration], consent.in_order(found)) for found in parts.values()
    ]
    return tuple(sorted(rounds, key=lambda one: (one.shared_at, one.round_id), reverse=True))


@guarded
def read(actor: Actor, store: Store, round_id: str) -> Seen:
    """Return the profile of exactly the factors that are open to this person.

    What another administration shared goes into the trail before it is handed out: once in a session, and
    again when it has changed. Raises ``Denied`` when nothing is open, or not any more.
    """
    rows = _rows(actor, store, round_id, Permission.DISCLOSURE_READ)
    seen = releasing.seen_of(rows)
    whose = rows[0].administration
    if whose != actor.administration and not actor.scope.everything:
        told = _told_once if actor.session else _tell
        told(actor, store, READ, round_id, whose, _factors(rows))
    return seen


@guarded
def exported(actor: Actor, store: Store, round_id: str) -> Exported:
    """Return what goes into a workbook of what is open to this person; it goes into the trail."""
    require(actor, Permission.DISCLOSURE_READ)
    rows = _rows(actor, store, round_id, Permission.DISCLOSURE_EXPORT)
    seen, whose = releasing.seen_of(rows), rows[0].administration
    with store.reading(actor) as session:
        administration = disclosing.administrations(session, {whose})[whose]
    _tell(actor, store, EXPORT, round_id, whose, _factors(rows))
    return Exported(administration, seen, None)


def _rows(actor: Actor, store: Store, round_id: str, needed: Permission) -> Sequence[Shared]:
    require(actor, needed)
    with store.reading(actor) as session:
        rows = disclosing.shown_to(session, actor, round_id, needed)
    if not rows:
        fault = N_("Nothing of this round is shared with you, or not any more.")
        remedy = N_("Ask the administration whether it shares the round.")
        place = printable(round_id) or "round"
        raise Denied(Problem(place, fault, remedy), needed, Subject())
    return rows


Factors = tuple[tuple[str, str, str], ...]
"""Factor, audience and content hash of what was handed out."""


def _factors(rows: Sequence[Shared]) -> Factors:
    return tuple((row.factor, row.audience.value, row.content_hash) for row in rows)


def _tell(actor: Actor, store: Store, action: str, round_id: str, whose: str, factors: Factors) -> None:
    """Put into the trail what of another administration's round was handed out."""
    marks = {factor: {"audience": audience, "hash": mark} for factor, audience, mark in factors}
    with store.writing(actor) as session:
        trail.record(session, actor, action, round_id, administration=whose, factors=marks)


@lru_cache(maxsize=4096)
def _told_once(actor: Actor, store: Store, action: str, round_id: str, whose: str, factors: Factors) -> None:
    """Do so once for the same content in a session: a page asks anew at every click."""
    _tell(actor, store, action, round_id, whose, factors)


def _mark(row: Shared) -> dict[str, object]:
    return {
        "audience": row.audience.value,
        "with_notes": row.with_notes,
        "revision": row.revision,
        "hash": row.content_hash,
    }


@guarded
def counted(actor: Actor, store: Store) -> tuple[tuple[str, str, int], ...]:
    """Return edition, form and year of which there may be aggregates, the newest year first."""
    require(actor, Permission.AGGREGATE_READ)
    with store.reading(Counting(actor.id)) as session:
        return tuple(sorted(disclosing.counted(session), key=lambda kind: (-kind[2], kind)))


@guarded
def aggregates(
    actor: Actor, store: Store, edition: str, year: int, *, form: str = "whole"
) -> tuple[Aggregate, ...]:
    """Return the quartiles of each factor that enough administrations shared with all Members.

    Only values of whole factors are counted, one for each administration, those of one form only; a factor
    of fewer than ``consent.LEAST`` administrations is left out. Nobody learns whose the values are.
    """
    require(actor, Permission.AGGREGATE_READ)
    with store.reading(Counting(actor.id)) as session:
        rows = disclosing.to_count(session, edition, form, year)
    values: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        value = _value(row)
        if value is not None:
            values[row.factor].append(value)
    found = (consent.aggregate(factor, several) for factor, several in values.items())
    kept = [one for one in found if one is not None]
    return tuple(sorted(kept, key=lambda one: consent.place_of(edition, one.factor)))


def _value(row: Shared) -> float | None:
    """Return the factor's value; a refusal says nothing of whose it is."""
    try:
        return releasing.seen_of([row]).profile.factors[0].value
    except Refused as refused:
        fault = N_("What an administration shared does not hold any more, so nothing is counted.")
        raise refuse(
            "aggregates", fault, N_("Ask the system administrator to look into the trail.")
        ) from refused
