"""A database with a row of two administrations in every mapped table."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from arusha.access import trail
from arusha.access.door import DOOR
from arusha.access.records import (
    AccountRecord,
    AttemptRecord,
    ForeignSignInRecord,
    InvitationRecord,
    PreferenceRecord,
    RecoveryCodeRecord,
    SessionRecord,
    TrailHeadRecord,
    TrailRecord,
)
from arusha.access.roles import GRANTS, Role
from arusha.access.rules import LOCAL, Actor
from arusha.assessments.records import (
    AnswerRecord,
    AnswerVersionRecord,
    CarriedRecord,
    ConflictRecord,
    DisclosureRecord,
    RoundRecord,
    SignatureRecord,
    VisitRecord,
)
from arusha.members.records import AdministrationRecord
from arusha.plans.records import (
    PlanFigureRecord,
    PlanPartRecord,
    PlanPartVersionRecord,
    PlanRecord,
    PlanUpdateRecord,
    PlanVersionRecord,
)
from arusha.store import Base, Store

CODES = ("XA", "XB")
REGION = {"XA": "europe", "XB": "asia_pacific"}
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
LATER = AT + timedelta(hours=12)
PRACTICES = ("leadership.accountability", "regulation.published")


def coordinator(code: str) -> Actor:
    """Return who coordinates an administration; their preferences and visits bear its code."""
    return Actor(f"person-{code}", GRANTS[Role.COORDINATOR], role="coordinator", administration=code)


def contributor(code: str, *factors: str) -> Actor:
    """Return who answers for some factors of an administration."""
    return Actor(f"person-{code}", GRANTS[Role.CONTRIBUTOR], role="contributor", administration=code,
                 factors=frozenset(factors))  # fmt: skip


def fill(store: Store) -> None:
    """Put rows of both administrations into every table."""
    for code in CODES:
        with store.writing(LOCAL) as session:
            for record in records(code):
                session.add(record)
                session.flush()
            trail.record(session, coordinator(code), "round:open", round_id(code))


def round_id(code: str) -> str:
    return f"{code.lower()}2026-round"


def plan_id(code: str) -> str:
    return f"{code.lower()}2026-plan"


def plan_records(code: str) -> list[Base]:
    """Return a record of each table of plans, in an order in which they can be added."""
    one, changed = plan_id(code), {"changed_at": AT, "changed_by": f"person-{code}"}
    entered = {"day": AT.date(), "entered_at": AT, "entered_by": f"person-{code}"}
    part = {
        "plan_id": one,
        "id": "pgoal1",
        "position": 0,
        "version": 1,
        "content": {"title": code},
        **changed,
    }
    return [
        PlanRecord(id=one, administration=code, header={"title": code}, opened_at=AT, touched_at=AT),
        PlanPartRecord(**part),
        PlanPartVersionRecord(**part),
        PlanFigureRecord(plan_id=one, number=1, subject="p", kind="actual", period="2026", value=1.0,
                         **entered),
        PlanUpdateRecord(plan_id=one, number=1, subject="p", kind="status", choice="done", **entered),
        PlanVersionRecord(plan_id=one, version=1, approved=AT.date(), approved_by="Head", recorded_at=AT,
                          recorded_by=f"person-{code}", content={"of": code}, content_hash="0" * 64),
    ]  # fmt: skip


def a_round(code: str, id_: str = "", year: int = 2026) -> RoundRecord:
    return RoundRecord(id=id_ or round_id(code), administration=code, edition="arusha_2026", year=year,
                       form="whole", state="open", revision=1, opened_at=AT, touched_at=AT)  # fmt: skip


def an_account(code: str) -> AccountRecord:
    return AccountRecord(id=f"account-{code}", name=f"Person of {code}", login=f"person of {code}",
                         role="head", administration=code, made_at=AT, made_by="local")  # fmt: skip


def records(code: str) -> list[Base]:
    """Return a record of each table but the trail's, in an order in which they can be added."""
    one, who = round_id(code), f"person-{code}"
    given = {
        "step": "partly",
        "not_applicable": False,
        "outside": False,
        "reason": "",
        "note": f"note of {code}",
    }
    changed = {"changed_at": AT, "changed_by": who}
    made = [
        AdministrationRecord(code=code, region=REGION[code], name=f"Name of {code}"),
        a_round(code),
        PreferenceRecord(actor=who, language="fr"),
        VisitRecord(actor=who, round_id=one, factor="leadership", at=AT),
        SignatureRecord(round_id=one, revision=1, signed_by="Head", signed_at=AT, recorded_by=who,
                        content={"of": code}, content_hash="0" * 64),
        DisclosureRecord(id=f"disclosure-{code}", round_id=one, revision=1, factor="leadership",
                         administration=code, region=REGION[code], edition="arusha_2026", form="whole",
                         year=2026, audience="region", content={}, content_hash="0" * 64, shared_at=AT,
                         shared_by=who),
        an_account(code),
        AttemptRecord(key=f"key-{code}", since=AT, last_at=AT),
        ForeignSignInRecord(state=f"state-{code}", nonce="n", verifier="v", ends_at=LATER),
        InvitationRecord(id=f"invitation-{code}", token=f"token-{code}", account=f"account-{code}",
                         made_at=AT, made_by="local", ends_at=LATER),
        RecoveryCodeRecord(account=f"account-{code}", number=1, code="c"),
        SessionRecord(id=f"session-{code}", token=f"token-{code}", account=f"account-{code}", made_at=AT,
                      seen_at=AT, ends_at=LATER),
    ]  # fmt: skip
    for number, practice in enumerate(PRACTICES, 1):
        made += [
            AnswerRecord(round_id=one, practice=practice, version=1, **given, **changed),
            AnswerVersionRecord(round_id=one, practice=practice, version=1, save_id=f"{code}{number}",
                                **given, **changed),
            ConflictRecord(save_id=f"{code}-met-{number}", round_id=one, practice=practice, base_version=1,
                           change={"note": "met"}, **changed),
            CarriedRecord(round_id=one, number=number, source_id=one, earlier=practice, practice=practice,
                          outcome="copied", why={}, proposed={}, carried_at=AT, carried_by=who, **given),
        ]  # fmt: skip
    return made + plan_records(code)


