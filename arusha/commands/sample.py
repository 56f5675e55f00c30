"""``sample``: load the fictional sample, so that everything can be tried out."""

from arusha.access.rules import LOCAL
from arusha.commands import telling
from arusha.commands.opening import opened
from arusha.plans import sample as data

app = telling.commands("Load the fictional sample.")


@app.command()
def sample() -> None:
    """Load the fictional sample into its own database.

    Rounds and plans that are there already stay as they are.
    """
    t = telling.speaker()
    with opened(sample=True) as store:
        came_in = data.load(LOCAL, store)
        telling.say(
            t.many(
                "{count} round came in: {name}",
                "{count} rounds came in: {name}",
                came_in.rounds,
                name=store.name,
            )
        )
        telling.say(t.many("{count} plan came in.", "{count} plans came in.", came_in.plans))
