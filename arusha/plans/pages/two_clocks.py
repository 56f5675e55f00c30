"""The two clocks of a plan or a goal as bars, and what they say together in words."""

from datetime import date

from arusha.access.gate import Here
from arusha.plans.model import Plan
from arusha.plans.progress.clocks import clocks, said
from arusha.plans.progress.telling import told
from arusha.ui.parts.markup import show, tag, text


def draw(here: Here, plan: Plan, part_id: str, today: date) -> None:
    """Show the activities done beside the due benchmarks met, of a goal or ('') the plan."""
    t, both = here.t, clocks(plan, part_id, today)
    done = t("{done} of {count} activities", done=both.done, count=both.activities)
    met = t("{met} of {count} benchmarks", met=both.met, count=both.due)
    bars = [
        _bar(t("Activities done"), done, t.percent(both.done_share), both.done_share, "clock-done"),
        _bar(t("Benchmarks due that are met"), met, t.percent(both.met_share), both.met_share, "clock-met"),
    ]
    show(tag("div", "".join(bars), class_="clocks"))


def _bar(name: str, counted: str, figure: str, share: float | None, kind: str) -> str:
    head = tag("span", text(name) + " " + tag("small", text(counted), class_="quiet"))
    head += tag("strong", text(figure))
    fill = tag("span", "", class_=kind, style=f"width:{(share or 0) * 100:.3f}%")
    return tag("div", tag("div", head, class_="clock-name") + tag("span", fill, class_="clock-bar"))


def in_words(here: Here, plan: Plan, part_id: str, today: date) -> None:
    """Show what is to be said of work and change together, a sentence after the other."""
    sentences = [told(here.t, sentence, values) for sentence, values in said(plan, part_id, today)]
    both = clocks(plan, part_id, today)
    kind = "said said-well" if both.due and both.met == both.due else "said"
    if sentences:
        show(tag("div", tag("p", text(" ".join(sentences))), class_=kind))
