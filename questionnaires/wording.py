"""What is said about each fault of shape: our own words for every kind of fault that pydantic can find."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic_core import ErrorDetails

from questionnaires.problems import N_, Problem, near, printable

README = N_("Correct it; questionnaires/README.md says what may stand here.")
SAID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "missing": (
            N_("The key {key} is missing."),
            N_("Add it; questionnaires/README.md lists every key."),
        ),
        "extra_forbidden": (
            N_("The key {key} is not known."),
            N_("Remove it, or see the keys in questionnaires/README.md."),
        ),
        "string_type": (N_("{entry}: this must be text."), N_("Put it in quotation marks.")),
        "bool_type": (N_("{entry}: this must be true or false."), N_("Write it without quotation marks.")),
        "int_type": (N_("{entry}: this must be a whole number."), N_("Write it in digits only.")),
        "float_type": (
            N_("{entry}: this must be a number."),
            N_("Write it in digits, without quotation marks."),
        ),
        "finite_number": (N_("{entry}: this is not an ordinary number."), N_("Write a number such as 1.0.")),
        "greater_than": (N_("{entry}: this must be above {limit}."), N_("Write a greater number.")),
        "greater_than_equal": (N_("{entry}: this must not be below {limit}."), N_("Write a greater number.")),
        "less_than_equal": (N_("{entry}: this must not be above {limit}."), N_("Write a smaller number.")),
        "tuple_type": (
            N_("{entry}: this must be a list."),
            N_("Put it in square brackets; each table of a list begins with two of them, as in [[factors]]."),
        ),
        "dict_type": (
            N_("{entry}: this must be a table with keys of its own."),
            N_("Write it as in the example of questionnaires/README.md."),
        ),
        "model_type": (
            N_("{entry}: this must be a table with keys of its own."),
            N_("Write it as in the example of questionnaires/README.md."),
        ),
        "too_short": (
            N_("The list {key} needs {limit} or more entries; it has {found}."),
            N_("Add what is missing."),
        ),
        "literal_error": (N_("{entry}: this word is not possible here."), N_("Use one of: {allowed}.")),
        "id": (
            N_("{entry}: an id has only small letters a-z, digits and _, and begins with a letter."),
            N_("Change the id here and wherever it is used."),
        ),
        "practice_id": (
            N_("{entry}: a practice's id is two names with a dot between, in small letters a-z, digits, _."),
            N_("Write the factor's id, a dot and a name of its own, here and wherever it is used."),
        ),
        "administration": (
            N_("{entry}: this is not the code of an administration."),
            N_("Write its two capital letters, as in XA."),
        ),
        "language": (N_("{entry}: this is not a language."), N_("Write it like fr, es or pt_BR.")),
        "words": (N_("{entry}: nothing is written here."), N_("Write what belongs here.")),
        "text": (
            N_("{entry}: this has a control character, which no page can show."),
            N_("Write the text again without it."),
        ),
    }
)
FALLBACK = (N_("{entry}: this is not possible here."), README)
DID_YOU_MEAN = N_("Did you mean {meant}?")


def said_of(
    place: str, fault: ErrorDetails, key: int | str, entry: str, meant: str, allowed: tuple[str, ...]
) -> Problem:
    """Return the problem for one fault; ``entry`` shows the key with its value, ``meant`` the near name."""
    value, context = fault["input"], fault.get("ctx", {})
    kind = "finite_number" if fault["type"] == "float_type" and type(value) is int else fault["type"]
    text, remedy = SAID.get(kind, FALLBACK)
    if kind == "literal_error" and isinstance(value, str):
        meant = near(value, allowed)
    limit = next((context[name] for name in ("gt", "ge", "le", "min_length") if name in context), "")
    values = {
        "key": printable(str(key)),
        "entry": entry,
        "limit": f"{limit:g}" if isinstance(limit, float) else limit,
        "found": len(value) if isinstance(value, list) else "",
        "allowed": ", ".join(allowed),
        "meant": meant,
    }
    return Problem(place, text, DID_YOU_MEAN if meant else remedy, values)


def shown(value: object) -> str:
    """Return a value as it may stand in the file, short, on one line and the same in every language."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return printable(json.dumps(printable(value), ensure_ascii=False))
        case dict():
            return "{…}"
        case list():
            return "[…]"
        case int() if abs(value) >= 10**15:
            return f"{str(value)[:1]}…" if abs(value) < 10**4000 else "…"
    return printable(str(value))


def shown_entry(key: int | str, value: Any, parent: int | str = "") -> str:
    """Return ``key = value``, or for an entry of a list ``list = [… value …]``."""
    if isinstance(key, int):
        return f"{printable(str(parent))} = [… {shown(value)} …]"
    return f"{printable(key)} = {shown(value)}"
