"""All together: how the administrations that shared a factor with all Members stand, without who they are."""

import streamlit as st

from arusha.access import gate
from arusha.access.rules import Permission
from arusha.assessments import consent, disclosure
from arusha.assessments.frames import common_scale
from arusha.assessments.pages.as_shared import names_of
from arusha.ui.parts.markup import show, tag, text
from arusha.ui.parts.table import table
from questionnaires import loading
from scoring.profile import shown

here = gate.open(Permission.AGGREGATE_READ)
t = here.t
st.title(t("All together"))
lead = t(
    "The value of a factor over the administrations that agreed to be counted. A factor is shown when at "
    "least {count} of them did, and nobody learns which.",
    count=consent.LEAST,
)
show(tag("p", text(lead), class_="lead"))
none = t(
    "Fewer than {count} administrations have shared a factor of the same year with all Members.",
    count=consent.LEAST,
)
kinds = here(disclosure.counted)
if not kinds:
    st.info(none, icon=":material/groups:")
    st.stop()
titles = {edition: loading.edition(edition).words(t.language).title for edition, _, _ in kinds}
forms = {"whole": t("whole"), "short": t("core practices only")}
said = [t("{year}, {title}, {form}", year=y, title=titles[e], form=forms[f]) for e, f, y in kinds]
number = st.selectbox(t("Year and questionnaire"), range(len(kinds)), format_func=said.__getitem__)
edition, form, year = kinds[number]
found = here(disclosure.aggregates, edition, year, form=form)
if not found:
    st.info(none, icon=":material/groups:")
    st.stop()
names, steps = names_of(here, edition), len(common_scale(loading.edition(edition))[1].steps)
heads = [t("Factor"), t("Administrations"), t("Lower quartile"), t("Median"), t("Upper quartile")]
rows = [
    [
        names[one.factor],
        t.number(one.n),
        *(t.decimal(shown(v, steps)) for v in (one.low, one.median, one.high)),
    ]
    for one in found
]
caption = t("Values run from 0 to {top}, the steps of the scale.", top=steps - 1)
table(heads, rows, caption=caption, stacked=True)
quartiles = t(
    "A quarter of the administrations stand at or below the lower quartile, half at or below the median."
)
left_out = t("Factors that are not in the list were shared by fewer than {count}.", count=consent.LEAST)
st.caption(quartiles if len(found) == len(names) else f"{quartiles} {left_out}")
