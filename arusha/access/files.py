"""Files that a person takes away, each made when it is asked for by a service that decides if they may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from arusha.access.rules import Actor
from arusha.i18n import Translator
from arusha.store import Store

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARKDOWN = "text/markdown; charset=utf-8"


@dataclass(frozen=True)
class File:
    """A file as it leaves the program."""

    name: str
    kind: str
    content: bytes


Maker = Callable[[Actor, Store, Translator, str], File]
"""Makes the file of an id, or raises ``Refused``."""


def address(maker: str, what: str, t: Translator, space: str = "") -> str:
    """Return where a file is fetched: who makes it, of what, in the reader's language and time."""
    asked = {"language": t.language, "zone": t.zone, "space": space}
    return (
        f"/files/{maker}.{quote(what)}?{urlencode({name: value for name, value in asked.items() if value})}"
    )


def made(makers: Mapping[str, Maker], actor: Actor, store: Store, t: Translator, given: str) -> File | None:
    """Return the file of an id ``maker.what``; None when nobody makes such a file."""
    maker, _, what = given.partition(".")
    return makers[maker](actor, store, t, what) if maker in makers and what else None
