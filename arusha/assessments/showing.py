"""What a round has to show, within a transaction: its profile, as it stands or signed, and what is amiss."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from arusha.assessments import asking, ledger, lifecycle, proving, signing
from arusha.assessments.rules import Round, Signature
from arusha.assessments.views import Seen
from questionnaires.problems import N_, Problem, Refused, refuse


def seen(session: Session, round_: Round, revision: int) -> Seen:
    """Return the profile of a signed revision, of the signed one for 0, or of the answers as they stand.

    Raises ``Refused`` for a revision that was never signed, and with what does not hold of a signed one.
    """
    wanted = revision or (round_.revision if round_.signed else 0)
    if not wanted:
        now = lifecycle.sheet(session, round_.id)
        return Seen(round_, now.profile, now.answers, None, now.asked)
    signed = {signature.revision: signature for signature in signing.kept(session, round_.id)}
    if wanted not in signed:
        fault = N_("Revision {number} of this round was never signed.")
        raise refuse(round_.id, fault, N_("Choose another revision."), number=wanted)
    asked = asking.asked_in(replace(round_, form=signed[wanted].form))
    return Seen(round_, *proving.read(signed[wanted], round_), signed[wanted], asked)


def faults(session: Session, round_: Round, *, by_the_trail: bool) -> list[Problem]:
    """Return everything that does not hold of what was signed, and of the answers."""
    signed = signing.kept(session, round_.id)
    problems = [fault for signature in signed for fault in proving.faults_of(signature, round_)]
    problems += proving.faults_of_series(round_, signed)
    problems += _faults_of_answers(session, round_, signed)
    if by_the_trail:
        problems += proving.unlike_the_trail(round_.id, ledger.unlike_the_trail(session, round_.id))
    return problems


def _faults_of_answers(session: Session, round_: Round, signed: Sequence[Signature]) -> list[Problem]:
    try:
        strayed = proving.strayed(round_.id, ledger.astray(session, round_.id))
        given = ledger.answers_of(session, round_.id)
    except Refused as refused:
        return list(refused.problems)
    newest = signed[0] if signed and round_.signed else None
    answers = {practice: one.answer for practice, one in given.items()}
    return strayed + proving.drift(newest, answers, round_.id)
