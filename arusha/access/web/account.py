"""One's own account: who one is here, the password, and where one is signed in."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from arusha.access.people import accounts, sessions
from arusha.access.people.own_password import WRONG, change_password
from arusha.access.roles import NAMES, Role
from arusha.access.rules import Actor
from arusha.access.web import cookies
from arusha.access.web.answers import Field, Form, Link, faults, page
from arusha.access.web.asking import Asked
from arusha.access.web.fields import new_password, refuse_unless_the_same
from arusha.access.web.holders import held
from arusha.access.web.paths import ACCOUNT, EVERYWHERE, HOME, PASSWORD, SECOND_STEP, SIGN_IN, SIGN_OUT
from arusha.access.web.routes import sent, shown, to
from arusha.i18n import Translator
from questionnaires.problems import N_, Refused

DONE = {
    "password": N_("Your password is changed. You were signed out everywhere else."),
    "removed": N_("The second step is removed. You were signed out everywhere else."),
}
"""What the address says was just done -> the sentence about it."""


def account_page(asked: Asked, holder: Actor, refused: Refused | None = None) -> Response:
    """Show the account, with what was wrong with the last try to change the password."""
    t, mine = asked.t, accounts.myself(holder, asked.store)
    done = asked["done"]
    return page(
        t,
        "account.html",
        t("Your account"),
        status=400 if refused else 200,
        said=t(DONE[done]) if done in DONE else "",
        facts=_facts(t, mine),
        out=Form(SIGN_OUT, t("Sign out"), is_quiet=True),
        password=_password_form(t, refused) if mine.has_password else None,
        password_title=t("Password"),
        faults=faults(t, refused),
        step_title=t("Second step"),
        step=_step(t, mine),
        sessions_title=t("Where you are signed in"),
        heads=(t("Signed in"), t("Last used"), t("Where")),
        sessions=[_row(t, one) for one in sessions.live(holder, asked.store)],
        everywhere=Form(EVERYWHERE, t("Sign out everywhere"), is_quiet=True),
        links=[Link(HOME, t("Back to the program"))],
    )


def change(asked: Asked, holder: Actor) -> Response:
    """Change the password, or show the account again with the reason why not."""
    try:
        refuse_unless_the_same(asked)
        change_password(holder, asked.store, asked["old"], asked["new"])
    except Refused as refused:
        return account_page(asked, holder, refused)
    return to(f"{ACCOUNT}?done=password")


def sign_out_everywhere(asked: Asked, holder: Actor) -> Response:
    """End every session of the account, this one too."""
    sessions.end_all(holder, asked.store)
    answer = to(SIGN_IN)
    cookies.take_back(answer, asked.now)
    return answer


def _facts(t: Translator, mine: accounts.Account) -> list[tuple[str, str]]:
    """Return what an account says of its person, without what it leaves open."""
    facts = [(t("Name"), mine.name), (t("Role"), t(NAMES[Role(mine.role)]))]
    if mine.administration:
        facts.append((t("Administration"), _named(t, mine.administration)))
    return facts


def _named(t: Translator, administration: str) -> str:
    """Return the name of an administration's country; of a fictional one (XA to XZ) the code."""
    is_fictional = administration.startswith("X")
    return administration if is_fictional else t.territory(administration) or administration


def _password_form(t: Translator, refused: Refused | None) -> Form:
    place = refused.problems[0].place if refused else ""
    old = Field(
        "old", t("Old password"), "current-password", "password", is_wrong=place == WRONG.place,
        comes_first=bool(refused),
    )  # fmt: skip
    return Form(PASSWORD, t("Change the password"), (old, *new_password(t)))


def _step(t: Translator, mine: accounts.Account) -> Link:
    """Return how it stands with the second step, and where to change that."""
    if mine.has_second_step:
        return Link(SECOND_STEP, t("Remove it"), t("It is set up."))
    return Link(SECOND_STEP, t("Set it up"), t("It is not set up."))


def _row(t: Translator, one: sessions.LiveSession) -> tuple[str, str, str]:
    """Return since when a session is open, when it was last used, and which one it is."""
    made, seen = (t("{moment} UTC", moment=t.moment(at)) for at in (one.made_at, one.seen_at))
    return made, seen, t("This browser") if one.is_this else t("Another browser")


ROUTES: list[BaseRoute] = [
    shown(ACCOUNT, held(account_page)),
    sent(PASSWORD, held(change)),
    sent(EVERYWHERE, held(sign_out_everywhere)),
]
