"""The parts of sign-off: what is open, signing, what was signed, reopening."""

from collections.abc import Sequence

import streamlit as st

from arusha.access.gate import Here
from arusha.access.rules import Permission
from arusha.assessments import frames, rules, service
from arusha.assessments.pages.wording import standing_in_words
from arusha.assessments.views import Sheet
from arusha.ui.parts import notices
from arusha.ui.parts.markup import href, md, show, tag, text
from arusha.ui.parts.table import table
from questionnaires.model import Factor
from questionnaires.problems import Refused

SIGNER = "sign_off_signer"
WHY = "sign_off_why"


def what_is_open(here: Here, sheet: Sheet) -> None:
    """Show every practice that still waits, each leading to its factor."""
    t = here.t
    if sheet.asked.problems:
        notices.refused(t, Refused(sheet.asked.problems))
    waiting = rules.open_practices(sheet.questionnaire, sheet.answers)
    if not waiting and not sheet.met:
        lead = t("Every practice is answered, not applicable, or left open with a reason.")
        show(tag("p", text(lead), class_="lead"))
        _counts(here, sheet)
        return
    lead = t.many(
        "{count} practice waits for an answer, or for a reason why it stays open.",
        "{count} practices wait for an answer, or for a reason why they stay open.",
        len(waiting),
    )
    show(tag("p", text(lead), class_="lead"))
    for factor in sheet.questionnaire.factors:
        names = [p.id for p in factor.practices if p.id in waiting or p.id in sheet.met]
        if names:
            _factor(here, sheet, factor, names)


def _factor(here: Here, sheet: Sheet, factor: Factor, names: Sequence[str]) -> None:
    words = sheet.questionnaire.words(here.t.language)
    link = href("answer", here.at(round=sheet.round.id, factor=factor.id))
    head = f"{factor.number} · {words.factors[factor.id].name}"
    items = "".join(tag("li", text(_item(here, sheet, name))) for name in names)
    show(tag("p", tag("a", text(head), href=link, target="_self", class_="go")) + tag("ul", items))


def _item(here: Here, sheet: Sheet, name: str) -> str:
    question = sheet.questionnaire.words(here.t.language).practices[name].question
    standing = standing_in_words(here.t, sheet.standing(name))
    return f"{question} – {standing}" if standing else question


def _counts(here: Here, sheet: Sheet) -> None:
    t, answers = here.t, sheet.answers.values()
    states: list[str] = [answer.state for answer in answers]
    heads = [
        t("Answered"),
        t("Not applicable"),
        t("Left open with a reason"),
        t("Marked as outside our powers"),
    ]
    kinds = ("answered", "not_applicable", "open_with_reason")
    counts = [*(states.count(kind) for kind in kinds), sum(answer.outside for answer in answers)]
    table(heads, [[t.number(count) for count in counts]])


def sign(here: Here, sheet: Sheet) -> None:
    """Ask for the name and sign the round off."""
    t = here.t
    done = frames.progress_of_round(sheet.questionnaire, sheet.answers).done
    ready = done and not sheet.met and not sheet.asked.problems
    st.subheader(t("Sign off"))
    st.write(
        t(
            "Signing freezes answers and profile with the edition, the rule and a hash, so that anyone can "
            "prove later that they hold. Reopening needs a reason and makes a new revision; what was signed "
            "stays readable."
        )
    )
    if not here.may(Permission.ROUND_SIGN):
        st.caption(t("The head of the administration signs."))
        return
    if not ready:
        st.caption(t("Signing becomes possible when nothing waits any more."))
    signer = st.text_input(t("Name and function of who signs"), key=SIGNER, disabled=not ready)
    if st.button(t("Sign off"), type="primary", disabled=not ready):
        try:
            service.sign(here.actor, here.store, sheet.round.id, signer)
        except Refused as refused:
            notices.refused(t, refused)
            return
        st.switch_page("across/pages/profile.py", query_params=here.at(round=sheet.round.id))


def signed(here: Here, sheet: Sheet) -> None:
    """Say that the round is signed, verify it on request, and offer to reopen it with a reason."""
    t = here.t
    lead = t("Revision {number} is signed off. Answers and profile are frozen.", number=sheet.round.revision)
    show(tag("p", text(lead), class_="lead"))
    verify = st.button(t("Verify what was signed"))
    with st.container(key="verified"):  # a place of its own: what comes below stays where it is
        if verify and (problems := here(service.verify, sheet.round.id)):
            notices.refused(t, Refused(problems))
        elif verify:
            st.success(
                t("It holds: computed anew, the profile and the hash are the same."),
                icon=":material/verified:",
            )
    if not here.may(Permission.ROUND_REOPEN):
        return
    with st.expander(t("Reopen this round…"), key="reopen"):
        why = st.text_area(t("Reason, which stays beside what was signed"), key=WHY)
        if st.button(t("Reopen")):
            here(service.reopen, sheet.round.id, why)
            st.rerun()


def signatures(here: Here, sheet: Sheet) -> None:
    """Show every signature of the round, with its hash and why it was reopened."""
    t = here.t
    found = here(service.signatures, sheet.round.id)
    if not found:
        return
    st.subheader(t("What was signed"))
    heads = [t("Revision"), t("Signed on"), t("By"), t("Edition"), t("Rule"), t("Hash"), t("Reopened")]
    rows = []
    for one in found:
        reopened = ""
        if one.reopened_at:
            reopened = t("{day}: {why}", day=t.date(one.reopened_at), why=one.reopen_reason)
        short = one.content_hash[:16] + "…"
        said = [
            str(one.revision),
            t.date(one.signed_at),
            one.signed_by,
            one.edition,
            one.rule,
            short,
        ]
        rows.append([*said, reopened])
    table(heads, rows)
    st.caption(md(t("Full hash of the newest: {hash}", hash=found[0].content_hash)))