OPEN_TO_ALL = (TrailHeadRecord,)
AT_THE_DOOR = (
    AccountRecord,
    AttemptRecord,
    ForeignSignInRecord,
    InvitationRecord,
    RecoveryCodeRecord,
    SessionRecord,
)
OWNED = {
    AdministrationRecord: "code",
    RoundRecord: "administration",
    AnswerRecord: "round_id",
    AnswerVersionRecord: "round_id",
    ConflictRecord: "round_id",
    SignatureRecord: "round_id",
    CarriedRecord: "round_id",
    DisclosureRecord: "administration",
    PlanRecord: "administration",
    PlanPartRecord: "plan_id",
    PlanPartVersionRecord: "plan_id",
    PlanFigureRecord: "plan_id",
    PlanUpdateRecord: "plan_id",
    PlanVersionRecord: "plan_id",
    VisitRecord: "actor",
    PreferenceRecord: "actor",
    TrailRecord: "administration",
}
"""Table -> the column that says whose a row is."""


def mark_of(mapped: type[Base], code: str) -> str:
    """Return what stands in that column of an administration's rows."""
    column = OWNED[mapped]
    return {"round_id": round_id(code), "plan_id": plan_id(code), "actor": f"person-{code}"}.get(column, code)


def marks(store: Store, mapped: type[Base], person: Actor) -> list[str]:
    """Return whose the rows are that a person meets."""
    with store.reading(person) as session:
        return sorted(set(session.scalars(select(getattr(mapped, OWNED[mapped])))))


__all__ = ["DOOR"]
