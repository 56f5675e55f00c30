"""The profile as tables: the data behind the charts."""

from arusha.access.gate import Here
from arusha.assessments.figures import Reading
from arusha.ui.parts.table import table
from scoring.profile import Profile


def factors(here: Here, profile: Profile, previous: Profile | None, reading: Reading) -> None:
    """Show every factor with value, range, level, coverage and counts."""
    t = here.t
    heads = [
        t("Factor"),
        t("Value"),
        t("Lowest"),
        t("Highest"),
        t("Level"),
        t("Answered"),
        t("Practices"),
        t("Not applicable"),
    ]
    rows = [
        [
            reading.name(f),
            reading.figure(f.value),
            reading.figure(f.low),
            reading.figure(f.high),
            t.number(f.level),
            t.percent(f.coverage),
            t("{answered} of {applicable}", answered=f.answered, applicable=f.applicable),
            t.number(f.not_applicable),
        ]
        for f in profile.factors
    ]
    whole = profile.overall
    rows.append(
        [
            t("All factors (a convenience)"),
            reading.figure(whole.value),
            reading.figure(whole.low),
            reading.figure(whole.high),
            "",
            t.percent(whole.coverage),
            "",
            "",
        ]
    )
    if previous is not None:
        heads.append(str(reading.previous_year))
        before = {f.id: f.value for f in previous.factors}
        for row, factor in zip(rows, profile.factors, strict=False):
            row.append(reading.figure(before.get(factor.id)))
        rows[-1].append(reading.figure(previous.overall.value))
    table(
        heads, rows, caption=t("Values run from 0 to {top}, the steps of the scale.", top=reading.steps - 1)
    )
