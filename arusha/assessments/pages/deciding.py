"""The head's decision: for whom each factor is open, what they will see, and the button that shares it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Audience
from arusha.assessments import consent, disclosure, releasing
from arusha.assessments.consent import Choice, Preview, Standing
from arusha.assessments.pages import as_shared, audiences
from arusha.ui.parts import notices
from arusha.ui.parts.markup import href, md, show, tag, text
from arusha.ui.parts.table import table
from questionnaires.problems import Refused

KEY = "sharing::"
TOLD, ASKED, SEEN, ALL = f"{KEY}told", f"{KEY}asked", f"{KEY}seen", f"{KEY}all"
AUDIENCES = [audience.value for audience in Audience]


def told(here: Here) -> None:
    """Say what the last decision did."""
    if said := st.session_state.pop(TOLD, ""):
        st.success(said, icon=":material/check:")


def forget(said: str) -> None:
    """Leave the choices of a decision that was made, and run the page anew to say what was done."""
    for key in [key for key in st.session_state if str(key).startswith(KEY)]:
        del st.session_state[key]
    st.session_state[TOLD] = said
    st.rerun()


def sign_first(here: Here, standing: Standing) -> None:
    """Say that only a signed round can be shared, and lead to its sign-off."""
    t = here.t
    said = t("Only a signed round can be shared.")
    link = href("sign-off", here.at(round=standing.round.id, factor=""))
    go = tag("a", text(t("Review and sign-off")), href=link, target="_self", class_="go")
    show(tag("p", f"{text(said)} {go}"))


def draw(here: Here, standing: Standing) -> None:
    """Let the head choose for each factor, see what others will see, and share it."""
    t = here.t
    st.subheader(t("Decide who may see it"))
    _readers(here, standing)
    _table(here, standing)
    choices = _chosen(standing, renews=_renews(here, standing))
    asked = {factor: (choice.audience.value, choice.with_notes) for factor, choice in choices.items()}
    if st.button(t("Show what they will see"), disabled=not choices):
        st.session_state[ASKED] = asked
    if not choices:
        st.caption(t("Nothing is shared before you have seen what others will see."))
    elif st.session_state.get(ASKED) == asked:
        _preview(here, standing, choices)


def _readers(here: Here, standing: Standing) -> None:
    t = here.t
    with st.expander(t("Who is who?"), key="sharing_readers"):
        rows = [[audiences.name(t, one), audiences.meant(t, one, standing.region)] for one in Audience]
        table([t("Open to"), t("Who that is")], rows, stacked=True)


def _table(here: Here, standing: Standing) -> None:
    t, names = here.t, as_shared.names_of(here, standing.round.edition)
    factors = [factor.id for factor in standing.questionnaire.factors]
    said = {audience.value: audiences.name(t, audience) for audience in Audience}
    left, middle, _ = st.columns([5, 4, 3], vertical_alignment="center")
    left.markdown(f"**{md(t('All factors'))}**")
    middle.selectbox(
        t("Open all factors to"),
        AUDIENCES,
        index=None,
        format_func=said.__getitem__,
        placeholder=t("One for all…"),
        key=ALL,
        on_change=_for_all,
        args=([_keys(standing, factor)[0] for factor in factors],),
        label_visibility="collapsed",
    )
    for factor in factors:
        _line(here, standing, factor, names[factor], said)
    if any(_noted(standing, factor) for factor in factors):
        st.warning(
            t(
                "Reasons and notes were written for your own administration. Read them in the preview before "
                "you share them: they may name people."
            ),
            icon=":material/visibility:",
        )


def _line(here: Here, standing: Standing, factor: str, name: str, said: Mapping[str, str]) -> None:
    t, now = here.t, standing.shared.get(factor)
    audience, notes = _keys(standing, factor)
    st.session_state.setdefault(audience, (now.audience if now else Audience.NATIONAL).value)
    st.session_state.setdefault(notes, bool(now and now.with_notes))
    left, middle, right = st.columns([5, 4, 3], vertical_alignment="center")
    left.markdown(md(name))
    label = t("Open {factor} to", factor=name)
    middle.selectbox(
        md(label), AUDIENCES, format_func=said.__getitem__, key=audience, label_visibility="collapsed"
    )
    is_national = st.session_state[audience] == Audience.NATIONAL
    right.checkbox(t("with reasons and notes"), key=notes, disabled=is_national)


def _keys(standing: Standing, factor: str) -> tuple[str, str]:
    """Return the names of a factor's choices: a choice is about what stands, and goes when that changes."""
    now = standing.shared.get(factor)
    name = f"{KEY}{standing.round.id}:{factor}:{now.id if now else ''}"
    return name, f"{name}:notes"


