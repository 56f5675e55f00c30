"""How every workbook looks: the colours of the house in the roles that a sheet has for them."""

from arusha.exchange.look import Look
from arusha.ui import theme

LOOK = Look(
    ink=theme.INK,
    quiet=theme.GREY,
    line=theme.LINE,
    heading=theme.CUSTOMS_BLUE,
    on_heading=theme.WHITE,
    band=theme.SAND,
    warn=theme.AMBER,
    strong=theme.LIGHT.strong,
    pale=theme.LIGHT.whisker,
)
