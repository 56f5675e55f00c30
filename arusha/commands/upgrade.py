"""``upgrade``: bring the database to the version of this program, and put up the guard over its rows."""

from contextlib import closing

from arusha import settings, tables
from arusha.commands import telling
from arusha.commands.opening import Sample
from arusha.store import guard, open_store
from arusha.store.schema import HEAD

app = telling.commands("Bring the database to this program's version.")
EVERY_TABLE = tables  # each is guarded


@app.command()
def upgrade(sample: Sample = False) -> None:
    """Bring the database to this version.

    Says which version it had and which it has now. On PostgreSQL in server mode it works as the role of
    ARUSHA_OWNER_URL and guards the rows of every table against the program's own role.
    """
    t, now = telling.speaker(), settings.read()
    role = guard.role_for(now.database_url, now.owner_url) if now.serves_people and not sample else ""
    url = now.owner_url if role else now.database_url
    with closing(open_store(now.sample_url if sample else url, role=role)) as store:
        values = {"name": store.name, "was": store.came_from, "now": HEAD, "role": role}
    if values["was"] == HEAD and role:
        telling.say(t("{name} is of version {now} already.", **values))
    elif values["was"] == HEAD:
        telling.say(t("{name} is of version {now} already; nothing changed.", **values))
    elif values["was"]:
        telling.say(t("{name} was of version {was} and is now of version {now}.", **values))
    else:
        telling.say(t("{name} was empty and is now of version {now}.", **values))
    if role:
        telling.say(t("The rows of every table are guarded against {role}.", **values))
