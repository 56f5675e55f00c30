"""What a person sets for themselves: the language they read in."""

from sqlalchemy import select

from arusha.access.guarding import guarded
from arusha.access.records import PreferenceRecord
from arusha.access.rules import Actor, Permission, require
from arusha.i18n import offered
from arusha.store import Store
from questionnaires.problems import N_, near, printable, refuse


@guarded
def language_of(actor: Actor, store: Store) -> str:
    """Return the language a person chose, '' when they left it to their browser."""
    require(actor, Permission.PREFERENCE_SET)
    with store.reading(actor) as session:
        chosen = select(PreferenceRecord.language).where(PreferenceRecord.actor == actor.id)
        return session.scalar(chosen) or ""


@guarded
def choose_language(actor: Actor, store: Store, language: str) -> None:
    """Keep the language a person chose; raise ``Refused`` for one the program is not offered in."""
    require(actor, Permission.PREFERENCE_SET)
    if language not in offered():
        meant = near(language[:40], offered())
        remedy = N_("Did you mean {meant}?") if meant else N_("Use one of: {known}.")
        fault = N_("The program does not speak this language.")
        raise refuse(
            printable(language) or "language", fault, remedy, meant=meant, known=", ".join(offered())
        )
    with store.writing(actor) as session:
        session.merge(PreferenceRecord(actor=actor.id, language=language))
