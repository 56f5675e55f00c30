"""``upgrade``: bring the database to the version of this program."""

from arusha.commands import telling
from arusha.commands.opening import Sample, opened
from arusha.store.schema import HEAD

app = telling.commands("Bring the database to this program's version.")


@app.command()
def upgrade(sample: Sample = False) -> None:
    """Bring the database to this version.

    Says which version it had and which it has now.
    """
    t = telling.speaker()
    with opened(sample=sample) as store:
        values = {"name": store.name, "was": store.came_from, "now": HEAD}
    if values["was"] == HEAD:
        telling.say(t("{name} is of version {now} already; nothing changed.", **values))
    elif values["was"]:
        telling.say(t("{name} was of version {was} and is now of version {now}.", **values))
    else:
        telling.say(t("{name} was empty and is now of version {now}.", **values))
