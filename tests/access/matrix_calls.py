"""How each service of the matrix is asked: as whom, about what, with everything it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from arusha.access import service as preferences
from arusha.access.checkup import health
from arusha.access.people import accounts, invitations, own_password, second_step, sessions
from arusha.access.proof import trails
from arusha.access.roles import Role
from arusha.access.rules import LOCAL, Actor, Audience
from arusha.assessments import disclosure, sample, service
from arusha.assessments import files as round_files
from arusha.assessments.consent import Choice
from arusha.assessments.rules import Entry, Round
from arusha.i18n import translator
from arusha.members import service as members
from arusha.plans import files as plan_files
from arusha.plans import sample as plan_sample
from arusha.plans import service as plans
from arusha.plans.basis import basis
from arusha.plans.rules import Changes
from arusha.reference import files as reference_files
from arusha.reference import service as reference
from arusha.store.clock import now
from tests.access import matrix_plans, people
from tests.access.matrix import Relation, State
from tests.access.matrix_world import (
    BASE,
    CARRIED,
    CODES,
    EDITION,
    OTHER_FACTOR,
    OWN_FACTOR,
    REGIONS,
    SHORT,
    STEPS,
    World,
    answers,
    name_of,
    place,
)

NOBODY = "XZ"
T = translator("en", "")


@dataclass(frozen=True)
class Asked:
    """Who asks, about what; the world's store is the one that is asked."""

    world: World
    actor: Actor
    relation: Relation
    state: State
    named: str = ""
    """The round, when it is not the one of the relation and the state."""
    planned: str = ""
    """The plan, likewise."""

    @property
    def code(self) -> str:
        """Return whose it is; an administration that is not there stands for none."""
        return CODES.get(self.relation, NOBODY)

    @property
    def factor(self) -> str:
        return OTHER_FACTOR if self.relation is Relation.OWN_OTHER else OWN_FACTOR

    @property
    def practice(self) -> str:
        return f"{self.factor}.one"

    @property
    def round(self) -> str:
        return self.named or self.world.round_of(self.relation, self.state)

    @property
    def plan(self) -> str:
        """Return the plan that answers the round of the relation and the state."""
        return self.planned or self.world.plan_of(self.relation, self.state)

    @property
    def typed(self) -> tuple[str, ...]:
        """Return what the person put in, which a refusal may repeat."""
        return (self.round, self.plan, self.special(SHORT), self.special(CARRIED), self.save_id, self.account)

    def special(self, name: str) -> str:
        """Return the round made for one service while the state is "open", else the round in the state."""
        return self.world.round_of(self.relation, name) if self.state is State.OPEN else self.round

    @property
    def seen(self) -> Round:
        """Return the round as somebody who may see everything has it."""
        known = self.round if self.relation is not Relation.NONE else self.world.rounds["XE", State.MEMBERS]
        return service.find(LOCAL, self.world.store, known)

    @property
    def save_id(self) -> str:
        return self.world.saves.get((self.code, self.factor), "nowhere")

    @property
    def account(self) -> str:
        """Return the name of an account: a contributor's, one's own head's, or an analyst's."""
        if self.relation is Relation.NONE:
            return name_of(Role.ANALYST, "")
        role = Role.HEAD if self.relation is Relation.OWN_OTHER else Role.CONTRIBUTOR
        return name_of(role, self.code)

    @property
    def account_role(self) -> Role:
        if self.relation is Relation.NONE:
            return Role.ANALYST
        return Role.HEAD if self.relation is Relation.OWN_OTHER else Role.CONTRIBUTOR

    def entry(self) -> Entry:
        at = now()
        region = REGIONS.get(self.code, "europe")
        return Entry(
            self.code, "Name", region, EDITION, 1999, "whole", tuple(answers("XA")), "A. Signer", at, at, at
        )


Call = Callable[[Asked], Any]
PASSWORD = people.ANOTHER
NEW = "zzauzzaccountzznew"


def _preview(a: Asked) -> Any:
    return disclosure.preview(a.actor, a.world.store, a.round, {OTHER_FACTOR: Choice(Audience.REGION)})


def _decide(a: Asked) -> Any:
    choices = {OTHER_FACTOR: Choice(Audience.REGION)}
    seen = ""
    if a.relation.is_own and a.state is not State.OPEN:
        seen = disclosure.preview(LOCAL, a.world.store, a.round, choices).fingerprint
    return disclosure.decide(a.actor, a.world.store, a.round, choices, expected=seen)


def _confirm(a: Asked) -> Any:
    secret, _ = second_step.begin(a.actor, a.world.store)
    return second_step.confirm(a.actor, a.world.store, people.code_of(secret, now()))


def _remove(a: Asked) -> Any:
    codes = _confirm(a)
    return second_step.remove(a.actor, a.world.store, codes[0])


