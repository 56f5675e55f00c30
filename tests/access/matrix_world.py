"""The world of the matrix: administrations with a round in every state, and a marked text in every place.

``XA`` is everybody's own, ``XB`` of the same region, ``XC`` of another one, ``XD`` asked to be reviewed;
``XE`` only makes enough of them for aggregates.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from arusha.access import service as preferences
from arusha.access.people import accounts, foreign_sign_ins, invitations, second_step, sessions
from arusha.access.roles import NATIONAL, Role
from arusha.access.rules import LOCAL, Actor, Audience
from arusha.assessments import asking, disclosure, service
from arusha.assessments.consent import Choice
from arusha.store import Store
from arusha.store.clock import now
from questionnaires import loading
from scoring.answers import Answer
from tests.access import matrix_plans, people
from tests.access.matrix import Relation, State
from tests.assessments import lines

EDITION, FACTORS = "small_store", ("care", "order", "trust")
PARTS = ("one", "two")
OWN_FACTOR, OTHER_FACTOR = FACTORS[:2]
REGIONS = {"XA": "europe", "XB": "europe", "XC": "americas", "XD": "americas", "XE": "americas"}
CODES = {
    Relation.OWN: "XA",
    Relation.OWN_OTHER: "XA",
    Relation.SAME_REGION: "XB",
    Relation.OTHER_REGION: "XC",
    Relation.ASSIGNED: "XD",
}
YEARS = {state: 2020 + number for number, state in enumerate(State)}
BASE, SHORT, MET, CARRIED = "base", "short", "met", "carried"
OTHERS = {BASE: 2010, SHORT: 2012, MET: 2013, CARRIED: 2014}
CANARY, REOPENED = "canary", "reopened"
LAST_FACTOR = FACTORS[2]
SHARED: dict[str, dict[str, Choice]] = {
    "XA": {LAST_FACTOR: Choice(Audience.REGION, with_notes=True)},
    "XB": {
        OWN_FACTOR: Choice(Audience.WCO),
        OTHER_FACTOR: Choice(Audience.WCO),
        LAST_FACTOR: Choice(Audience.WCO, with_notes=True),
    },
    "XC": {OWN_FACTOR: Choice(Audience.PUBLIC), OTHER_FACTOR: Choice(Audience.MEMBERS)},
}
"""Administration -> what it shares of its round ``CANARY``."""
MARK = re.compile(r"zz(x[a-z]|au)zz([a-z]+)zz([a-z]+)zz")


def mark(code: str, factor: str, kind: str) -> str:
    """Return a text that tells whose it is, of which factor and what kind."""
    return f"zz{code.lower()}zz{factor}zz{kind}zz"


def marks(said: str) -> set[tuple[str, str, str]]:
    """Return whose marks are in a text: administration, factor, kind."""
    return {(code.upper(), factor, kind) for code, factor, kind in MARK.findall(said)}


STRUCTURE = f"""\
id = "{EDITION}"
default_language = "en"

[scales.five]
steps = [
  {{ id = "none", value = 0.0 }},
  {{ id = "little", value = 0.25 }},
  {{ id = "half", value = 0.5 }},
  {{ id = "most", value = 0.75 }},
  {{ id = "all", value = 1.0 }},
]
"""
YEAR_OF_CANARIES = 2030
NATIONAL_STRUCTURE = f"""\
id = "xa_own"
extends = "{EDITION}"
administration = "XA"
since = {YEAR_OF_CANARIES}
default_language = "en"

[scales.two]
steps = [{{ id = "no", value = 0.0 }}, {{ id = "yes", value = 1.0 }}]

[[factors]]
id = "{OWN_FACTOR}"
number = 1

  [[factors.practices]]
  id = "{OWN_FACTOR}.xa_own"
  scale = "two"
