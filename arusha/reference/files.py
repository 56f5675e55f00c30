"""The files of the reference that a person takes away: a questionnaire as workbook and as text."""

from arusha.access.files import MARKDOWN, XLSX, File, Maker
from arusha.access.rules import Actor
from arusha.i18n import Translator
from arusha.reference import service, workbook
from arusha.reference.content import Content, content_of
from arusha.reference.document import document
from arusha.store import Store
from questionnaires.problems import N_, printable, refuse


def as_workbook(actor: Actor, store: Store, t: Translator, what: str) -> File:
    """Return an edition as a workbook."""
    content = _content(actor, store, t, what)
    return File(f"{_name(content)}.xlsx", XLSX, workbook.write(content))


def as_text(actor: Actor, store: Store, t: Translator, what: str) -> File:
    """Return an edition as a text in Markdown."""
    content = _content(actor, store, t, what)
    return File(f"{_name(content)}.md", MARKDOWN, document(content).encode())


def _content(actor: Actor, store: Store, t: Translator, what: str) -> Content:
    found = [one for one in service.editions(actor, store) if one.id == what]
    if not found:
        fault, remedy = N_("There is no questionnaire with this id."), N_("Choose one on the page.")
        raise refuse(printable(what) or "edition", fault, remedy)
    return content_of(t, found[0])


def _name(content: Content) -> str:
    return f"{content.questionnaire.id}-{content.language}"


MAKERS: dict[str, Maker] = {"questionnaire-workbook": as_workbook, "questionnaire-text": as_text}
