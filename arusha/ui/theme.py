"""The colours of the house and the one style sheet; tests hold them to WCAG contrast and to the config."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

INK = "#14212B"
CUSTOMS_BLUE = "#0B3C5D"
TEAL = "#16697A"
SAND = "#F4F1EA"
AMBER = "#B35C00"
RED = "#9B1C1C"
GREY = "#55636E"
LINE = "#D9D4C8"
WHITE = "#FFFFFF"


@dataclass(frozen=True)
class Palette:
    """The colours of a chart on light or on dark paper."""

    ink: str
    quiet: str
    line: str
    paper: str
    strong: str
    whisker: str
    warn: str


LIGHT = Palette(INK, GREY, "#E6E1D6", WHITE, "#0B4F5E", "#B4CDD5", AMBER)
DARK = Palette("#E8EDF0", "#A4B2BC", "#33454F", "#0F1A22", "#7CC4D3", "#3C5F6C", "#E8A04C")

RAMP = ("#E3E9EC", "#B4CDD5", "#7FADB9", "#387F8E", "#0B4F5E")
"""The maturity ramp: one hue, light to dark, five steps."""

STATIC = Path(__file__).parent / "static"
STYLE = STATIC / "arusha.css"
ICON = STATIC / "icon.svg"


def step_colour(number: int, steps: int) -> str:
    """Return the ramp's colour for a step number on a scale of ``steps`` steps (two or more)."""
    place = number / (steps - 1) * (len(RAMP) - 1)
    low = min(int(place), len(RAMP) - 2)
    return _between(RAMP[low], RAMP[low + 1], place - low)


def ink_on(colour: str) -> str:
    """Return white or ink, whichever reads better on the colour."""
    return WHITE if contrast(WHITE, colour) >= contrast(INK, colour) else INK


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def style() -> str:
    """Return the style sheet with the ramp filled in."""
    ramp = "".join(f"--step-{n}:{c};--on-step-{n}:{ink_on(c)};" for n, c in enumerate(RAMP))
    return f"<style>:root{{{ramp}}}\n{STYLE.read_text(encoding='utf-8')}</style>"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _between(low: str, high: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_rgb(low), _rgb(high), strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in _rgb(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
