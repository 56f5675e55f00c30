"""The fields that a part of a plan is written in: each shows what is kept, and saves when it is left."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from arusha.access.gate import Here
from arusha.plans.pages import saving
from arusha.plans.pages.saving import Field, Subject
from arusha.plans.rules import DAYS
from arusha.ui.parts.markup import show, tag, text

Read = Callable[[Subject, Any], Any]
"""What the field's new value is, given the part as it stands and what the widget holds."""


def _whole(_there: Subject, given: Any) -> Any:
    return given


def line(
    here: Here,
    field: Field,
    label: str,
    kept: str,
    *,
    help: str | None = None,  # noqa: A002
    read: Read = _whole,
) -> None:
    """Draw a line of text."""
    _seed(field, kept)
    st.text_input(label, key=field.key, help=help, on_change=_save, args=(here, field, read))
    state(here, field, kept, read)


def prose(
    here: Here,
    field: Field,
    label: str,
    kept: str,
    *,
    help: str | None = None,  # noqa: A002
    read: Read = _whole,
) -> None:
    """Draw a text of several lines."""
    _seed(field, kept)
    st.text_area(label, key=field.key, help=help, height="content", on_change=_save, args=(here, field, read))
    state(here, field, kept, read)


def day(
    here: Here,
    field: Field,
    label: str,
    kept: date | None,
    *,
    help: str | None = None,  # noqa: A002
    read: Read = _whole,
) -> None:
    """Draw a day, typed or chosen."""
    _seed(field, kept)
    st.date_input(
        label,
        value=None,
        min_value=DAYS[0],
        max_value=DAYS[1],
        format="YYYY-MM-DD",
        key=field.key,
        help=help,
        on_change=_save,
        args=(here, field, read),
    )
    state(here, field, here.t.day(kept) if kept else "", read)


def amount(here: Here, field: Field, label: str, kept: float, *, read: Read = _whole) -> None:
    """Draw a number of zero or more."""
    _seed(field, float(kept))
    st.number_input(
        label, min_value=0.0, max_value=1e15, format="%0.2f", step=None, key=field.key, on_change=_save,
        args=(here, field, read),
    )  # fmt: skip
    state(here, field, here.t.number(kept), read)


def whole_number(here: Here, field: Field, label: str, kept: int, low: int, high: int) -> None:
    """Draw a whole number between two."""
    _seed(field, kept)
    st.number_input(label, low, high, step=1, key=field.key, on_change=_save, args=(here, field, _whole))
    state(here, field, here.t.number(kept), _whole)


def choice(
    here: Here,
    field: Field,
    label: str,
    kept: Any,
    names: Mapping[Any, str],
    *,
    help: str | None = None,  # noqa: A002
    read: Read = _whole,
) -> None:
    """Draw a choice of one; what is kept can always be chosen, also when it is not offered any more."""
    offered = dict(names) if kept in names else {kept: str(kept), **names}
    _seed(field, kept)
    st.selectbox(
        label,
        list(offered),
        format_func=lambda one: offered.get(one, str(one)),
        key=field.key,
        help=help,
        on_change=_save,
        args=(here, field, read),
    )
    state(here, field, offered[kept], read)


def several(here: Here, field: Field, label: str, kept: Sequence[str], names: Mapping[str, str]) -> None:
    """Draw a choice of any number."""
    offered = {one: one for one in kept} | dict(names)
    _seed(field, list(kept))
    st.multiselect(
        label,
        list(offered),
        format_func=lambda one: offered.get(one, one),
        key=field.key,
        placeholder=here.t("Choose…"),
        on_change=_save,
        args=(here, field, _whole),
    )
    state(here, field, here.t.joined([offered[one] for one in kept]), _whole)


def tick(here: Here, field: Field, label: str, kept: bool, *, help: str | None = None) -> None:  # noqa: A002
    """Draw a box that is ticked or not."""
    _seed(field, kept)
    st.checkbox(label, key=field.key, help=help, on_change=_save, args=(here, field, _whole))
    state(here, field, "", _whole)


def state(here: Here, field: Field, kept: str, read: Read) -> None:
    """Show how the last save of a field ended; what was refused stays typed, beside what is kept."""
    outcome = saving.outcome_of(field)
    if outcome is None:
        return
    t = here.t
    if outcome.kind == "saved":
        said = tag("span", text(f"✓ {t('Saved {time}', time=t.time(outcome.at))}"), class_="state saved")
        show(tag("div", said, class_="field-state", role="status"))
        return
    said = tag("span", text(t("Not saved. {why}", why=outcome.said)), class_="state refused")
    stands = tag("p", text(t("Kept is: {kept}", kept=kept or t("nothing"))), class_="quiet")
    show(tag("div", said + stands, class_="field-state", role="alert"))
    with st.container(horizontal=True):
        st.button(t("Try again"), key=f"again-{field.key}", on_click=_save, args=(here, field, read))
        st.button(t("Show what is kept"), key=f"forget-{field.key}", on_click=saving.forget, args=(field,))


def _seed(field: Field, kept: Any) -> None:
    """Let the widget show what is kept, unless what was typed there was refused."""
    if saving.is_refused(field) and field.key in st.session_state:
        return
    if field.key not in st.session_state or st.session_state[field.key] != kept:
        st.session_state[field.key] = kept  # only when it differs: setting it makes the browser draw twice


def _save(here: Here, field: Field, read: Read) -> None:
    given = st.session_state[field.key]
    saving.save(here, field, lambda there: read(there, given))
