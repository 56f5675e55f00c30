"""Random programs of answering, signing, sharing and withdrawing, against a model of who reads what."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from arusha.access.people import accounts
from arusha.access.roles import NATIONAL, Role
from arusha.access.rules import LOCAL, Actor, Audience
from arusha.assessments import disclosure, service
from arusha.assessments.consent import Choice
from arusha.store import Store, open_store
from questionnaires.problems import Refused
from scoring.answers import Answer
from tests.access.matrix import State
from tests.access.matrix_judging import reads
from tests.access.matrix_world import EDITION, FACTORS, OWN_FACTOR, PARTS, REGIONS, STEPS, publish
from tests.access.matrix_worlds import published

NUMBERS = count()
PRACTICES = [f"{factor}.{part}" for factor in FACTORS for part in PARTS]
READERS: dict[str, tuple[Role, dict[str, Any]]] = {
    "coordinator": (Role.COORDINATOR, {"administration": "XA"}),
    "contributor": (Role.CONTRIBUTOR, {"administration": "XA", "factors": {OWN_FACTOR}}),
    "head": (Role.HEAD, {"administration": "XA"}),
    "observer": (Role.OBSERVER, {"administration": "XA"}),
    "neighbour": (Role.HEAD, {"administration": "XB"}),
    "analyst": (Role.ANALYST, {}),
    "programme manager": (Role.PROGRAMME_MANAGER, {}),
    "reviewer": (Role.REVIEWER, {"assigned": {"XA"}}),
    "reviewer of others": (Role.REVIEWER, {"assigned": {"XB"}}),
    "office": (Role.REGIONAL_OFFICE, {"region": "europe"}),
    "office elsewhere": (Role.REGIONAL_OFFICE, {"region": "americas"}),
    "donor": (Role.DONOR, {}),
    "system": (Role.SYSTEM, {}),
}
NAMES = list(READERS)
audiences = st.sampled_from(list(Audience))
choices = st.dictionaries(st.sampled_from(FACTORS), st.builds(Choice, audiences, st.booleans()), min_size=1)


@dataclass(frozen=True)
class Open:
    """What the model knows of a factor that is shared."""

    choice: Choice
    revision: int
    answers: dict[str, Answer] = field(hash=False)

    def seen(self) -> dict[str, Answer]:
        """Return the answers as others see them."""
        if self.choice.with_notes:
            return self.answers
        return {name: replace(one, note="", reason="") for name, one in self.answers.items()}


@dataclass
class Model:
    """A round, what is shared of it, and whose account is disabled, in the plainest way."""

    answers: dict[str, Answer]
    signed: dict[str, Answer] | None = None
    revision: int = 1
    shared: dict[str, Open] = field(default_factory=dict)
    disabled: set[str] = field(default_factory=set)

    def reads(self, reader: str, audience: Audience) -> bool:
        """Return whether a reader reads what XA shared with an audience."""
        role, said = READERS[reader]
        if reader in self.disabled:
            return False
        if role is Role.REVIEWER:
            is_asked = "XA" in said["assigned"]
            return reads(role, "XD" if is_asked else "XC", State(audience.value))
        if role is Role.REGIONAL_OFFICE:
            is_near = said["region"] == REGIONS["XA"]
            return reads(role, "XA" if is_near else "XC", State(audience.value))
        return reads(role, "XA", State(audience.value), said.get("administration", ""))

    def expected(self, reader: str) -> dict[str, Answer]:
        """Return the answers that a reader reads of what is shared."""
        open_ = [one for one in self.shared.values() if self.reads(reader, one.choice.audience)]
        return {name: answer for one in open_ for name, answer in one.seen().items()}

    def changes(self, factor: str, choice: Choice) -> bool:
        """Return whether a choice for a factor would change anything."""
        now = self.shared.get(factor)
        if choice.audience is Audience.NATIONAL:
            return now is not None
        return now is None or (now.choice, now.revision) != (choice, self.revision)


class Programs(RuleBasedStateMachine):
    """One round of XA, and everybody who may want to read it."""

    store: Store

    @initialize(is_signed=st.sampled_from([True, True, False]))
    def begin(self, *, is_signed: bool) -> None:
        self.number = next(NUMBERS)
        for reader, (role, said) in READERS.items():
            accounts.add(LOCAL, self.store, self.name(reader), role, **said)
        head, year = self.actor("coordinator"), 1990 + self.number
        opened = service.open_round(head, self.store, "XA", EDITION, year, region="europe", name="Name")
        self.round_id = opened.id
        self.model = Model({name: Answer(name, STEPS[0], note="begun") for name in PRACTICES})
        service.import_answers(head, self.store, opened.id, list(self.model.answers.values()))
        if is_signed:
            self.sign("head")

    def name(self, reader: str) -> str:
        return f"{reader} {self.number}"

    def actor(self, reader: str) -> Actor:
        """Return who a reader is now, with the rights of their account."""
        return accounts.actor_of(accounts.find(LOCAL, self.store, self.name(reader)))

    def attempt(self, reader: str, act: Any, *arguments: Any, possible: bool, **more: Any) -> bool:
        """Let somebody do something, which has to go well exactly when it is possible."""
        possible = possible and reader not in self.model.disabled
        try:
            act(self.actor(reader), self.store, *arguments, **more)
        except Refused:
            assert not possible, (reader, act.__name__)
        else:
            assert possible, (reader, act.__name__)
        return possible

    @rule(
        reader=st.sampled_from(NAMES),
        practice=st.sampled_from(PRACTICES),
        step=st.sampled_from(STEPS),
        note=st.sampled_from(["", "one", "two"]),
    )
    def save(self, reader: str, practice: str, step: str, note: str) -> None:
        is_theirs = reader == "coordinator" or (reader == "contributor" and practice.startswith(OWN_FACTOR))
        sheet = service.sheet(LOCAL, self.store, self.round_id)
        done = self.attempt(
            reader,
            service.save_answer,
            self.round_id,
            practice,
            {"step": step, "note": note},
            sheet.given[practice].version,
            possible=is_theirs and self.model.signed is None,
        )
        if done:
            self.model.answers[practice] = Answer(practice, step, note=note)

    @rule(reader=st.sampled_from(["head", "head", "coordinator", "neighbour", "analyst"]))
    def sign(self, reader: str) -> None:
        possible = reader == "head" and self.model.signed is None
        if self.attempt(reader, service.sign, self.round_id, "A. Head", possible=possible):
            self.model.signed = dict(self.model.answers)

    @rule(reader=st.sampled_from(["head", "head", "coordinator", "neighbour"]))
    def reopen(self, reader: str) -> None:
        possible = reader == "head" and self.model.signed is not None
        if self.attempt(reader, service.reopen, self.round_id, "Late.", possible=possible):
            self.model.signed, self.model.revision = None, self.model.revision + 1

    @rule(reader=st.sampled_from(["head"] * 4 + NAMES), chosen=choices)
    def disclose(self, reader: str, chosen: dict[str, Choice]) -> None:
        model = self.model
        changed = {factor: one for factor, one in chosen.items() if model.changes(factor, one)}
        possible = reader == "head" and model.signed is not None and bool(changed)
        seen = ""
        if possible:
            seen = disclosure.preview(LOCAL, self.store, self.round_id, chosen).fingerprint
        if self.attempt(reader, disclosure.decide, self.round_id, chosen, expected=seen, possible=possible):
            for factor, choice in changed.items():
                model.shared.pop(factor, None)
                if choice.audience is not Audience.NATIONAL:
                    model.shared[factor] = Open(choice, model.revision, self.signed_of(factor))

    def signed_of(self, factor: str) -> dict[str, Answer]:
        signed = self.model.signed or {}
        return {name: one for name, one in signed.items() if name.startswith(f"{factor}.")}

    @rule(reader=st.sampled_from(["head"] * 4 + NAMES), factors=st.sets(st.sampled_from(FACTORS)))
    def withdraw(self, reader: str, factors: set[str]) -> None:
        shared = self.model.shared
        possible = reader == "head" and bool(shared) and factors <= shared.keys()
        if self.attempt(reader, disclosure.withdraw, self.round_id, factors, possible=possible):
            for factor in factors or set(shared):
                del shared[factor]

    @rule(reader=st.sampled_from(NAMES))
    def disable_or_enable(self, reader: str) -> None:
        is_disabled = reader in self.model.disabled
        (accounts.enable if is_disabled else accounts.disable)(LOCAL, self.store, self.name(reader))
        self.model.disabled ^= {reader}

    @invariant()
    def everybody_reads_what_the_model_says(self) -> None:
        for reader in NAMES:
            expected = self.model.expected(reader)
            assert self.read_by(reader) == expected, reader
            assert self.listed_for(reader) == {name.partition(".")[0] for name in expected}, reader

    def read_by(self, reader: str) -> dict[str, Answer]:
        try:
            return dict(disclosure.read(self.actor(reader), self.store, self.round_id).answers)
        except Refused:
            return {}

    def listed_for(self, reader: str) -> set[str]:
        try:
            found = disclosure.disclosed(self.actor(reader), self.store, self.round_id)
        except Refused:
            return set()
        return {factor for one in found for factor in one.factors}

    @invariant()
    def only_its_own_administration_reads_the_round(self) -> None:
        for reader, (role, said) in READERS.items():
            is_own = role in NATIONAL and said["administration"] == "XA" and reader not in self.model.disabled
            try:
                given = service.sheet(self.actor(reader), self.store, self.round_id).answers
            except Refused:
                assert not is_own, reader
                continue
            own = PRACTICES[: len(PARTS)] if role is Role.CONTRIBUTOR else PRACTICES
            assert is_own, reader
            assert given == {name: self.model.answers[name] for name in own}, reader

    def teardown(self) -> None:
        if hasattr(self, "model"):
            assert service.verify(LOCAL, self.store, self.round_id) == []


@pytest.fixture
def edition(tmp_path: Path, home: Path) -> Iterator[None]:
    """Let the program have the small edition."""
    publish(tmp_path / "editions")
    with published(tmp_path / "editions", home):
        yield


@pytest.fixture(params=["sqlite_url", "guarded_url"])
def shared_store(request: pytest.FixtureRequest, edition: None) -> Iterator[Store]:
    """Return an empty store, once on SQLite and once on PostgreSQL with row security."""
    assert edition is None
    with closing(open_store(request.getfixturevalue(request.param))) as store:
        accounts.add(LOCAL, store, "the last one", Role.SYSTEM)
        yield store


def test_random_programs_share_what_the_model_says(shared_store: Store) -> None:
    class OnThisStore(Programs):
        store = shared_store

    run_state_machine_as_test(
        OnThisStore,
        settings=settings(
            max_examples=4,
            stateful_step_count=10,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


class Wide(Model):
    """A model in which an analyst reads everything."""

    def reads(self, reader: str, audience: Audience) -> bool:
        return super().reads(reader, audience) or reader == "analyst"


def test_a_model_that_is_wrong_is_found_out(shared_store: Store) -> None:
    """The harness itself: what the program does and a wrong model says differ at the first decision."""

    class OnThisStore(Programs):
        store = shared_store

    machine = OnThisStore()
    machine.begin(is_signed=True)
    machine.disclose("head", {OWN_FACTOR: Choice(Audience.REGION)})
    machine.everybody_reads_what_the_model_says()
    machine.model.__class__ = Wide
    with pytest.raises(AssertionError, match="analyst"):
        machine.everybody_reads_what_the_model_says()
