"""The fields that several forms have: a new password, typed twice, and a code of the second step."""

from arusha.access.people.passwords import SHORTEST
from arusha.access.web.answers import Field
from arusha.access.web.asking import Asked
from arusha.i18n import Translator
from questionnaires.problems import N_, refuse


def new_password(t: Translator) -> tuple[Field, Field]:
    """Return the two fields of a new password."""
    hint = t(
        "At least {count} characters. Several words that do not belong together do well.",
        count=t.number(SHORTEST),
    )
    new = Field("new", t("New password"), "new-password", "password", hint=hint)
    return new, Field("again", t("The same password again"), "new-password", "password")


def refuse_unless_the_same(asked: Asked) -> None:
    """Raise ``Refused`` when a new password was typed in two ways."""
    if asked["new"] != asked["again"]:
        fault = N_("The two passwords are not the same.")
        raise refuse("again", fault, N_("Type the new password twice."))


def code(t: Translator, hint: str = "", *, is_wrong: bool = False, is_optional: bool = False) -> Field:
    """Return the field of a code of the second step."""
    usual = t("From your app, or one of your recovery codes.")
    return Field(
        "code",
        t("Code"),
        "one-time-code",
        hint=hint or usual,
        is_wrong=is_wrong,
        is_optional=is_optional,
        comes_first=is_wrong,
    )
