"""``sample``: load the fictional sample, so that everything can be tried out."""

from arusha.access.rules import LOCAL
from arusha.assessments import sample as data
from arusha.commands import telling
from arusha.commands.opening import opened

app = telling.commands("Load the fictional sample.")


@app.command()
def sample() -> None:
    """Load the fictional sample into its own database.

    Rounds that are there already stay as they are.
    """
    t = telling.speaker()
    with opened(sample=True) as store:
        count = data.load(LOCAL, store)
        telling.say(
            t.many("{count} round came in: {name}", "{count} rounds came in: {name}", count, name=store.name)
        )
