"""What Home shows: the first run, the round at hand, the list of rounds, the sample."""

from collections.abc import Iterator, Sequence

import streamlit as st

from arusha.access.gate import SAMPLE, Here
from arusha.access.rules import LOCAL, Permission
from arusha.assessments import frames, service
from arusha.assessments import sample as sample_rounds
from arusha.assessments.pages.legs import factor_row
from arusha.assessments.rules import Round
from arusha.assessments.views import Sheet
from arusha.members import service as members
from arusha.plans import sample as plans_sample
from arusha.ui.parts.markup import href, md, show, tag, text

PAGES = "assessments/pages/"
HOME = "across/pages/home.py"
PROFILE = "across/pages/profile.py"


WORK = {
    Permission.DISCLOSURE_READ: PAGES + "shared.py",
    Permission.AGGREGATE_READ: PAGES + "together.py",
    Permission.ACCOUNT_READ: "access/pages/people.py",
}
"""Where a person without rounds of their own works: the first they may open."""


def elsewhere(here: Here) -> None:
    """Go to the page that a person without rounds of their own is here for."""
    for permission, page in WORK.items():
        if here.may(permission):
            st.switch_page(page)


def first_run(here: Here) -> None:
    """Show the two ways in where nothing is kept yet; on a server, to whom may not begin, who will."""
    t = here.t
    st.title(t("Customs integrity, assessed by yourselves"))
    lead = t(
        "Answer observable questions on the ten factors of the WCO's Revised Arusha Declaration and see an "
        "honest maturity profile: what is in place, what is only on paper, and what is still open."
    )
    show(tag("p", text(lead), class_="lead"))
    explore, start = st.columns(2, gap="medium")
    with explore.container(border=True, height="stretch"):
        st.subheader(t("Look around first"))
        st.write(
            t("Twelve invented administrations with several years of answers. Nothing you do there is yours.")
        )
        _enter_sample(here, primary=False)
    with start.container(border=True, height="stretch"):
        _begin(here)
    _how_it_goes(here)


def _begin(here: Here) -> None:
    t = here.t
    if here.may(Permission.ROUND_OPEN):
        st.subheader(t("Begin your own assessment"))
        st.write(t("Choose your administration and the year. What you write stays on this computer."))
        if st.button(t("Start for your administration"), type="primary"):
            st.switch_page(PAGES + "start.py")
    else:
        st.subheader(t("No round has been started yet"))
        st.write(t("The coordinator of your administration starts one. You will find it here."))


def _how_it_goes(here: Here) -> None:
    t = here.t
    parts = [
        (
            t("1 · Answer"),
            t("A practice is a question with five steps. Each step says what a stranger would see."),
        ),
        (
            t("2 · Sign off"),
            t("The head signs. The profile is frozen, and anyone can prove later that it holds."),
        ),
        (t("3 · Improve"), t("The profile shows rules without use, weak key practices, and what moved.")),
    ]
    cells = "".join(tag("div", tag("strong", text(head)) + text(said)) for head, said in parts)
    show(tag("div", cells, class_="words"))


def _enter_sample(here: Here, *, primary: bool) -> None:
    if st.button(here.t("Explore the sample"), type="primary" if primary else "secondary"):
        there = here.elsewhere(SAMPLE)
        with st.spinner(here.t("Preparing the sample…")):
            plans_sample.load(LOCAL, there.store)  # our own data, whoever asks to see it
        st.switch_page(HOME, query_params={"space": SAMPLE})


def current_round(here: Here, sheet: Sheet, visited: tuple[str, str] | None) -> None:
    """Show how far the round is and the next step as one button."""
    t, round_ = here.t, sheet.round
    st.title(f"{md(_name(here, round_.administration))} · {round_.year}")
    progress = frames.progress_of_round(sheet.questionnaire, sheet.answers)
    show(tag("p", text(_standing(here, sheet, progress)), class_="lead"))
    factor_row(here, sheet, "")
    sees_profile = here.may(Permission.PROFILE_READ)
    if round_.signed and sees_profile:
        _button(here, t("See the profile"), PROFILE, round_.id)
    elif progress.done and sees_profile:
        _button(here, t("Review and sign off"), PAGES + "sign_off.py", round_.id)
    else:
        left = visited[1] if visited and visited[0] == round_.id else ""
        factor = _factor(sheet, left)
        words = sheet.questionnaire.words(t.language).factors[factor].name
        begun = progress.settled or left
        label = t("Continue with {factor}", factor=words) if begun else t("Begin with {factor}", factor=words)
        if round_.signed or progress.done or not here.may(Permission.ANSWER_WRITE):
            label = t("Read the answers")
        _button(here, label, PAGES + "answer.py", round_.id, factor)
    if not round_.signed and here.may(Permission.ROUND_OPEN):
        _more(here, sheet)


def _factor(sheet: Sheet, left: str) -> str:
    """Return where to go on: where the reader left off, else the next open factor, else the first."""
    ids = [factor.id for factor in sheet.questionnaire.factors]
    if left in ids and not frames.progress_of(sheet.questionnaire.factor(left), sheet.answers).done:
        return left
    return frames.next_factor(sheet.questionnaire, sheet.answers, left) or (left if left in ids else ids[0])


