"""How the forms look and what a refusal says: pages without any script, in the reader's language."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from arusha.access.web.asking import reader
from arusha.access.web.headers import STREAMLIT, form_policy
from arusha.access.web.paths import local
from arusha.i18n import Translator
from arusha.ui import theme
from questionnaires.problems import N_, Refused

TEMPLATES = Path(__file__).parent / "templates"
FONTS = STREAMLIT / "static" / "media"
SAID = {
    400: N_("This request cannot be read."),
    403: N_("This is not open to you. Open the program's first page and sign in there."),
    404: N_("There is nothing here."),
    405: N_("This is not done here."),
    413: N_("This is too long."),
    415: N_("This is not a form of this program."),
    503: N_("The program cannot reach its database. Try again in a moment."),
}


@dataclass(frozen=True)
class Field:
    """One field of a form; ``complete`` tells password managers what it holds."""

    name: str
    label: str
    complete: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    is_wrong: bool = False
    is_optional: bool = False
    is_fixed: bool = False
    comes_first: bool = False

    @property
    def is_code(self) -> bool:
        """Return whether it takes a code: figures, or the letters of a recovery code."""
        return self.complete == "one-time-code"


@dataclass(frozen=True)
class Form:
    """Fields, what is sent along, and the button that sends them."""

    action: str
    button: str
    fields: tuple[Field, ...] = ()
    along: tuple[tuple[str, str], ...] = ()
    is_quiet: bool = False


@dataclass(frozen=True)
class Link:
    """Where else to go, with what is said before it."""

    address: str
    name: str
    before: str = ""


def page(t: Translator, template: str, title: str, *, status: int = 200, **shown: Any) -> Response:
    """Return a page in the reader's language; ``shown`` is what its template shows beside the usual."""
    words = {"t": t, "title": title, "program": t("Arusha toolkit"), "style": style(), "icon": _icon()}
    usual: dict[str, Any] = {"lead": "", "faults": [], "said": "", "form": None, "other": None, "links": ()}
    html = _environment().get_template(template).render(words | usual | shown)
    policy = {"content-security-policy": form_policy(style()), "content-language": t.language}
    return HTMLResponse(html, status, policy)


def faults(t: Translator, refused: Refused | None) -> list[str]:
    """Return what is wrong and what to do about it, a sentence or two for each problem."""
    return [t.problem(problem) for problem in refused.problems] if refused else []


def refusal(scope: Scope, status: int) -> Response:
    """Return the plain answer to what is refused before any page is opened."""
    return PlainTextResponse(reader(scope)(SAID[status]) + "\n", status)


def signed_out(scope: Scope) -> Response:
    """Return the answer to a page that was open too long and lost its line: Streamlit shows what it says.

    With status 403 it would speak of its own settings instead.
    """
    t = reader(scope)
    return JSONResponse(t("You are signed out. Load the page again to sign in."), 401)


def again(scope: Scope, wanted: str) -> Response:
    """Return a page that asks for an address once more, this time from this server itself."""
    t = reader(scope)
    return page(t, "again.html", t("Opening the page"), wanted=local(wanted), go=t("Open the page"))


@cache
def style() -> str:
    """Return the style sheet of the forms, in the colours of the house."""
    tokens = {
        "font": next((f"/static/media/{f.name}" for f in FONTS.glob("SourceSansVF-Upright.*.woff2")), ""),
        "light": theme.LIGHT,
        "dark": theme.DARK,
        "house": theme,
    }
    return _environment().get_template("style.css").render(**tokens)


@cache
def _icon() -> str:
    return b64encode(theme.ICON.read_bytes()).decode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
