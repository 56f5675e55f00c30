"""The trail in plain words: a sentence for each thing that can be done, and why something was refused."""

from collections.abc import Mapping
from string import Formatter

from arusha.access.explaining import PERMISSIONS
from arusha.access.proof.deeds import DEEDS
from arusha.access.proof.sealing import Verified
from arusha.access.proof.trails import Entry
from arusha.access.rules import Permission
from arusha.access.trail import DONE, REFUSED
from arusha.i18n import Translator
from questionnaires.problems import N_

TRIED: Mapping[str, str] = {
    "session:open": N_("Tried to sign in."),
    "session:prove": N_("Tried to show the second step of signing in."),
    "second_step:remove": N_("Tried to remove the second step."),
    "invitation:accept": N_("Tried to take up an invitation."),
    "password:change": N_("Tried to change the own password."),
}
"""Action -> what was tried, where it is not the name of a permission."""


def actions(t: Translator) -> dict[str, str]:
    """Return every action with its name, by name: what can be done, and what can be refused besides."""
    known = {action: t(deed.name) for action, deed in DEEDS.items()}
    tried = {one.value: t("Refused: {what}", what=t(PERMISSIONS[one])) for one in PERMISSIONS}
    return dict(sorted((tried | known).items(), key=lambda pair: pair[1].casefold()))


def deed(t: Translator, entry: Entry, names: Mapping[str, str]) -> str:
    """Return what a record says as a sentence; an action without words of its own is named by its id.

    ``names`` are the names of accounts by id, as far as the reader may know them.
    """
    if not entry.is_legible:
        return t("This record cannot be read, or it was changed. Verify the trail.")
    if entry.outcome == REFUSED:
        return _tried(t, entry)
    answers = dict(entry.details or {}).get("answers")
    if isinstance(answers, dict):
        return _answered(t, entry, len(answers))
    values = _values(entry, names)
    known = DEEDS[entry.action].sentences if entry.action in DEEDS else ()
    fitting = [sentence for sentence in known if (names_in(sentence) or set()) <= values.keys()]
    return t(fitting[0], **values) if fitting else f"{entry.action} {entry.object}".strip()


def outcome(t: Translator, entry: Entry) -> str:
    """Return how it ended: done or refused; a dash for a record that cannot be read."""
    words = {DONE: t("done"), REFUSED: t("refused")}
    return words.get(entry.outcome, entry.outcome or "–")


def reason(t: Translator, entry: Entry) -> str:
    """Return why something was refused, as it was told; '' when the record does not say."""
    sentence = (entry.details or {}).get("reason")
    if not isinstance(sentence, str) or not sentence:
        return ""
    needed = names_in(sentence)
    is_ours = needed is not None and needed <= {"permission"}
    return t(sentence, permission=entry.action) if is_ours else sentence


def held(t: Translator, found: Verified) -> list[str]:
    """Return what a proof says that found no fault."""
    if not found.count:
        return [t("Nothing is in the trail yet.")]
    count = t.many(
        "{count} record holds, from {first} to {last}.",
        "{count} records hold, from {first} to {last}.",
        found.count,
        first=t.number(found.first),
        last=t.number(found.last),
    )
    if not found.anchors:
        return [count, t("There is no anchor of it yet: if the newest were cut off, that would not be seen.")]
    anchors = t.many(
        "It was compared with {count} anchor.", "It was compared with {count} anchors.", found.anchors
    )
    return [count, anchors]


def names_in(sentence: str) -> set[str] | None:
    """Return the names that a sentence leaves open, None for one that is none of ours."""
    try:
        parts = [part for part in Formatter().parse(sentence) if part[1] is not None]
    except ValueError:
        return None
    return None if any(spec or sort for _, _, spec, sort in parts) else {str(name) for _, name, _, _ in parts}


def _tried(t: Translator, entry: Entry) -> str:
    if entry.action in TRIED:
        return t(TRIED[entry.action])
    if entry.action in PERMISSIONS:
        return t("Tried to do this: {what}.", what=t(PERMISSIONS[Permission(entry.action)]))
    return f"{entry.action} {entry.object}".strip()


def _answered(t: Translator, entry: Entry, count: int) -> str:
    """Return the sentence of answers that were written at once: by a person, from a file, from before."""
    if entry.action == "answer:import":
        return t.many(
            "Imported {count} answer into round {object}.",
            "Imported {count} answers into round {object}.",
            count,
            object=entry.object,
        )
    if entry.action == "answer:carry":
        return t.many(
            "Carried {count} note over to round {object}.",
            "Carried {count} notes over to round {object}.",
            count,
            object=entry.object,
        )
    return t.many(
        "Changed {count} answer in round {object}.",
        "Changed {count} answers in round {object}.",
        count,
        object=entry.object,
    )


def _values(entry: Entry, names: Mapping[str, str]) -> dict[str, object]:
    """Return what fills a sentence: the values of the record, with names where the reader may know them."""
    kept = (entry.details or {}).items()
    said = {name: value for name, value in kept if isinstance(value, str | int | float) and name}
    return {**said, "object": names.get(entry.object, entry.object)}
