"""What a person can read of the questionnaires that come with the program."""

from arusha.access.guarding import guarded
from arusha.access.rules import Actor, Permission, require
from arusha.store import Store
from questionnaires import loading
from questionnaires.model import Questionnaire


@guarded
def editions(actor: Actor, store: Store) -> tuple[Questionnaire, ...]:
    """Return every edition, oldest name first; raise ``Refused`` when the actor may not read them.

    Editions come with the program; ``store`` is there because every service takes one.
    """
    require(actor, Permission.QUESTIONNAIRE_READ)
    return tuple(loading.edition(name) for name in loading.editions())
