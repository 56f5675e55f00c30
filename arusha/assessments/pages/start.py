"""Start a round: choose the administration and the reference year, begin."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.assessments import service
from arusha.members.reference import members
from arusha.store.clock import now
from arusha.ui.parts import notices
from arusha.ui.parts.markup import md
from questionnaires import loading
from questionnaires.forms import FORMS, in_form
from questionnaires.problems import Refused

here = gate.open(Permission.ROUND_OPEN)
t = here.t
st.title(t("Start a round"))
st.write(
    t(
        "A round is one administration in one reference year. You can change every answer until it is signed "
        "off."
    )
)
own = here.actor.administration
names = {code: t.territory(code) or code for code in ([own] if own else members())}
codes = sorted(names, key=lambda code: names[code].casefold())
code = st.selectbox(
    t("Administration"),
    codes,
    index=0 if own else None,
    format_func=names.__getitem__,
    placeholder=t("Type the name of the country…"),
)
this_year = now().year
years = range(this_year + 1, this_year - 12, -1)
year = st.selectbox(t("Reference year"), years, index=1, help=t("The year whose practice you describe."))
editions = loading.editions()
titles = {name: loading.edition(name).words(t.language).title for name in editions}
edition = editions[-1]
if len(editions) > 1:
    edition = st.selectbox(
        t("Questionnaire"), editions, index=len(editions) - 1, format_func=titles.__getitem__
    )
whole = loading.edition(edition)
asked = {form: len(in_form(whole, form).practices) for form in FORMS}
forms = {
    "whole": t.many("Whole: {count} practice", "Whole: {count} practices", asked["whole"]),
    "short": t.many("Short: the {count} core practice", "Short: the {count} core practices", asked["short"]),
}
form = st.radio(
    t("Form"),
    FORMS,
    format_func=forms.__getitem__,
    captions=[
        t("Everything the questionnaire asks. It can be answered in parts, by several people."),
        t("A quick picture by the same rules. The rest can be added to the same round later."),
    ],
)
earlier = [one for one in here(service.rounds) if one.administration == code and one.year < year]
carries = bool(earlier) and st.checkbox(
    t("Carry over the answers of {year}, each to be confirmed", year=earlier[0].year)
)
if st.button(t("Begin"), type="primary"):
    if code is None:
        st.error(t("The administration is missing. Choose it from the list."), icon=":material/block:")
        st.stop()
    try:
        source = earlier[0].id if carries else ""
        opened = service.open_round(here.actor, here.store, code, edition, year, form=form, carry_from=source)
    except Refused as refused:
        notices.refused(t, refused)
        st.stop()
    first = whole.factors[0].id
    st.switch_page("assessments/pages/answer.py", query_params=here.at(round=opened.id, factor=first))
st.caption(md(titles[edition]))
