"""People of every role, and signed rounds with marks in their texts, for the tests of sharing."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from arusha.access.records import TrailRecord
from arusha.access.roles import GRANTS, Role
from arusha.access.rules import LOCAL, Actor, Audience
from arusha.assessments import disclosure, service
from arusha.assessments.consent import Choice, Preview, Standing
from arusha.assessments.records import DisclosureRecord
from arusha.store import Store
from scoring.answers import Answer
from tests.assessments.rounds import DAY, EDITION, PRACTICES, STEPS

FACTORS = tuple(factor.id for factor in EDITION.factors)
FIRST, SECOND, THIRD = FACTORS[:3]
REGIONS = {"KE": "east_southern_africa", "UG": "east_southern_africa", "FR": "europe"}
NATIONAL, REGION, WCO, MEMBERS, PUBLIC = Audience


def person(role: Role, administration: str = "", **more: Any) -> Actor:
    """Return somebody of a role, each with an id of their own."""
    return Actor(f"{role}-{administration or more or ''}"[:80], GRANTS[role], role, administration, **more)


HEAD, FOREIGN_HEAD = person(Role.HEAD, "KE"), person(Role.HEAD, "FR")
ANALYST = person(Role.ANALYST)
READERS = (
    *(
        person(role, code)
        for code in ("KE", "UG", "FR")
        for role in (Role.HEAD, Role.COORDINATOR, Role.OBSERVER)
    ),
    *(person(Role.CONTRIBUTOR, code, factors=frozenset({FIRST})) for code in ("KE", "FR")),
    *(person(Role.REGIONAL_OFFICE, region=region) for region in set(REGIONS.values())),
    *(person(Role.REVIEWER, assigned=frozenset({code})) for code in REGIONS),
    person(Role.REVIEWER),
    ANALYST,
    person(Role.PROGRAMME_MANAGER),
    person(Role.DONOR),
    person(Role.SYSTEM),
)


def may_read(reader: Actor, owner: str, audience: Audience) -> bool:
    """Say by the roles' own words whether somebody reads a factor that its owner shared so."""
    if audience is NATIONAL or reader.role in (Role.DONOR, Role.SYSTEM):
        return False
    if reader.administration == owner and reader.role != Role.CONTRIBUTOR:
        return True
    if audience is PUBLIC:
        return True
    if reader.role == Role.REGIONAL_OFFICE:
        return reader.region == REGIONS[owner]
    if audience is REGION:
        return False
    assigned = reader.role == Role.REVIEWER and owner in reader.assigned
    return assigned or reader.role in (Role.ANALYST, Role.PROGRAMME_MANAGER)


def marked(code: str, number: int = 0) -> list[Answer]:
    """Return an answer to every practice, each with a text that can be told from every other."""
    answers = [
        Answer(name, STEPS[(at + number) % len(STEPS)], note=f"note-{code}-{name}")
        for at, name in enumerate(PRACTICES)
    ]
    answers[1] = replace(answers[1], step=None, not_applicable=True, reason=f"reason-{code}-{PRACTICES[1]}")
    answers[2] = replace(answers[2], step=None, reason=f"reason-{code}-{PRACTICES[2]}")
    answers[3] = replace(answers[3], outside=True, reason=f"reason-{code}-{PRACTICES[3]}")
    return answers


def signed(store: Store, code: str = "KE", year: int = 2026, number: int = 0) -> str:
    """Return the id of a signed round with marked answers."""
    round_ = service.open_round(LOCAL, store, code, EDITION.id, year, at=DAY)
    service.import_answers(LOCAL, store, round_.id, marked(code, number), at=DAY)
    service.sign(LOCAL, store, round_.id, f"signer-{code}", at=DAY)
    return round_.id


def signed_anew(store: Store, round_id: str, change: dict[str, Any], practice: str = PRACTICES[0]) -> None:
    """Reopen a round, change an answer, and sign it again."""
    service.reopen(LOCAL, store, round_id, "A late survey.", at=DAY)
    version = service.sheet(LOCAL, store, round_id).given[practice].version
    service.save_answer(LOCAL, store, round_id, practice, change, version, at=DAY)
    service.sign(LOCAL, store, round_id, "Another", at=DAY)


def share(
    store: Store, round_id: str, choices: Mapping[str, Choice | Audience], head: Actor = HEAD, **more: Any
) -> Standing:
    """Preview a decision and carry it out."""
    chosen = {name: one if isinstance(one, Choice) else Choice(one) for name, one in choices.items()}
    seen = disclosure.preview(head, store, round_id, chosen, **more)
    return disclosure.decide(head, store, round_id, chosen, expected=seen.fingerprint, **more)


def preview(store: Store, round_id: str, head: Actor = HEAD, **choices: Audience) -> Preview:
    """Return the preview of a decision, without notes."""
    return disclosure.preview(head, store, round_id, {name: Choice(one) for name, one in choices.items()})


def kept(store: Store) -> list[dict[str, Any]]:
    """Return every row of what was shared, as the table has it."""
    return rows_met(store, LOCAL)


def rows_met(store: Store, reader: Actor) -> list[dict[str, Any]]:
    """Return the rows that a reader's session meets, whatever services make of them."""
    with store.reading(reader) as session:
        found = session.scalars(select(DisclosureRecord).order_by(DisclosureRecord.shared_at))
        names = DisclosureRecord.__table__.columns.keys()
        return [{name: getattr(record, name) for name in names} for record in found]


def trail(store: Store) -> list[tuple[str, str, str, str, Any]]:
    """Return actor, action, object, outcome and details of everything that was done about sharing."""
    with store.reading(LOCAL) as session:
        found = session.scalars(select(TrailRecord).order_by(TrailRecord.seq)).all()
    return [
        (one.actor, one.action, one.object, one.outcome, json.loads(one.details))
        for one in found
        if one.action.startswith(("disclosure:", "aggregate:", "profile:"))
    ]


def canonical(contents: list[Any]) -> bytes:
    """Return contents as bytes, so that two can be compared byte for byte."""
    return json.dumps(contents, sort_keys=True, ensure_ascii=False).encode()
