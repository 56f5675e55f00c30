"""A note that saves itself while a person types and survives a reload, a closed tab and a lost line."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from arusha.i18n import Translator
from arusha.ui.components.sources import register

HTML = """
<textarea rows="1"></textarea>
<div class="line" role="status" aria-live="polite"><span class="said"></span> <button hidden></button></div>
"""
_mount = register("note", HTML)


@dataclass(frozen=True)
class Typed:
    """What the component hands over: the text, the version it was based on, and the id of this save."""

    text: str
    base_version: int
    save_id: str


def typed(key: str) -> Typed | None:
    """Return what was just typed, inside the callback of ``note``."""
    sent = st.session_state[key].get("save")
    return Typed(sent["text"], sent["base"], sent["save_id"]) if sent else None


def note(
    t: Translator,
    key: str,
    *,
    text: str,
    version: int,
    draft: str,
    settled: bool,
    disabled: bool,
    answered: str,
    outcome: str,
    on_save: Callable[[], None],
) -> None:
    """Show the note of an answer.

    ``draft`` names the place of the draft on the reader's computer; ``answered`` and ``outcome``
    (saved, met, refused) tell the component what became of its last save.
    """
    words = {
        "typing": t("Typing…"),
        "saving": t("Saving…"),
        "kept": t("Brought back from this computer; saving…"),
        "unsaved": t("Not saved yet. Your text is kept on this computer."),
        "refused": t("Not saved. Your text is kept on this computer."),
        "retry": t("Try again"),
    }
    data = {
        "label": t("Note: what is in place, where, since when"),
        "note": text,
        "version": version,
        "draft": draft,
        "settled": settled,
        "disabled": disabled,
        "answered": answered,
        "outcome": outcome,
        "words": words,
    }
    _mount(key=key, data=data, on_save_change=on_save)