def _noted(standing: Standing, factor: str) -> bool:
    audience, notes = (st.session_state[key] for key in _keys(standing, factor))
    return bool(notes) and audience != Audience.NATIONAL


def _for_all(keys: Sequence[str]) -> None:
    if chosen := st.session_state[ALL]:
        st.session_state.update(dict.fromkeys(keys, chosen))
    st.session_state[ALL] = None


def _renews(here: Here, standing: Standing) -> bool:
    if not standing.behind:
        return False
    label = here.t("Share revision {number} in place of what was shared before", number=standing.revision)
    return st.checkbox(label, key=f"{KEY}renews")


def _chosen(standing: Standing, *, renews: bool) -> dict[str, Choice]:
    """Return what is chosen otherwise than it stands; what stands in an earlier revision too when renewed."""
    choices = {}
    for factor in [factor.id for factor in standing.questionnaire.factors]:
        audience = Audience(st.session_state[_keys(standing, factor)[0]])
        choice, now = Choice(audience, _noted(standing, factor)), standing.shared.get(factor)
        stands = Choice(now.audience, now.with_notes) if now else Choice(Audience.NATIONAL)
        if choice != stands or (renews and factor in standing.behind):
            choices[factor] = choice
    return choices


def _preview(here: Here, standing: Standing, choices: Mapping[str, Choice]) -> None:
    """Show what each kind of reader will see, and share exactly that."""
    t = here.t
    try:
        preview = disclosure.preview(here.actor, here.store, standing.round.id, choices)
        st.subheader(t("What they will see"))
        _as_each_sees(here, preview)
    except Refused as refused:
        notices.refused(t, refused)
        return
    _stays_home(here, preview)
    shares = bool(preview.added)
    label = t("Share this") if shares else t("Stop sharing these factors")
    if st.button(label, type="primary") and _decide(here, standing, choices):
        forget(t("Shared as shown.") if shares else t("From now on nobody else can open these factors."))
    st.session_state[SEEN] = preview.fingerprint


def _decide(here: Here, standing: Standing, choices: Mapping[str, Choice]) -> bool:
    """Decide about what was shown in the run before, where the button was pressed."""
    expected = str(st.session_state.get(SEEN, ""))
    try:
        disclosure.decide(here.actor, here.store, standing.round.id, choices, expected=expected)
    except Refused as refused:
        notices.refused(here.t, refused)
        return False
    return True


def _as_each_sees(here: Here, preview: Preview) -> None:
    t = here.t
    readers = [reader for reader in consent.READERS if preview.open_to(reader)]
    if not readers:
        st.write(t("Nobody outside your administration will see anything of this round."))
        return
    named = {
        Audience.REGION.value: t("the regional office"),
        Audience.WCO.value: t("WCO staff"),
        Audience.PUBLIC.value: t("everyone else here"),
    }
    options = [reader.value for reader in readers]
    reader = st.pills(
        t("As it is seen by"), options, format_func=named.__getitem__, default=options[-1], required=True
    )
    rows = preview.open_to(Audience(reader))
    with st.container(border=True, key="sharing_preview"):
        as_shared.draw(here, releasing.seen_of(rows), rows)


def _stays_home(here: Here, preview: Preview) -> None:
    t, names = here.t, as_shared.names_of(here, preview.round.edition)
    after = {row.factor: row for row in preview.after}
    said = []
    if preview.closed:
        closed = t.joined([names[factor] for factor in preview.closed])
        said.append(t("Nobody else can open any more: {factors}.", factors=closed))
    if absent := [name for factor, name in names.items() if factor not in after]:
        said.append(t("National only: {factors}.", factors=t.joined(absent)))
    if silent := [names[factor] for factor, row in after.items() if not row.with_notes]:
        said.append(t("Without reasons and notes: {factors}.", factors=t.joined(silent)))
    if counted := [names[f] for f, row in after.items() if row.audience.includes(Audience.MEMBERS)]:
        factors = t.joined(counted)
        said.append(t("The value is also counted in aggregates for all Members: {factors}.", factors=factors))
    said.append(
        t("Who answered and who signed, the history of the answers and national practices stay home.")
    )
    show(tag("ul", "".join(tag("li", text(one)) for one in said)))
