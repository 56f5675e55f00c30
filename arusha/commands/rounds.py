"""A round as lines of text and as a row."""

from collections.abc import Iterable, Iterator

from arusha.assessments.frames import progress_of_round
from arusha.assessments.rules import Round, Signature
from arusha.assessments.views import Seen
from arusha.assessments.wording import fate_in_words
from arusha.commands.profiles import profile_lines
from arusha.commands.telling import table
from arusha.i18n import Translator
from questionnaires.receipts import Carried

COLUMNS = ("id", "administration", "edition", "year", "form", "state")


def as_row(round_: Round) -> dict[str, object]:
    """Return what a list says about a round."""
    return {name: getattr(round_, name) for name in COLUMNS}


def round_lines(t: Translator, seen: Seen, name: str, signatures: Iterable[Signature]) -> Iterator[str]:
    """Yield whose round it is, how far it is, who signed it, and its profile."""
    round_, done = seen.round, progress_of_round(seen.questionnaire, seen.answers)
    state = t("signed") if round_.signed else t("open")
    about = {"id": round_.id, "name": name, "year": round_.year, "edition": round_.edition}
    yield t("{id}: {name}, {year}, {edition}", **about)
    yield t(
        "Revision {number}, {state}; last change {day}",
        number=round_.revision,
        state=state,
        day=t.date(round_.touched_at),
    )
    yield t("{settled} of {total} practices settled", settled=done.settled, total=done.total)
    for signature in signatures:
        yield from _signature_lines(t, signature)
    yield ""
    yield from profile_lines(t, seen.questionnaire, seen.profile)


def carried_lines(t: Translator, rows: Iterable[Carried]) -> list[str]:
    """Return a line for each row of a receipt: where an answer came from, where it goes, and why."""
    heads = [t("Earlier practice"), t("Practice"), t("What happens"), t("Why")]
    return table([heads, *(_carried(t, row) for row in rows)])


def _carried(t: Translator, row: Carried) -> list[str]:
    why = t(row.why.text, **row.why.values)
    return [row.earlier, row.practice or "–", fate_in_words(t, row), why]


def _signature_lines(t: Translator, signature: Signature) -> Iterator[str]:
    values = {"number": signature.revision, "name": signature.signed_by, "day": t.date(signature.signed_at)}
    yield t("Revision {number} signed by {name} on {day}", **values)
    if signature.reopened_at:
        day = t.date(signature.reopened_at)
        yield t(
            "Revision {number} reopened on {day}: {reason}",
            number=signature.revision,
            day=day,
            reason=signature.reopen_reason,
        )
