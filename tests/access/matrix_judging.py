"""What a cell of the matrix may leave behind and may say, judged without asking the program."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from arusha.access.files import File
from arusha.access.roles import NATIONAL, Role
from arusha.access.rules import Actor, Audience
from arusha.assessments.consent import Choice
from arusha.store.base import tables
from questionnaires.problems import Refused
from tests.access.matrix import PERMISSIONS, TABLE, Cell, Relation, State
from tests.access.matrix_calls import Asked
from tests.access.matrix_rehearsal import ONLY_ADDED, TRAIL, Dump
from tests.access.matrix_world import CANARY, CODES, OWN_FACTOR, SHARED, World, marks

COLUMNS = {table.name: [column.name for column in table.columns] for table, _ in tables()}
ACCOUNTS = ("accounts", "sessions", "invitations", "recovery_codes")
SHUT = (*ACCOUNTS, "attempts", "foreign_sign_ins")
ONESELF = ("visits", "preferences")
SEEN_AS = {code: relation for relation, code in CODES.items() if relation is not Relation.OWN_OTHER}
NOTES = (f"{CANARY}note", f"{CANARY}reason")


def relation_of(role: Role, code: str, own: str = "XA") -> Relation:
    """Return what an administration is to a role, whose own is ``own`` where it has one."""
    if role in NATIONAL:
        return Relation.OWN if code == own else Relation.OTHER_REGION
    return Relation.SAME_REGION if code == "XA" else SEEN_AS.get(code, Relation.OTHER_REGION)


def reads(role: Role, code: str, state: State, own: str = "XA") -> bool:
    """Return whether something that an administration shared with an audience is open to a role."""
    cell = Cell(role, "disclosure:read", relation_of(role, code, own), state)
    return state.value in TABLE["shared"] and bool(PERMISSIONS[cell])


def shared_of(code: str, name: str) -> Mapping[str, Choice]:
    """Return what an administration shares of a round: factor -> with whom, and whether with the notes."""
    if name == CANARY:
        return SHARED[code]
    return {OWN_FACTOR: Choice(Audience(name))} if name in TABLE["shared"] else {}


def reads_factors(role: Role, code: str, name: str, own: str = "XA") -> dict[str, Choice]:
    """Return which factors of a round of an administration a role reads, as they were shared."""
    shared = shared_of(code, name).items()
    return {factor: one for factor, one in shared if reads(role, code, State(one.audience.value), own)}


def shows(role: Role, code: str, own: str = "XA") -> bool:
    """Return whether an administration shared anything with a role."""
    names = [*(State if code in SEEN_AS else (State.MEMBERS,)), *([CANARY] if code in SHARED else [])]
    return any(reads_factors(role, code, name, own) for name in names)


def said_by(value: Any) -> str:
    """Return everything that a service's answer says, as one text; of a workbook, of all its parts."""
    if isinstance(value, File):
        if not zipfile.is_zipfile(io.BytesIO(value.content)):
            return value.name + value.content.decode()
        with zipfile.ZipFile(io.BytesIO(value.content)) as book:
            return value.name + "".join(
                book.read(name).decode("utf-8", "replace") for name in book.namelist()
            )
    if isinstance(value, Refused):
        return str(value)
    return repr(value)


def foreign_in(
    said: str, world: World, role: Role, typed: Iterable[str] = (), *, own: str = "XA"
) -> list[str]:
    """Return what a text tells that this role should not know; ``typed`` is what the person put in."""
    for one in typed:
        said = said.replace(one, "…")
    strays = [":".join(mark) for mark in sorted(marks(said)) if not _may_say(role, own, *mark)]
    ids = {round_id: place for place, round_id in world.rounds.items() if round_id in said}
    plans = [plan_id for (code, _), plan_id in world.plans.items() if not _may_name_plan(role, own, code)]
    return [
        *strays,
        *(one for one, place in ids.items() if not _may_name(role, own, *place)),
        *(one for one in plans if one in said),
    ]


