"""The files of assessments that a person takes away: a profile, the list of what was carried over."""

from arusha.access.files import XLSX, File, Maker
from arusha.access.rules import Actor
from arusha.assessments import disclosure, service, workbook
from arusha.i18n import Translator
from arusha.store import Store


def profile(actor: Actor, store: Store, t: Translator, what: str) -> File:
    """Return the workbook of a profile; ``what`` is the round, a dot, and the revision (0: as it stands)."""
    round_id, _, revision = what.partition(".")
    exported = service.exported(actor, store, round_id, int(revision) if revision.isdecimal() else 0)
    round_ = exported.seen.round
    name = f"arusha-{round_.administration}-{round_.year}.xlsx"
    return File(name, XLSX, workbook.write(t, exported))


def carried(actor: Actor, store: Store, t: Translator, what: str) -> File:
    """Return the workbook of what was carried over into a round."""
    sheet = service.exported_receipt(actor, store, what)
    name = f"arusha-{sheet.round.administration}-{sheet.round.year}-carried-over.xlsx"
    return File(name, XLSX, workbook.write_receipt(t, sheet))


def disclosed(actor: Actor, store: Store, t: Translator, what: str) -> File:
    """Return the workbook of what an administration disclosed of a round."""
    exported = disclosure.exported(actor, store, what)
    round_ = exported.seen.round
    name = f"arusha-{round_.administration}-{round_.year}-disclosed.xlsx"
    return File(name, XLSX, workbook.write(t, exported))


MAKERS: dict[str, Maker] = {"profile": profile, "carried": carried, "disclosed": disclosed}
