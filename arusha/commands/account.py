"""``account``: make, list, change, disable and invite the people of a server."""

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from arusha import settings
from arusha.access.people import account_rules, accounts, invitations, passwords
from arusha.access.people.account_rules import Draft
from arusha.access.people.accounts import Account
from arusha.access.roles import Role
from arusha.access.rules import LOCAL
from arusha.commands import telling
from arusha.commands.opening import opened
from arusha.i18n import Translator
from arusha.members.reference import is_fictional, meant, members
from arusha.store import Store
from questionnaires.problems import N_, Problem, Refused, printable, refuse

app = telling.commands("Work with the accounts of people who sign in to a server.")

HERE = "http://127.0.0.1:8501"  # where a server is found that no address was set for
LONGEST_LINE = 4096  # bytes of a password on stdin

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name the person signs in with.")]
Kind = Annotated[str, typer.Option(help=f"One of: {', '.join(Role)}.")]
Code = Annotated[
    str | None, typer.Option(metavar="CODE", help="ISO 3166 code of the administration, e.g. KE.")
]
RegionId = Annotated[str | None, typer.Option(help="WCO region of a regional office.")]
Factors = Annotated[
    str | None, typer.Option(metavar="A,B", help="Ids of the factors that a contributor answers for.")
]
Assigned = Annotated[
    str | None, typer.Option(metavar="XA,XB", help="Administrations that a reviewer was asked to review.")
]


@app.command()
def add(
    name: Name,
    role: Kind,
    administration: Code = None,
    region: RegionId = None,
    factors: Factors = None,
    assigned: Assigned = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from stdin, one line.")
    ] = False,
) -> None:
    """Make an account, and print a link with which the person sets a password."""
    t = telling.speaker()
    draft = Draft(
        name,
        role,
        administration or "",
        region or "",
        frozenset(_listed(factors) or ()),
        frozenset(_listed(assigned) or ()),
    )
    password = _password() if password_stdin else ""
    problems = [*account_rules.faults_of(draft), *_foreign(draft.administration, draft.assigned)]
    if problems:
        raise Refused([*problems, *(passwords.faults_of(password, name) if password else [])])
    with opened() as store:
        made = accounts.add(
            LOCAL,
            store,
            name,
            role,
            administration=draft.administration,
            region=draft.region,
            factors=draft.factors,
            assigned=draft.assigned,
            password=password,
        )
        telling.say(t("The account {name} is made.", name=made.name))
        if not password_stdin:
            _say_invitation(t, store, name)


@app.command("list")
def list_(
    in_json: Annotated[bool, typer.Option("--json", help="Print the accounts as JSON.")] = False,
) -> None:
    """List every account."""
    t = telling.speaker()
    with telling.refusals_in({} if in_json else None), opened() as store:
        found = accounts.listed(LOCAL, store)
    if in_json:
        telling.send_json([_row(account) for account in found])
    elif found:
        telling.say(*telling.table([_cells(t, account) for account in found]))
    else:
        telling.say(t("There is no account yet."))


@app.command()
def change(
    name: Name,
    role: Annotated[str | None, typer.Option(help=f"One of: {', '.join(Role)}.")] = None,
    administration: Code = None,
    region: RegionId = None,
    factors: Factors = None,
    assigned: Assigned = None,
) -> None:
    """Change an account; the person has to sign in again."""
    t = telling.speaker()
    if problems := _foreign(administration or "", _listed(assigned) or ()):
        raise Refused(problems)
    with opened() as store:
        accounts.change(
            LOCAL,
            store,
            name,
            role=role,
            administration=administration,
            region=region,
            factors=_listed(factors),
            assigned=_listed(assigned),
        )
    telling.say(t("The account {name} is changed; its sessions have ended.", name=name))


@app.command()
def disable(name: Name) -> None:
    """Let an account sign in no more; its sessions and invitations end."""
    t = telling.speaker()
    with opened() as store:
        accounts.disable(LOCAL, store, name)
    telling.say(t("The account {name} is disabled; its sessions have ended.", name=name))


@app.command()
def enable(name: Name) -> None:
    """Let a disabled account sign in again."""
    t = telling.speaker()
    with opened() as store:
        accounts.enable(LOCAL, store, name)
    telling.say(t("The account {name} can sign in again.", name=name))


@app.command()
def invite(
    name: Name,
    without_second_step: Annotated[
        bool,
        typer.Option("--without-second-step", help="Remove the second step of somebody who has lost it."),
    ] = False,
) -> None:
    """Print a link with which the person sets a new password; earlier links end."""
    t = telling.speaker()
    with opened() as store:
        _say_invitation(t, store, name, without_second_step=without_second_step)


def _say_invitation(t: Translator, store: Store, name: str, *, without_second_step: bool = False) -> None:
    made = invitations.invite(LOCAL, store, name, without_second_step=without_second_step)
    origin = settings.read().origin or HERE
    telling.say(
        t(
            "With this link the person sets a password, once, until {moment} (UTC):",
            moment=t.moment(made.ends_at),
        ),
        f"{origin}/auth/invitation?token={made.token}",
    )


def _password() -> str:
    """Return the first line of stdin, without its end; raise ``Refused`` when there is none."""
    line = sys.stdin.buffer.readline(LONGEST_LINE).decode("utf-8", "surrogateescape").rstrip("\r\n")
    if not line:
        fault, remedy = N_("There is no password on stdin."), N_("Send it as one line.")
        raise refuse("password", fault, remedy)
    return line


def _listed(text: str | None) -> list[str] | None:
    """Return what stands between commas, None when nothing was said."""
    return None if text is None else [part.strip() for part in text.split(",") if part.strip()]


def _foreign(administration: str, assigned: Iterable[str]) -> list[Problem]:
    """Return a problem for each code that neither a WCO Member nor a fictional administration has."""
    said = [("administration", administration), *(("assigned", code) for code in sorted(assigned))]
    return [
        _unknown(place, code)
        for place, code in said
        if account_rules.is_code(code) and code not in members() and not is_fictional(code)
    ]


def _unknown(place: str, code: str) -> Problem:
    near = meant(code)
    fault = N_("{code} is not the code of a WCO Member.")
    remedy = N_("Use the two-letter ISO 3166 code in capitals, or XA to XZ for a fictional administration.")
    remedy = N_("Did you mean {meant}?") if near else remedy
    return Problem(place, fault, remedy, {"code": printable(code, 20), "meant": near})


def _row(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "role": account.role,
        "administration": account.administration,
        "region": account.region,
        "factors": sorted(account.factors),
        "assigned": sorted(account.assigned),
        "disabled": account.disabled,
        "password": account.has_password,
        "second_step": account.has_second_step,
        "made_at": account.made_at.isoformat(timespec="seconds"),
    }


def _cells(t: Translator, account: Account) -> list[str]:
    """Return an account as a row of the table: what a reader has to know stands in words at its end."""
    notes = {
        t("disabled"): account.disabled,
        t("no password yet"): not account.has_password,
        t("with a second step"): account.has_second_step,
    }
    own = ",".join(sorted(account.factors | account.assigned))
    said = ", ".join(note for note, is_so in notes.items() if is_so)
    return [account.name, account.role, account.administration or account.region, own, said]