def _may_say(role: Role, own: str, code: str, factor: str, kind: str) -> bool:
    is_own = role in NATIONAL and code == own
    if factor == "account":
        is_self = kind == role.value.replace("_", "") and (is_own or code == "AU")
        return is_self or role is Role.SYSTEM or (is_own and role in (Role.COORDINATOR, Role.HEAD))
    if factor == "administration":
        return is_own or shows(role, code, own)
    if kind in NOTES and _are_notes_shared(role, own, code, factor):
        return True
    return is_own and (role is not Role.CONTRIBUTOR or factor == OWN_FACTOR)


def _are_notes_shared(role: Role, own: str, code: str, factor: str) -> bool:
    found = reads_factors(role, code, CANARY, own).get(factor) if code in SHARED else None
    return found is not None and found.with_notes


def _may_name(role: Role, own: str, code: str, name: str) -> bool:
    if role is Role.SYSTEM or (role in NATIONAL and code == own):
        return True
    return bool(reads_factors(role, code, name, own))


def _may_name_plan(role: Role, own: str, code: str) -> bool:
    """A plan is nobody else's, whatever was shared of the round it answers."""
    return role is Role.SYSTEM or (role in NATIONAL and code == own)


def may_read(actor: Actor, name: str, row: Mapping[str, str]) -> bool:
    """Return whether a row is one of those that a person's sessions meet."""
    role, whose = Role(actor.role), _whose(name, row)
    is_own = role in NATIONAL and whose == "XA"
    judged = {
        "trail_head": True,
        "trail": role is Role.SYSTEM or (is_own and role in (Role.COORDINATOR, Role.HEAD)),
        "administrations": name == "administrations" and (is_own or shows(role, whose)),
        "disclosures": name == "disclosures"
        and (_is_open(role, row) or (is_own and role is not Role.CONTRIBUTOR)),
        **dict.fromkeys(SHUT, False),
        **dict.fromkeys(ONESELF, row.get("actor") == actor.id),
    }
    if name in judged:
        return judged[name]
    return is_own and (role is not Role.CONTRIBUTOR or _is_of_own_factor(name, row))


def _is_open(role: Role, row: Mapping[str, str]) -> bool:
    """Return whether a row that was disclosed stands, for this role among others."""
    return row["withdrawn_at"] == "None" and reads(role, row["administration"], State(row["audience"]))


def _whose(name: str, row: Mapping[str, str]) -> str:
    if name in (*SHUT, *ONESELF, "trail_head"):
        return ""
    belongs_to = row.get("round_id") or row.get("plan_id") or ""
    return row.get("administration") or row.get("code") or belongs_to[:2].upper()


def _is_of_own_factor(name: str, row: Mapping[str, str]) -> bool:
    return name in ("rounds", "plans") or row.get("practice", "").startswith(f"{OWN_FACTOR}.")


def wrongly_changed(changed: Dump, asked: Asked, *, refused: bool) -> list[str]:
    """Return the changes that a service should not have made."""
    found = [
        f"{name} was changed, though it was refused" for name in changed if refused and name not in TRAIL
    ]
    return (
        found
        + [
            f"{name}: {row}"
            for name, rows in changed.items()
            for row in rows
            if not _may_change(asked, name, dict(zip(COLUMNS[name], row, strict=True)))
        ]
        + [name for name in changed if name == ONLY_ADDED]
    )


def _may_change(asked: Asked, name: str, row: Mapping[str, str]) -> bool:
    role, actor = Role(asked.actor.role), asked.actor
    if name in ONESELF:
        return row["actor"] == actor.id
    if name in ACCOUNTS:
        account = row["id"] if name == "accounts" else row["account"]
        is_target = asked.world.names.get(account, row.get("name")) in (asked.account, "zzauzzaccountzznew")
        cell = Cell(role, "account:change", asked.relation, asked.state)
        return account == actor.id or (is_target and bool(PERMISSIONS[cell]))
    if name == "attempts":
        return True  # how often somebody failed; says nothing of whom
    is_own_factor = role is not Role.CONTRIBUTOR or _is_of_own_factor(name, row)
    return role in NATIONAL and _whose(name, row) == "XA" and is_own_factor