def _change(a: Asked) -> Any:
    if a.account_role is Role.CONTRIBUTOR:
        return accounts.change(a.actor, a.world.store, a.account, factors={OWN_FACTOR, OTHER_FACTOR})
    return accounts.change(a.actor, a.world.store, a.account, role=Role.OBSERVER, administration="XA")


def _add(a: Asked) -> Any:
    said = place(a.account_role, a.code)
    return accounts.add(a.actor, a.world.store, NEW, a.account_role, **said)


CALLS: dict[str, Call] = {
    "assessments.service.open_round": lambda a: service.open_round(
        a.actor, a.world.store, a.code, EDITION, 1998, region=REGIONS.get(a.code, "europe"), name="Name"
    ),
    "assessments.service.enter_rounds": lambda a: service.enter_rounds(a.actor, a.world.store, [a.entry()]),
    "assessments.service.ask_whole": lambda a: service.ask_whole(a.actor, a.world.store, a.special(SHORT)),
    "assessments.service.rounds": lambda a: service.rounds(a.actor, a.world.store),
    "assessments.service.find": lambda a: service.find(a.actor, a.world.store, a.round),
    "assessments.service.sheet": lambda a: service.sheet(a.actor, a.world.store, a.round),
    "assessments.service.earlier_rounds": lambda a: service.earlier_rounds(a.actor, a.world.store, a.round),
    "assessments.service.before": lambda a: service.before(a.actor, a.world.store, a.seen),
    "assessments.service.carry_plan": lambda a: service.carry_plan(
        a.actor, a.world.store, a.round, a.world.round_of(a.relation, BASE)
    ),
    "assessments.service.carry_over": lambda a: service.carry_over(
        a.actor, a.world.store, a.round, a.world.round_of(a.relation, BASE)
    ),
    "assessments.service.save_answer": lambda a: service.save_answer(
        a.actor, a.world.store, a.round, a.practice, {"step": STEPS[0]}, 1
    ),
    "assessments.service.settle": lambda a: service.settle(
        a.actor, a.world.store, a.save_id if a.state is State.OPEN else f"{a.save_id}-not", "mine"
    ),
    "assessments.service.history": lambda a: service.history(a.actor, a.world.store, a.round, a.practice),
    "assessments.service.import_answers": lambda a: service.import_answers(
        a.actor, a.world.store, a.round, [one for one in answers(a.code, 3) if one.practice == a.practice]
    ),
    "assessments.service.faults_against_signing": lambda a: service.faults_against_signing(
        a.actor, a.world.store, a.round, "A. Signer"
    ),
    "assessments.service.sign": lambda a: service.sign(a.actor, a.world.store, a.round, "A. Signer"),
    "assessments.service.reopen": lambda a: service.reopen(a.actor, a.world.store, a.round, "A late survey."),
    "assessments.service.signatures": lambda a: service.signatures(a.actor, a.world.store, a.round),
    "assessments.service.profile": lambda a: service.profile(a.actor, a.world.store, a.round),
    "assessments.service.verify": lambda a: service.verify(a.actor, a.world.store, a.round),
    "assessments.service.visit": lambda a: service.visit(a.actor, a.world.store, a.round, a.factor),
    "assessments.service.last_visit": lambda a: service.last_visit(a.actor, a.world.store),
    "assessments.service.exported": lambda a: service.exported(a.actor, a.world.store, a.round),
    "assessments.service.exported_receipt": lambda a: service.exported_receipt(
        a.actor, a.world.store, a.special(CARRIED)
    ),
    "assessments.files.profile": lambda a: round_files.profile(a.actor, a.world.store, T, f"{a.round}.0"),
    "assessments.files.carried": lambda a: round_files.carried(a.actor, a.world.store, T, a.special(CARRIED)),
    "assessments.sample.load": lambda a: sample.load(a.actor, a.world.store),
    "assessments.disclosure.standing": lambda a: disclosure.standing(a.actor, a.world.store, a.round),
    "assessments.disclosure.history": lambda a: disclosure.history(a.actor, a.world.store, a.round),
    "assessments.disclosure.preview": _preview,
    "assessments.disclosure.decide": _decide,
    "assessments.disclosure.withdraw": lambda a: disclosure.withdraw(a.actor, a.world.store, a.round),
    "assessments.disclosure.disclosed": lambda a: disclosure.disclosed(a.actor, a.world.store),
    "assessments.disclosure.read": lambda a: disclosure.read(a.actor, a.world.store, a.round),
    "assessments.disclosure.exported": lambda a: disclosure.exported(a.actor, a.world.store, a.round),
    "assessments.files.disclosed": lambda a: round_files.disclosed(a.actor, a.world.store, T, a.round),
    "assessments.disclosure.counted": lambda a: disclosure.counted(a.actor, a.world.store),
    "assessments.disclosure.aggregates": lambda a: disclosure.aggregates(
        a.actor, a.world.store, EDITION, 2024
    ),
    "plans.service.plans": lambda a: plans.plans(a.actor, a.world.store),
    "plans.service.find": lambda a: plans.find(a.actor, a.world.store, a.plan),
    "plans.service.open_plan": lambda a: plans.open_plan(
        a.actor,
        a.world.store,
        a.code,
        matrix_plans.header(a.code),
        region=REGIONS.get(a.code, "europe"),
        name="Name",
    ),
    "plans.service.change": lambda a: plans.change(
        a.actor, a.world.store, a.plan, Changes(removed=(matrix_plans.INDICATOR,), reason="Not measured.")
    ),
    "plans.service.enter": lambda a: plans.enter(
        a.actor, a.world.store, a.plan, updates=[matrix_plans.update("XA")]
    ),
    "plans.service.restore": lambda a: plans.restore(a.actor, a.world.store, a.plan, matrix_plans.GONE),
    "plans.service.approve": lambda a: plans.approve(
        a.actor, a.world.store, a.plan, "A. Head", matrix_plans.START
    ),
    "plans.service.revise": lambda a: plans.revise(a.actor, a.world.store, a.plan, "A new funder."),
    "plans.service.close": lambda a: plans.close(a.actor, a.world.store, a.plan),
    "plans.service.reopen": lambda a: plans.reopen(a.actor, a.world.store, a.plan),
    "plans.service.versions": lambda a: plans.versions(a.actor, a.world.store, a.plan),
    "plans.service.history": lambda a: plans.history(a.actor, a.world.store, a.plan, matrix_plans.ACTIVITY),
    "plans.service.exported": lambda a: plans.exported(a.actor, a.world.store, a.plan),
    "plans.files.whole": lambda a: plan_files.whole(a.actor, a.world.store, T, a.plan),
    "plans.files.of_work_plan": lambda a: plan_files.of_work_plan(a.actor, a.world.store, T, a.plan),
    "plans.files.of_tracking": lambda a: plan_files.of_tracking(a.actor, a.world.store, T, a.plan),
    "plans.basis.basis": lambda a: basis(
        a.actor, a.world.store, plans.find(LOCAL, a.world.store, a.world.plans["XA", State.OPEN])
    ),
    "plans.sample.load": lambda a: plan_sample.load(a.actor, a.world.store),
    "plans.sample.enter": lambda a: plan_sample.enter(
        a.actor, a.world.store, [next(iter(plan_sample.read()))]
    ),
    "members.service.registered": lambda a: members.registered(a.actor, a.world.store),
    "members.service.find": lambda a: members.find(a.actor, a.world.store, a.code),
    "members.service.register": lambda a: members.register(
        a.actor, a.world.store, a.code, REGIONS.get(a.code, "europe"), "Name"
    ),
    "reference.service.editions": lambda a: reference.editions(a.actor, a.world.store),
    "reference.files.as_workbook": lambda a: reference_files.as_workbook(a.actor, a.world.store, T, EDITION),
    "reference.files.as_text": lambda a: reference_files.as_text(a.actor, a.world.store, T, EDITION),
    "access.service.language_of": lambda a: preferences.language_of(a.actor, a.world.store),
    "access.service.choose_language": lambda a: preferences.choose_language(a.actor, a.world.store, "fr"),
    "access.accounts.add": _add,
    "access.accounts.listed": lambda a: accounts.listed(a.actor, a.world.store),
    "access.accounts.find": lambda a: accounts.find(a.actor, a.world.store, a.account),
    "access.accounts.change": _change,
    "access.accounts.disable": lambda a: accounts.disable(a.actor, a.world.store, a.account),
    "access.accounts.enable": lambda a: accounts.enable(a.actor, a.world.store, a.account),
    "access.invitations.invite": lambda a: invitations.invite(a.actor, a.world.store, a.account),
    "access.accounts.myself": lambda a: accounts.myself(a.actor, a.world.store),
    "access.own_password.change_password": lambda a: own_password.change_password(
        a.actor, a.world.store, people.PASSWORD, PASSWORD
    ),
    "access.second_step.begin": lambda a: second_step.begin(a.actor, a.world.store),
    "access.second_step.confirm": _confirm,
    "access.second_step.remove": _remove,
    "access.sessions.end_all": lambda a: sessions.end_all(a.actor, a.world.store),
    "access.sessions.live": lambda a: sessions.live(a.actor, a.world.store),
    "access.trails.entries": lambda a: trails.entries(a.actor, a.world.store, limit=10_000),
    "access.health.faults": lambda a: health.faults(a.actor, a.world.store),
    "access.trails.verify": lambda a: trails.verify(a.actor, a.world.store, a.world.home / "anchors.jsonl"),
}
"""Service -> how it is asked."""
