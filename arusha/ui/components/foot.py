"""The foot of a card: what the steps mean, a note that saves itself, and a row of links.

What a person types survives a reload, a closed tab and a lost line: a draft stays in the browser
until the database holds the text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from arusha.i18n import Translator
from arusha.ui.components.sources import register
from arusha.ui.theme import step_colour

HTML = """
<details><summary></summary><p class="why"></p><div class="steps"></div>
<p class="ask"></p><ul class="evidence"></ul><p class="knows"></p></details>
<textarea rows="1"></textarea>
<div class="line" role="status" aria-live="polite">
<span class="said"></span> <button type="button" hidden></button>
</div>
<div class="links"></div>
"""
_mount = register("foot", HTML)


@dataclass(frozen=True)
class Typed:
    """What the component hands over: the text, the version it was based on, and the id of this save."""

    text: str
    base_version: int
    save_id: str


@dataclass(frozen=True)
class Link:
    """A link at the foot; ``open`` says whether what it opens is shown."""

    id: str
    label: str
    open: bool = False


@dataclass(frozen=True)
class Meanings:
    """What the steps mean, one click away: name and sentence of each, and the number of the chosen one."""

    steps: Sequence[tuple[str, str]]
    chosen: int | None
    why: str
    evidence: Sequence[str]
    knows: str


@dataclass(frozen=True)
class Note:
    """The note as the database has it, and what became of the last save (saved, met, refused)."""

    text: str
    version: int
    draft: str
    disabled: bool
    answered: str
    outcome: str


def typed(key: str) -> Typed | None:
    """Return what was just typed, inside the callback ``on_save``."""
    sent = st.session_state[key].get("save")
    return Typed(sent["text"], sent["base"], sent["save_id"]) if sent else None


def opened(key: str) -> str:
    """Return the link that was just chosen, inside the callback ``on_open``."""
    return str(st.session_state[key].get("open") or "")


def foot(
    t: Translator,
    key: str,
    note: Note,
    links: Sequence[Link],
    *,
    meanings: Meanings,
    settled: bool,
    progress: tuple[float, str],
    on_save: Callable[[], None],
    on_open: Callable[[], None],
) -> None:
    """Show the foot of a card.

    ``progress`` is the share (0..1) and the words that the row of progress above the cards shows for
    where the reader is.
    """
    data = {
        "meanings": _said(t, meanings),
        "label": t("Note: what is in place, where, since when"),
        "note": note.text,
        "version": note.version,
        "draft": note.draft,
        "disabled": note.disabled,
        "answered": note.answered,
        "outcome": note.outcome,
        "settled": settled,
        "links": [{"id": link.id, "label": link.label, "open": link.open} for link in links],
        "progress": {"share": progress[0], "said": progress[1]},
        "words": _words(t),
    }
    _mount(key=key, data=data, on_save_change=on_save, on_open_change=on_open)


def _said(t: Translator, meanings: Meanings) -> dict[str, object]:
    steps = [
        {"name": name, "sentence": sentence, "colour": step_colour(number, len(meanings.steps))}
        for number, (name, sentence) in enumerate(meanings.steps)
    ]
    return {
        "summary": t("What each step means"),
        "steps": steps,
        "chosen": meanings.chosen,
        "why": meanings.why,
        "ask": t("What a reviewer would ask to see") if meanings.evidence else "",
        "evidence": list(meanings.evidence),
        "knows": meanings.knows,
    }


def _words(t: Translator) -> dict[str, str]:
    return {
        "typing": t("Typing…"),
        "saving": t("Saving…"),
        "kept": t("Brought back from this computer; saving…"),
        "unsaved": t("Not saved yet. Your text is kept on this computer."),
        "refused": t("Not saved. Your text is kept on this computer."),
        "retry": t("Try again"),
    }
