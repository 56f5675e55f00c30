"""The second step of one's own account: set up with an app, shown in a session that waits for it, removed."""

from urllib.parse import parse_qs, urlsplit

import segno
from starlette.responses import Response
from starlette.routing import BaseRoute

from arusha.access.people import accounts, second_step, sessions
from arusha.access.rules import Actor
from arusha.access.web.answers import Form, Link, faults, page
from arusha.access.web.asking import Asked
from arusha.access.web.fields import code
from arusha.access.web.holders import held
from arusha.access.web.paths import ACCOUNT, BEGIN, CONFIRM, HOME, PROVE, REMOVE, SECOND_STEP
from arusha.access.web.routes import sent, shown, to
from arusha.i18n import Translator
from questionnaires.problems import Refused

OF_AN_APP = "otpauth://totp/"
LONGEST = 1000  # characters of such an address


def step_page(asked: Asked, holder: Actor, refused: Refused | None = None) -> Response:
    """Show what is to be done about the second step: set up, shown, or removed."""
    t = asked.t
    waits = sessions.needs_second_step(asked.store, holder.session)
    if not accounts.myself(holder, asked.store).has_second_step:
        lead = _why(t) if waits else _what_for(t)
        return _form(asked, t("A second step"), lead, Form(BEGIN, t("Set it up")), refused, waits=waits)
    asks = (code(t, is_wrong=bool(refused)),)
    if waits:
        form = Form(PROVE, t("Go on"), asks)
        return _form(asked, t("Your second step"), t("One more thing to type."), form, refused, waits=True)
    lead = t("Without it your password alone lets anyone in who knows it.")
    form = Form(REMOVE, t("Remove the second step"), asks)
    return _form(asked, t("Remove the second step"), lead, form, refused, waits=False)


def begin(asked: Asked, holder: Actor) -> Response:
    """Make a new secret and show it."""
    try:
        _, address = second_step.begin(holder, asked.store)
    except Refused as refused:
        return step_page(asked, holder, refused)
    return _shown(asked, address)


def confirm(asked: Asked, holder: Actor) -> Response:
    """Set the second step up with a first code, and show the recovery codes this once."""
    t = asked.t
    try:
        codes = second_step.confirm(holder, asked.store, asked["code"])
    except Refused as refused:
        return _shown(asked, asked["address"], refused)
    lead = t(
        "Your second step is set up. Each of these codes lets you in once when you do not have your phone. "
        "Print them or write them down, and keep them apart from it."
    )
    once = t("They are shown this once. Whoever has one of them and your password can sign in as you.")
    links = [Link(HOME, t("I have kept them"))]
    title = t("Your recovery codes")
    return page(t, "recovery_codes.html", title, lead=lead, once=once, codes=codes, links=links)


def prove(asked: Asked, holder: Actor) -> Response:
    """Show a code in a session that waits for it, and go on."""
    try:
        sessions.prove(asked.store, holder.session, asked["code"])
    except Refused as refused:
        return step_page(asked, holder, refused)
    return to(HOME)


def remove(asked: Asked, holder: Actor) -> Response:
    """Remove the second step with a code of it."""
    try:
        second_step.remove(holder, asked.store, asked["code"])
    except Refused as refused:
        return step_page(asked, holder, refused)
    return to(f"{ACCOUNT}?done=removed")


def _shown(asked: Asked, address: str, refused: Refused | None = None) -> Response:
    """Show the secret as a picture and as text, and ask for a first code of it."""
    t, secret = asked.t, _secret_in(address)
    if not secret:
        return to(SECOND_STEP)
    first = code(t, t("Six figures, as your app shows them now."), is_wrong=bool(refused))
    return page(
        t,
        "second_step.html",
        t("Set up a second step"),
        status=400 if refused else 200,
        faults=faults(t, refused),
        scan=t("Open an app for sign-in codes on your phone and let it read this picture."),
        picture_name=t("Picture for the app"),
        or_type=t("Or type this into the app:"),
        picture=segno.make(address, error="m").svg_inline(scale=4, omitsize=True),
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        form=Form(CONFIRM, t("Set it up"), (first,), along=(("address", address),)),
        links=[Link(SECOND_STEP, t("Begin again"))] if refused else [],
    )


def _secret_in(address: str) -> str:
    """Return the secret of an address for an app, '' when it is none."""
    if not address.startswith(OF_AN_APP) or len(address) > LONGEST:
        return ""
    return parse_qs(urlsplit(address).query).get("secret", [""])[0]


def _form(
    asked: Asked, title: str, lead: str, form: Form, refused: Refused | None, *, waits: bool
) -> Response:
    """Return a page with one form; who is waited for has no account page to go back to yet."""
    t = asked.t
    links = [] if waits else [Link(ACCOUNT, t("Back to your account"))]
    told = faults(t, refused)
    status = 400 if refused else 200
    return page(t, "form.html", title, status=status, lead=lead, faults=told, form=form, links=links)


def _what_for(t: Translator) -> str:
    return t(
        "With a second step, signing in takes your password and a code that an app on your phone shows. "
        "Who learns your password alone cannot get in."
    )


def _why(t: Translator) -> str:
    return t(
        "Everyone who signs in here needs a second step: beside the password, a code that an app on your "
        "phone shows. Set it up once; it takes two minutes."
    )


ROUTES: list[BaseRoute] = [
    shown(SECOND_STEP, held(step_page)),
    sent(BEGIN, held(begin)),
    sent(CONFIRM, held(confirm)),
    sent(PROVE, held(prove)),
    sent(REMOVE, held(remove)),
]
