"""Random programs of saving, settling, signing, reopening and importing against a model in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.assessments.rules import Given, Met
from arusha.members.reference import members
from arusha.store import Store
from questionnaires.problems import Refused
from scoring.answers import Answer
from scoring.profile import score
from tests.assessments.rounds import EDITION, PRACTICES, STEPS

PLAYED = PRACTICES[:3]
POSITION = ("step", "not_applicable", "outside", "reason")
NUMBERS = count()

texts = st.sampled_from(["", "one", "two", "three"])
changes = st.one_of(
    st.fixed_dictionaries({"step": st.sampled_from([None, *STEPS[:3]])}),
    st.fixed_dictionaries({"note": texts}),
    st.fixed_dictionaries({"step": st.sampled_from(STEPS[:2]), "note": texts}),
    st.fixed_dictionaries({"not_applicable": st.just(True), "reason": texts}),
    st.fixed_dictionaries({"outside": st.booleans(), "reason": texts}),
    st.fixed_dictionaries({"reason": texts}),
)


@dataclass
class Model:
    """What a round is, told in the plainest way: the past of each answer, what waits, what was signed."""

    past: dict[str, list[Answer]] = field(default_factory=lambda: {name: [] for name in PRACTICES})
    waiting: dict[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    saves: dict[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    signed: list[dict[str, Answer]] = field(default_factory=list)
    is_signed: bool = False

    def now(self, practice: str) -> Answer:
        return self.past[practice][-1] if self.past[practice] else Answer(practice)

    def at(self, practice: str, version: int) -> Answer:
        return self.past[practice][version - 1] if version else Answer(practice)

    def write(self, answer: Answer) -> None:
        if answer != self.now(answer.practice):
            self.past[answer.practice].append(answer)


def after(answer: Answer, change: Mapping[str, Any]) -> Answer:
    """Say in other words than the program what a change makes of an answer."""
    step, aside = change.get("step", answer.step), change.get("not_applicable", answer.not_applicable)
    if change.get("step"):
        aside = False
    elif change.get("not_applicable"):
        step = None
    outside = change.get("outside", answer.outside and step is not None)
    same_place = (answer.step is None, answer.not_applicable) == (step is None, aside)
    stays = same_place and (outside or not answer.outside)
    reason = change.get("reason", answer.reason if stays else "")
    return Answer(answer.practice, step, aside, outside, reason, change.get("note", answer.note))


def is_possible(answer: Answer) -> bool:
    if answer.outside and answer.step is None:
        return False
    return bool(answer.reason) or not (answer.not_applicable or answer.outside)


def collide(base: Answer, now: Answer, change: Mapping[str, Any]) -> bool:
    parts = [part for part in (POSITION, ("note",)) if set(part) & set(change)]
    moved = any(getattr(base, name) != getattr(now, name) for part in parts for name in part)
    return moved and after(now, change) != now


class Programs(RuleBasedStateMachine):
    """One round, several people."""

    store: Store

    @initialize()
    def open(self) -> None:
        number, codes = next(NUMBERS), sorted(members())
        code, year = codes[number % len(codes)], 1990 + number // len(codes)
        self.round_id = service.open_round(LOCAL, self.store, code, EDITION.id, year).id
        self.model = Model()
        self.saves = count()

    def refused(self, act: Any, *arguments: Any, **more: Any) -> None:
        try:
            act(LOCAL, self.store, *arguments, **more)
        except Refused:
            return
        raise AssertionError(f"{act.__name__} should have been refused")

    @rule(practice=st.sampled_from(PLAYED), change=changes, back=st.integers(0, 2))
    def save(self, practice: str, change: dict[str, Any], back: int) -> None:
        model, save_id = self.model, f"{self.round_id}-{next(self.saves)}"
        base = max(0, len(model.past[practice]) - back)
        seen, now = model.at(practice, base), model.now(practice)
        meets = collide(seen, now, change)
        arguments = (self.round_id, practice, change, base)
        if model.is_signed or not is_possible(after(seen if meets else now, change)):
            self.refused(service.save_answer, *arguments, save_id=save_id)
            return
        done = service.save_answer(LOCAL, self.store, *arguments, save_id=save_id)
        assert isinstance(done, Met if meets else Given)
        if meets:
            model.waiting[save_id] = (practice, change)
        elif after(now, change) != now:
            model.write(after(now, change))
        if meets or after(now, change) != now:
            model.saves[save_id] = (practice, change)

    @precondition(lambda self: self.model.saves)
    @rule(data=st.data())
    def save_again(self, data: st.DataObject) -> None:
        save_id = data.draw(st.sampled_from(sorted(self.model.saves)))
        practice, change = self.model.saves[save_id]
        done = service.save_answer(LOCAL, self.store, self.round_id, practice, change, 0, save_id=save_id)
        assert isinstance(done, Met if save_id in self.model.waiting else Given)

    @precondition(lambda self: self.model.waiting)
    @rule(data=st.data(), choice=st.sampled_from(["theirs", "mine", "both"]))
    def settle(self, data: st.DataObject, choice: str) -> None:
        save_id = data.draw(st.sampled_from(sorted(self.model.waiting)))
        practice, change = self.model.waiting[save_id]
        now = self.model.now(practice)
        new = now if choice == "theirs" else after(now, change)
        if choice == "both" and now.note and new.note != now.note:
            new = replace(new, note=f"{now.note}\n\n{new.note}")
        if not is_possible(new) or (choice == "both" and "note" not in change):
            self.refused(service.settle, save_id, choice)
            return
        service.settle(LOCAL, self.store, save_id, choice)
        self.model.write(new)
        del self.model.waiting[save_id]
        self.refused(service.settle, save_id, choice)

    @rule(step=st.sampled_from(STEPS), note=texts, every=st.booleans(), faulty=st.booleans())
    def import_(self, step: str, note: str, every: bool, faulty: bool) -> None:
        file = [Answer(name, step, note=note) for name in (PRACTICES if every else PLAYED[:2])]
        if faulty:
            file.append(Answer(PRACTICES[-1], not_applicable=True))
        if self.model.is_signed or faulty:
            self.refused(service.import_answers, self.round_id, file)
            return
        differing = sum(answer != self.model.now(answer.practice) for answer in file)
        assert service.import_answers(LOCAL, self.store, self.round_id, file) == differing
        for answer in file:
            self.model.write(answer)

    @rule()
    def sign(self) -> None:
        model = self.model
        is_settled = all(self.model.now(name).state != "unanswered" for name in PRACTICES)
        if model.is_signed or model.waiting or not is_settled:
            self.refused(service.sign, self.round_id, "A. Director")
            return
        service.sign(LOCAL, self.store, self.round_id, "A. Director")
        model.is_signed = True
        model.signed.append({name: model.now(name) for name in PRACTICES})

    @rule()
    def reopen(self) -> None:
        if not self.model.is_signed:
            self.refused(service.reopen, self.round_id, "A late survey.")
            return
        service.reopen(LOCAL, self.store, self.round_id, "A late survey.")
        self.model.is_signed = False

    @invariant()
    def answers_and_what_waits_are_the_same(self) -> None:
        sheet = service.sheet(LOCAL, self.store, self.round_id)
        assert sheet.answers == {name: past[-1] for name, past in self.model.past.items() if past}
        assert {name: g.version for name, g in sheet.given.items()} == {
            name: len(past) for name, past in self.model.past.items() if past
        }
        waiting = {one.save_id: (name, one.change) for name, several in sheet.met.items() for one in several}
        assert waiting == self.model.waiting
        assert sheet.round.signed == self.model.is_signed
        assert sheet.round.revision == len(self.model.signed) + (not self.model.is_signed)

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        for name in PLAYED:
            past = service.history(LOCAL, self.store, self.round_id, name)
            assert [one.answer for one in reversed(past)] == self.model.past[name]
        for revision, answers in enumerate(self.model.signed, start=1):
            seen = service.profile(LOCAL, self.store, self.round_id, revision)
            assert seen.answers == answers
            assert seen.profile == score(EDITION, answers)
        assert service.verify(LOCAL, self.store, self.round_id) == []


def test_random_programs_do_what_the_model_says(store: Store) -> None:
    class OnThisStore(Programs):
        pass

    OnThisStore.store = store
    run_state_machine_as_test(
        OnThisStore,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
