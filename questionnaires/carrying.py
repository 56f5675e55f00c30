"""The plan for carrying a round's answers over to a later edition: what is proposed where, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Protocol

from questionnaires.editions import Line, Why, chain
from questionnaires.lineage import later_of
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, Refused, near, refuse
from questionnaires.receipts import Carried, EarlierAnswer, Proposal
from questionnaires.rescaling import mapped

COPIED = N_("The same is asked on the same scale: the earlier answer is proposed.")
TEXT_ONLY = N_("The same is asked. It was not answered, so only the text goes on.")
NOT_APPLICABLE = N_("The same is asked on another scale; it did not apply, and this is proposed again.")
AMENDED = N_("The question or its steps were changed: nothing is proposed, answer it anew.")
SPLIT = N_("The earlier practice was split into several: nothing is proposed, answer each anew.")
MERGED = N_("Several earlier practices were merged into this one: nothing is proposed, answer it anew.")
SUBJECT = N_("Only the subject is the same: nothing is proposed, answer it anew.")
DROPPED = N_("This is not asked any more: the answer stays in this list.")


class AnswerLike(Protocol):
    """What is read of an answer; an ``EarlierAnswer`` has it, and so has a ``scoring.answers.Answer``."""

    @property
    def practice(self) -> str:
        """Return the practice's id."""

    @property
    def step(self) -> str | None:
        """Return the step's id."""

    @property
    def not_applicable(self) -> bool:
        """Return whether it is marked as not applicable."""

    @property
    def outside(self) -> bool:
        """Return whether the remedy is marked as outside Customs' own power."""

    @property
    def reason(self) -> str:
        """Return the reason that was given."""

    @property
    def note(self) -> str:
        """Return the note that was written."""


Answers = Mapping[str, AnswerLike] | Iterable[AnswerLike]


def plan(
    old: Questionnaire, new: Questionnaire, answers: Answers, between: Sequence[Questionnaire] = ()
) -> tuple[Carried, ...]:
    """Return the receipt of carrying a round's answers over from ``old`` to ``new``; nothing is changed.

    One row for each answer that holds anything and each practice it goes on in, in the order of ``new``,
    dropped ones last; the same arguments always give the same rows. ``between`` are the editions on the way.
    Raises ``Refused`` with every fault: editions that do not follow each other, or the wrong way round; an
    answer to an unknown practice or with an unknown step, a practice answered twice.
    """
    if later_of(old, new, between) is not new:
        fault = N_("The edition {new} is older than {old}, which was answered.")
        raise refuse(new.id, fault, N_("Carry answers over to a later edition."), new=new.id, old=old.id)
    given = _by_practice(old, answers)
    lines = chain((old, *between, new))
    return tuple(_carried(old, new, line, given[line.earlier]) for line in lines if line.earlier in given)


def _carried(old: Questionnaire, new: Questionnaire, line: Line, answer: EarlierAnswer) -> Carried:
    if line.class_ == "dropped":
        return Carried(line.earlier, "", "dropped", Why(DROPPED), answer)
    if line.class_ != "same":
        return Carried(line.earlier, line.practice, "to_confirm", Why(_change(line)), answer)
    if answer.step is not None and line.is_rescaled:
        scales = (old.scale_of(old.practices[line.earlier]), new.scale_of(new.practices[line.practice]))
        step, why = mapped(answer.step, *scales)
        proposed = Proposal(step, outside=answer.outside, reason=answer.reason)
        return Carried(line.earlier, line.practice, "rescaled", Why(why), answer, proposed)
    return Carried(line.earlier, line.practice, "copied", *_copied(line, answer))


def _copied(line: Line, answer: EarlierAnswer) -> tuple[Why, EarlierAnswer, Proposal | None]:
    if answer.step is None and not answer.not_applicable:
        return Why(TEXT_ONLY), answer, None
    proposed = Proposal(answer.step, answer.not_applicable, answer.outside, answer.reason)
    return Why(NOT_APPLICABLE if line.is_rescaled else COPIED), answer, proposed


def _change(line: Line) -> str:
    if line.class_ == "subject":
        return SUBJECT
    if line.is_merged:
        return MERGED
    return SPLIT if line.is_split else AMENDED


def _by_practice(old: Questionnaire, answers: Answers) -> dict[str, EarlierAnswer]:
    """Return the answers that hold anything, by practice; raise ``Refused`` with every fault."""
    found: dict[str, EarlierAnswer] = {}
    problems: list[Problem] = []
    for answer in answers.values() if isinstance(answers, Mapping) else answers:
        problems += _faults(old, answer)
        if answer.practice in found:
            fault, remedy = N_("The practice is answered twice."), N_("Keep one of the two answers.")
            problems.append(Problem(answer.practice, fault, remedy))
        kept = {field.name: getattr(answer, field.name) for field in fields(EarlierAnswer)}
        found[answer.practice] = EarlierAnswer(**kept)
    if problems:
        raise Refused(problems)
    return {practice: answer for practice, answer in found.items() if _holds_anything(answer)}


def _faults(old: Questionnaire, answer: AnswerLike) -> Iterator[Problem]:
    name, practice = answer.practice, old.practices.get(answer.practice)
    if practice is None:
        values = {"questionnaire": old.id, "name": name, "near": near(name, old.practices)}
        fault = N_("The questionnaire {questionnaire} has no practice “{name}”.")
        remedy = (
            N_("Did you mean “{near}”?") if values["near"] else N_("Use a practice id of this questionnaire.")
        )
        yield Problem(name, fault, remedy, values)
    elif answer.step is not None and answer.step not in old.scale_of(practice).numbers:
        allowed = ", ".join(old.scale_of(practice).numbers)
        fault = N_("“{step}” is not an answer to {practice}.")
        remedy = N_("Allowed: {allowed}, not_applicable or nothing.")
        yield Problem(name, fault, remedy, {"step": answer.step, "practice": name, "allowed": allowed})


def _holds_anything(answer: EarlierAnswer) -> bool:
    texts = answer.reason.strip() or answer.note.strip()
    return answer.step is not None or answer.not_applicable or answer.outside or bool(texts)