"""
NATIONAL_TEXT = f"""\
title = "What this office asks itself"
[scales.two]
no = "No"
yes = "Yes"
[factors.{OWN_FACTOR}]
name = "The care"
[practices."{OWN_FACTOR}.xa_own"]
question = "QUESTION"
steps = {{ no = "There is none.", yes = "There is one." }}
evidence = ["A dog"]
"""
STEPS = ("none", "little", "half", "most", "all")


def publish(folder: Path) -> None:
    """Write the small edition where the program of a test looks for its editions, and nothing beside it."""
    made = folder / EDITION
    made.mkdir(parents=True)
    structure, said = STRUCTURE, 'title = "A small store"\n[scales.five]\n'
    said += "".join(f'{step} = "Step {step}"\n' for step in STEPS)
    said += "".join(f'[factors.{factor}]\nname = "The {factor}"\n' for factor in FACTORS)
    for number, factor in enumerate(FACTORS, 1):
        structure += f'\n[[factors]]\nid = "{factor}"\nnumber = {number}\n'
        for part in PARTS:
            core = "true" if part == "one" else "false"
            structure += (
                f'\n  [[factors.practices]]\n  id = "{factor}.{part}"\n  scale = "five"\n  core = {core}\n'
            )
            said += f'[practices."{factor}.{part}"]\nevidence = ["A list"]\n'
            said += f'question = "Is {factor} {part} kept?"\n'
            said += "steps = { " + ", ".join(f'{step} = "It is {step}."' for step in STEPS) + " }\n"
    (made / "structure.toml").write_text(structure, encoding="utf-8")
    (made / "text.en.toml").write_text(said, encoding="utf-8")


def answers(code: str, step: int = 2, kind: str = "") -> list[Answer]:
    """Return an answer to every practice of an administration, with marked notes and reasons."""
    return [
        Answer(
            f"{factor}.{part}",
            STEPS[(step + len(factor)) % 5],
            outside=part == "one",
            reason=mark(code, factor, f"{kind}reason") if part == "one" else "",
            note=mark(code, factor, f"{kind}note"),
        )
        for factor in FACTORS
        for part in PARTS
    ]


@dataclass
class World:
    """A database with everything in it: actors by role, administration and kind, and rounds."""

    store: Store
    home: Path
    actors: dict[tuple[Role, str], Actor] = field(default_factory=dict)
    rounds: dict[tuple[str, str], str] = field(default_factory=dict)
    saves: dict[tuple[str, str], str] = field(default_factory=dict)
    plans: dict[tuple[str, str], str] = field(default_factory=dict)

    def actor(self, role: Role, code: str = "XA") -> Actor:
        """Return who acts in a role: of an administration where the role belongs to one."""
        return self.actors[role, code if role in NATIONAL else ""]

    def round_of(self, relation: Relation, state: str) -> str:
        """Return a round in a state, or the id of one that is not there."""
        return self.rounds.get((CODES.get(relation, ""), state), "xz2020-aaaaaa")

    def plan_of(self, relation: Relation, state: str) -> str:
        """Return the plan that answers a round in a state, or the id of one that is not there."""
        return self.plans.get((CODES.get(relation, ""), state), "xz2020-paaaaa")

    @cached_property
    def names(self) -> dict[str, str]:
        """Account id -> its name."""
        return {actor.id: actor.name for actor in self.actors.values()}


def place(role: Role, code: str) -> dict[str, Any]:
    """Return what an account of a role needs to say."""
    said: dict[str, Any] = {"administration": code} if role in NATIONAL else {}
    if role is Role.CONTRIBUTOR:
        said["factors"] = {OWN_FACTOR}
    if role is Role.REVIEWER:
        said["assigned"] = {"XD"}
    if role is Role.REGIONAL_OFFICE:
        said["region"] = REGIONS["XA"]
    return said


def build(store: Store, home: Path) -> World:
    """Fill an empty database through the services."""
    world = World(store, home)
    with pytest.MonkeyPatch.context() as patch:
        people.cheapen(patch)
        for code in REGIONS:
            for role in sorted(NATIONAL):
                _enter(world, role, code)
        for role in [role for role in Role if role not in NATIONAL]:
            _enter(world, role, "")
    for code in REGIONS:
        _rounds(world, code)
    for code in (code for code in REGIONS if code != "XE"):
        _traces(world, code)
    for code in SHARED:
        _canaries(world, code)
    for code in sorted(set(CODES.values())):
        matrix_plans.fill(world, code)
    return world


def _canaries(world: World, code: str) -> None:
    """Let an administration share some of a round, with national practices in it, and reopen another one."""
    store, coordinator, head = world.store, world.actor(Role.COORDINATOR, code), world.actor(Role.HEAD, code)
    _ask_nationally(world.home, code)
    for name, year in ((CANARY, YEAR_OF_CANARIES), (REOPENED, YEAR_OF_CANARIES + 1)):
        made = service.open_round(coordinator, store, code, EDITION, year)
        world.rounds[code, name] = made.id
        own = Answer(f"{OWN_FACTOR}.{code.lower()}_own", "yes", note=mark(code, OWN_FACTOR, "nationalnote"))
        service.import_answers(coordinator, store, made.id, [*answers(code, kind=CANARY), own])
        service.sign(head, store, made.id, mark(code, "signature", "signer"))
    service.reopen(head, store, world.rounds[code, REOPENED], mark(code, "signature", "reopening"))
    share(world, code, CANARY, SHARED[code])


def _ask_nationally(home: Path, code: str) -> None:
    """Write national practices with a marked question where the program looks for them."""
    folder = home / asking.FOLDER / code / EDITION
    folder.mkdir(parents=True)
    said = {"XA": code, "xa_": f"{code.lower()}_", "QUESTION": mark(code, OWN_FACTOR, "nationalquestion")}
    for name, text in {"structure.toml": NATIONAL_STRUCTURE, "text.en.toml": NATIONAL_TEXT}.items():
        for old, new in said.items():
            text = text.replace(old, new)  # noqa: PLW2901 - each in turn
        (folder / name).write_text(text, encoding="utf-8")


def _traces(world: World, code: str) -> None:
    """Leave what people leave who use the program for a while."""
    store, coordinator, observer = world.store, world.actor(Role.COORDINATOR, code), Role.OBSERVER
    service.visit(coordinator, store, world.rounds[code, MET], OTHER_FACTOR)
    preferences.choose_language(coordinator, store, "fr")
    invitations.invite(coordinator, store, name_of(Role.CONTRIBUTOR, code))
    if code != "XA":  # whose people set theirs up in a cell
        secret, _ = second_step.begin(world.actor(observer, code), store)
        second_step.confirm(world.actor(observer, code), store, people.code_of(secret, now()))
    foreign_sign_ins.begin(store, "", people.HERE, now())


def name_of(role: Role, code: str) -> str:
    """Return the name of an account."""
    return mark(code or "au", "account", role.value.replace("_", ""))


def _enter(world: World, role: Role, code: str) -> None:
    """Make an account and sign it in."""
    name = name_of(role, code)
    store = world.store
    made = accounts.add(LOCAL, store, name, role, password=people.PASSWORD, **place(role, code))
    entered = sessions.enter(store, made.id, second_step=True)
    actor = sessions.actor_of(store, entered.session)
    assert actor is not None
    world.actors[role, code] = actor


def _rounds(world: World, code: str) -> None:
    store, coordinator = world.store, world.actor(Role.COORDINATOR, code)
    wanted = {**OTHERS, **{state.value: YEARS[state] for state in State}}
    wanted = wanted if code != "XE" else {State.MEMBERS.value: YEARS[State.MEMBERS]}
    for name, year in wanted.items():
        made = service.open_round(
            coordinator,
            store,
            code,
            EDITION,
            year,
            form="short" if name == SHORT else "whole",
            region=REGIONS[code],
            name=mark(code, "administration", "name"),
        )
        world.rounds[code, name] = made.id
        _fill(world, code, name, made.id)


def _fill(world: World, code: str, name: str, round_id: str) -> None:
    store, coordinator, head = world.store, world.actor(Role.COORDINATOR, code), world.actor(Role.HEAD, code)
    if name == CARRIED:
        service.carry_over(coordinator, store, round_id, world.rounds[code, BASE])
    elif name == MET:
        _meet(world, code, round_id)
    elif name != SHORT:
        service.import_answers(coordinator, store, round_id, answers(code))
    if name in (BASE, *State) and name != State.OPEN:
        service.sign(head, store, round_id, mark(code, "signature", "signer"))
    if name in (*(state for state in State if state.audience != "national"), State.WITHDRAWN):
        share(world, code, name, {OWN_FACTOR: Choice(Audience(_open_to(name)))})
    if name == State.WITHDRAWN:
        disclosure.withdraw(head, store, round_id)


def _open_to(name: str) -> str:
    return "public" if name == State.WITHDRAWN else name


def share(world: World, code: str, name: str, choices: dict[str, Choice]) -> None:
    """Let the head of an administration share factors of a round."""
    head, round_id = world.actor(Role.HEAD, code), world.rounds[code, name]
    seen = disclosure.preview(head, world.store, round_id, choices)
    disclosure.decide(head, world.store, round_id, choices, expected=seen.fingerprint)


def _meet(world: World, code: str, round_id: str) -> None:
    """Let two people change an answer of each factor at once."""
    coordinator = world.actor(Role.COORDINATOR, code)
    for factor in FACTORS[:2]:
        practice, save_id = f"{factor}.one", f"{code}-{factor}-met"
        first = {"step": STEPS[1], "note": mark(code, factor, "theirs")}
        service.save_answer(coordinator, world.store, round_id, practice, first, 0)
        mine = {"note": mark(code, factor, "mine")}
        service.save_answer(coordinator, world.store, round_id, practice, mine, 0, save_id=save_id)
        world.saves[code, factor] = save_id


def forget() -> None:
    """Let the program read its questionnaires anew."""
    lines.forget()
    loading.edition.cache_clear()