def _more(here: Here, sheet: Sheet) -> None:
    """Offer what an open round can still take in: an earlier round's answers, the rest of the questions."""
    t, round_ = here.t, sheet.round
    with st.container(horizontal=True):
        if sheet.receipt is not None:
            label = t("What was carried over from {year}", year=sheet.receipt.source.year)
            _step(here, label, "carry_over.py", round_.id)
        elif here(service.earlier_rounds, round_.id):
            _step(here, t("Carry over an earlier round…"), "carry_over.py", round_.id)
        if round_.form == "short":
            label = t("Go on with the whole questionnaire")
            if st.button(label, help=t("Every answer stays; the other practices are added.")):
                here(service.ask_whole, round_.id)
                st.rerun()


def _step(here: Here, label: str, page: str, round_id: str) -> None:
    if st.button(label):
        st.switch_page(PAGES + page, query_params=here.at(round=round_id, factor=""))


def _standing(here: Here, sheet: Sheet, progress: frames.Progress) -> str:
    t, round_ = here.t, sheet.round
    if round_.signed:
        return t("Signed off. The profile is frozen; reopening makes a new revision.")
    if progress.done:
        return t("Every practice is answered or left open with a reason. The round can be signed off.")
    said = t.many(
        "{settled} of {count} practice settled.",
        "{settled} of {count} practices settled.",
        progress.total,
        settled=progress.settled,
    )
    said = " ".join([said, *_carried(here, sheet)])
    if progress.open_key:
        key = t.many("{count} key practice is open.", "{count} key practices are open.", progress.open_key)
        return f"{said} {key}"
    return said


def _carried(here: Here, sheet: Sheet) -> Iterator[str]:
    t = here.t
    standings = [sheet.standing(name) for name in sheet.questionnaire.practices] if sheet.receipt else []
    if waiting := standings.count("to_confirm"):
        yield t.many("{count} waits to be confirmed.", "{count} wait to be confirmed.", waiting)
    if unclear := standings.count("undetermined"):
        yield t.many("{count} is undetermined.", "{count} are undetermined.", unclear)


def _button(here: Here, label: str, page: str, round_id: str, factor: str = "") -> None:
    if st.button(md(label), type="primary"):
        st.switch_page(page, query_params=here.at(round=round_id, factor=factor))


def all_rounds(here: Here, rounds: Sequence[Round]) -> None:
    """Show every round with its state, and the way to a new one and to the sample."""
    t = here.t
    st.subheader(t("Rounds"))
    _round_table(here, rounds)
    with st.container(horizontal=True):
        if here.may(Permission.ROUND_OPEN) and st.button(t("Start another round")):
            st.switch_page(PAGES + "start.py")
        _enter_sample(here, primary=False)


def _round_table(here: Here, rounds: Sequence[Round]) -> None:
    t = here.t
    heads = (t("Administration"), t("Year"), t("State"), t("Last change"), "")
    head = "".join(tag("th", text(h), scope="col") for h in heads)
    rows = "".join(tag("tr", _cells(here, round_)) for round_ in rounds)
    show(tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows), class_="rounds"))


def _cells(here: Here, round_: Round) -> str:
    t = here.t
    state = t("signed off") if round_.signed else t("open")
    if round_.revision > 1:
        state = t("{state}, revision {number}", state=state, number=round_.revision)
    if round_.form == "short":
        state = t("{state}, short form", state=state)
    page = _page(here, round_)
    label = t("Profile") if page == "profile" else t("Answer")
    home = tag(
        "a", text(_name(here, round_.administration)), href=_to(here, "", round_), target="_self", class_="go"
    )
    go = tag("a", text(label), href=_to(here, page, round_), target="_self", class_="go")
    cells = [home, text(round_.year), text(state), text(t.date(round_.touched_at)), go]
    return "".join(tag("td", cell) for cell in cells)


def _to(here: Here, page: str, round_: Round) -> str:
    return href(page, here.at(round=round_.id, factor=""))


def sample(here: Here, rounds: Sequence[Round]) -> None:
    """Show the fictional administrations, each with its story and its rounds."""
    t = here.t
    st.title(t("The sample"))
    lead = t(
        "Twelve fictional administrations over several years. Open a profile, or answer a round that is open."
    )
    show(tag("p", text(lead), class_="lead"))
    if st.button(t("Leave the sample")):
        st.switch_page(HOME)
    told = sample_rounds.stories()
    codes = list(dict.fromkeys(round_.administration for round_ in rounds))
    for pair in zip(codes[::2], [*codes[1::2], ""], strict=False):
        for column, code in zip(st.columns(2), pair, strict=True):
            if code:
                with column.container(border=True, height="stretch"):
                    _fictional(
                        here, code, told.get(code, ""), [r for r in rounds if r.administration == code]
                    )


def _fictional(here: Here, code: str, story: str, rounds: Sequence[Round]) -> None:
    st.markdown(f"#### {md(_name(here, code))}")
    st.markdown(md(story))
    links = [
        tag("a", text(_label(here, r)), href=_to(here, _page(here, r), r), target="_self", class_="go")
        for r in rounds
    ]
    show(tag("p", " · ".join(links)))


def _page(here: Here, round_: Round) -> str:
    return "profile" if round_.signed and here.may(Permission.PROFILE_READ) else "answer"


def _label(here: Here, round_: Round) -> str:
    return str(round_.year) if round_.signed else here.t("{year} (open)", year=round_.year)


def _name(here: Here, code: str) -> str:
    administration = here(members.find, code)
    return administration.name(here.t) if administration else code
