"""How long scoring a whole panel takes, as a multiple of a plain matrix product of the same size.

Run with ``python -m tests.benchmarks.panel``. The two are timed in turn, so that a busy machine slows both.
Scoring uses one core, so the first line holds the product to one core as well. The second line lets numpy
use every core for the product, as it does unless told otherwise; where another program keeps one of them
busy, that product becomes slow and the ratio says little.
"""

import os
import subprocess
import sys
from statistics import median
from time import perf_counter

import numpy as np

from questionnaires.model import Factor, LanguageWords, Practice, Questionnaire, Scale, Step, Structure
from scoring.panel import Panel, compile_panel

ADMINISTRATIONS, ROUNDS, FACTORS, PRACTICES = 186, 8, 10, 12
TURNS, BUDGET = 400, 4.0
ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def questionnaire_of_usual_size() -> Questionnaire:
    """Return ten factors of twelve practices on five steps; a third are key, weights are 1, 2 and 0.5."""
    steps = tuple(Step(id=f"s{number}", value=number / 4) for number in range(5))
    factors = tuple(
        Factor(
            id=f"f{f}",
            number=f + 1,
            practices=tuple(
                Practice(id=f"f{f}.p{p}", scale="maturity", weight=(1.0, 2.0, 0.5)[p % 3], key=p % 3 == 0)
                for p in range(PRACTICES)
            ),
        )
        for f in range(FACTORS)
    )
    scales = {"maturity": Scale(steps=steps)}
    structure = Structure(id="usual", default_language="en", scales=scales, factors=factors)
    words = LanguageWords(title="Usual size", scales={}, factors={}, practices={})
    return Questionnaire(structure=structure, languages={"en": words})


def measure(panel: Panel) -> tuple[float, float, float]:
    """Return the median seconds of a product and of a scoring, and the median of their ratios."""
    random = np.random.default_rng(1)
    size = (ADMINISTRATIONS * ROUNDS, FACTORS * PRACTICES)
    steps = random.integers(-2, 5, size).astype(np.int16)
    left, right = random.random(size), random.random((size[1], FACTORS))
    products, scorings = [], []
    for _ in range(TURNS):
        began = perf_counter()
        left @ right
        between = perf_counter()
        panel.score(steps)
        products.append(between - began)
        scorings.append(perf_counter() - between)
    ratios = [scoring / product for scoring, product in zip(scorings, products, strict=True)]
    return median(products), median(scorings), median(ratios)


def report(cores: str) -> None:
    """Print one line with the median ratio and the budget."""
    product, scoring, ratio = measure(compile_panel(questionnaire_of_usual_size()))
    print(
        f"panel of {ADMINISTRATIONS} x {ROUNDS} x {FACTORS * PRACTICES}: {scoring * 1e3:.2f} ms, "
        f"matrix product on {cores} {product * 1e3:.2f} ms, median ratio {ratio:.1f}, budget {BUDGET}",
        flush=True,
    )


def main() -> None:
    """Measure against the product on one core, in a process of its own, then on all cores."""
    if "--one-core" in sys.argv:
        report("one core")
        return
    command = [sys.executable, "-m", "tests.benchmarks.panel", "--one-core"]
    subprocess.run(command, env={**os.environ, **ONE_CORE}, check=True)
    report(f"{os.cpu_count()} cores")


if __name__ == "__main__":
    main()
