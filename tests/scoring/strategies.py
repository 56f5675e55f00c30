"""Random questionnaires and answers: any number of factors, scales, weights, key practices and gaps."""

from hypothesis import strategies as st

from questionnaires.model import Questionnaire
from scoring.answers import Answer
from tests.scoring.building import QUARTERS, Asked, built

handy_weights = st.sampled_from([0.1, 0.5, 1.0, 1.0, 1.5, 2.0, 3.0])
any_weights = st.floats(0.001, 1000.0)
handy_values = st.sampled_from(
    [QUARTERS, (0.0, 1.0), (0.0, 0.4, 1.0), (0.1, 0.2, 0.3, 0.9), (0.0, 0.33, 0.67, 1.0)]
)
any_values = st.lists(st.floats(0, 1), min_size=2, max_size=7, unique=True).map(sorted).map(tuple)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw a questionnaire of one to three factors with one to seven practices each."""
    handy = draw(st.booleans())
    weights, values = (handy_weights, handy_values) if handy else (any_weights, handy_values | any_values)
    scales = st.sampled_from(draw(st.lists(values, min_size=1, max_size=3)))
    practices = st.builds(Asked, weight=weights, key=st.sampled_from([False, False, True]), values=scales)
    parts = draw(st.lists(st.lists(practices, min_size=1, max_size=7), min_size=1, max_size=3))
    names = [f"f{number}" for number in range(len(parts))]
    return built(dict(zip(names, parts, strict=True)), {name: draw(weights) for name in names})


@st.composite
def answers_to(draw: st.DrawFn, questionnaire: Questionnaire) -> tuple[Answer, ...]:
    """Draw answers of every state; some practices have none, some whole factors lean to one state."""
    given = []
    for factor in questionnaire.factors:
        lean = draw(st.sampled_from(["step", "mixed", "mixed", "high", "open", "not_applicable"]))
        for practice in factor.practices:
            steps = list(questionnaire.scale_of(practice).numbers)
            given += draw(_answers(practice.id, steps, lean))
    return tuple(given)


def _answers(practice: str, steps: list[str], lean: str) -> st.SearchStrategy[list[Answer]]:
    stepped = st.builds(Answer, st.just(practice), st.sampled_from(steps), outside=st.booleans())
    top = st.builds(Answer, st.just(practice), st.sampled_from(steps[-2:]))
    set_aside = st.just(Answer(practice, not_applicable=True, reason="No such office"))
    left_open = st.sampled_from([[], [Answer(practice)], [Answer(practice, reason="Audit under way")]])
    of_lean = {"step": stepped, "high": top, "not_applicable": set_aside, "mixed": stepped | top | set_aside}
    if lean == "open":
        return left_open
    one = of_lean[lean].map(lambda answer: [answer])
    return one | one | left_open if lean == "mixed" else one


@st.composite
def assessments(draw: st.DrawFn) -> tuple[Questionnaire, tuple[Answer, ...]]:
    """Draw a questionnaire and answers to it."""
    questionnaire = draw(questionnaires())
    return questionnaire, draw(answers_to(questionnaire))
