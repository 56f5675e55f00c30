"""The forms at the door: sign in, sign out, and take up an invitation."""

from urllib.parse import quote

from starlette.responses import Response
from starlette.routing import BaseRoute

from arusha.access.people import invitations, sessions
from arusha.access.people.session_rows import Opened
from arusha.access.web import cookies, oidc
from arusha.access.web.answers import Field, Form, Link, faults, page
from arusha.access.web.asking import Asked
from arusha.access.web.fields import code, new_password, refuse_unless_the_same
from arusha.access.web.paths import HOME, INVITATION, PROVIDER, SIGN_IN, SIGN_OUT, local
from arusha.access.web.routes import sent, shown, to
from questionnaires.problems import Refused

STATUS = {"": 200, "network": 429}  # by the place of the problem; any other is 401


def sign_in_form(asked: Asked, refused: Refused | None = None) -> Response:
    """Show the sign-in form, with what was wrong with the last try."""
    t, back = asked.t, local(asked["next"])
    place = refused.problems[0].place if refused else ""
    holder = sessions.holder_of(asked.store, asked.session) if asked.session else None
    is_named = bool(asked["name"])
    name = Field("name", t("Name"), "username", value=asked["name"], comes_first=not is_named)
    password = Field(
        "password",
        t("Password"),
        "current-password",
        "password",
        is_wrong=place == "sign-in",
        comes_first=is_named and place != "code",
    )
    hint = "" if place == "code" else t("Leave this empty if you have not set up a second step.")
    fields = (name, password, code(t, hint, is_wrong=place == "code", is_optional=place != "code"))
    return page(
        t,
        "form.html",
        t("Sign in"),
        status=STATUS.get(place, 401),
        faults=faults(t, refused),
        said=t("You are signed in as {name} already.", name=holder.name) if holder else "",
        form=Form(SIGN_IN, t("Sign in"), fields, along=(("next", back),)),
        other=_provider(asked),
        links=[Link(back, t("Go on as {name}", name=holder.name))] if holder else [],
    )


def sign_in(asked: Asked) -> Response:
    """Open a session and go on to the page that was asked for, or show the form again."""
    typed = (asked["name"], asked["password"], asked["code"])
    try:
        opened = sessions.sign_in(asked.store, *typed, asked.network)
    except Refused as refused:
        return sign_in_form(asked, refused)
    return entered(asked, opened, local(asked["next"]))


def entered(asked: Asked, opened: Opened, back: str = HOME) -> Response:
    """End the session this browser had, give it the new one, and go on."""
    if asked.session:
        sessions.end(asked.store, asked.session)
    answer = to(back)
    cookies.give(answer, asked.now, opened.token)
    return answer


def sign_out_form(asked: Asked) -> Response:
    """Ask whether to sign out, for whoever follows a link here: a link alone signs nobody out."""
    t = asked.t
    form = Form(SIGN_OUT, t("Sign out"))
    lead = t("You will be signed out in every tab of this browser.")
    links = [Link(HOME, t("Back to the program"))]
    return page(t, "form.html", t("Sign out"), lead=lead, form=form, links=links)


def sign_out(asked: Asked) -> Response:
    """End the session, in every tab of this browser, and take drafts away that were never sent."""
    if asked.session:
        sessions.end(asked.store, asked.session)
    answer = to(SIGN_IN)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    cookies.take_back(answer, asked.now)
    return answer


def invitation_form(asked: Asked, refused: Refused | None = None) -> Response:
    """Show whom an invitation is for, and ask for a password; nothing is used up by looking."""
    t, token = asked.t, asked["token"]
    invited = invitations.look(asked.store, token)
    if invited is None:
        return _useless(asked)
    name = Field("name", t("Name"), "username", value=invited.name, is_fixed=True)
    fields = (name, *new_password(t), *([code(t)] if invited.has_second_step else []))
    return page(
        t,
        "form.html",
        t("Welcome, {name}", name=invited.name),
        status=400 if refused else 200,
        lead=t("You were invited. Choose a password; it signs you in from now on."),
        faults=faults(t, refused),
        form=Form(INVITATION, t("Set the password and sign in"), fields, along=(("token", token),)),
        other=_provider(asked, token),
    )


def invitation(asked: Asked) -> Response:
    """Set the password, use the invitation up, and sign in with it."""
    try:
        refuse_unless_the_same(asked)
        opened = invitations.accept(asked.store, asked["token"], asked["new"], code=asked["code"])
    except Refused as refused:
        return invitation_form(asked, refused)
    return entered(asked, opened)


def _useless(asked: Asked) -> Response:
    """Say that an invitation cannot be used, and how to come by another."""
    t = asked.t
    lead = t(
        "This invitation was used, is older than three days, was replaced by a newer one, or its address "
        "was not copied whole. Ask who invited you for a new one."
    )
    links = [Link(SIGN_IN, t("Sign in"))]
    return page(t, "form.html", t("This invitation does not hold"), status=410, lead=lead, links=links)


def _provider(asked: Asked, token: str = "") -> Link | None:
    """Return the way over another provider, when there is one."""
    if not oidc.is_offered(asked.now):
        return None
    t, invited = asked.t, f"?invitation={quote(token)}" if token else ""
    return Link(PROVIDER + invited, t("Sign in with your organisation's account"), t("or"))


ROUTES: list[BaseRoute] = [
    shown(SIGN_IN, sign_in_form),
    sent(SIGN_IN, sign_in),
    shown(SIGN_OUT, sign_out_form),
    sent(SIGN_OUT, sign_out),
    shown(INVITATION, invitation_form),
    sent(INVITATION, invitation),
]
