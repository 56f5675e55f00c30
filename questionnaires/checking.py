"""The rules a questionnaire must obey, one function a rule, each fault with place and remedy."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise

from questionnaires import wholeness
from questionnaires.model import (
    HOLE,
    ID,
    PRACTICE_ID,
    Factor,
    LanguageWords,
    Practice,
    Scale,
    Structure,
)
from questionnaires.problems import N_, Problem, near, printable
from questionnaires.references import (
    default_language_is_there,
    follows_what_exists,
    place_of,
    scales_exist,
    undefined_scales,
)
from questionnaires.shapes import MOST, NO_GAPS, Gaps

Languages = Mapping[str, LanguageWords]
RESERVED_STEPS = ("not_applicable",)  # an answers file says this of a practice


def check(
    name: str,
    structure: Structure,
    languages: Languages,
    followed: Structure | None = None,
    gaps: Gaps = NO_GAPS,
) -> list[Problem]:
    """Return every fault of a questionnaire whose files could be read.

    ``name`` is the directory's name; ``followed`` the structure of the edition it continues;
    ``gaps`` what could not be read and therefore is not held against the rest.
    """
    at = f"{name}/structure.toml"
    problems = list(islice(_faults_of_structure(at, structure, languages, followed, gaps), MOST))
    problems += islice(wholeness.unworded_lists(name, structure, languages), MOST)
    doubtful = doubtful_ids(structure)
    for language, words in languages.items():
        faults = wholeness.faults(f"{name}/text.{language}.toml", structure, words, doubtful)
        problems += islice(faults, MOST)
    return problems


def _faults_of_structure(
    at: str, structure: Structure, languages: Languages, followed: Structure | None, gaps: Gaps
) -> Iterator[Problem]:
    yield from ids_are_unique(at, structure, gaps)
    yield from lists_have_no_repeats(at, structure)
    yield from practices_bear_their_factor(at, structure)
    yield from scales_rise(at, structure, gaps)
    yield from steps_are_not_reserved(at, structure)
    yield from scales_exist(at, structure)
    yield from default_language_is_there(at, structure, languages, gaps)
    yield from follows_what_exists(at, structure, followed, gaps)
    yield from the_same_goes_on_once(at, structure)


def ids_are_unique(at: str, structure: Structure, gaps: Gaps) -> Iterator[Problem]:
    """Require that factors, their numbers, practices, steps and a practice's measures come once."""
    factors = structure.factors
    known = [f for i, f in enumerate(factors) if not gaps.has("factors", i, "number")]
    yield from _repeated(f"{at} · factors", (factor.id for factor in factors))
    yield from _repeated(f"{at} · factors", (f"number = {factor.number}" for factor in known))
    yield from _repeated(f"{at} · practices", (practice.id for practice in structure.practices))
    for scale_id, scale in structure.scales.items():
        yield from _repeated(f"{at} · scales.{printable(scale_id)}", (step.id for step in scale.steps))
    for practice in structure.practices:
        yield from _repeated(place_of(at, practice), (measure.id for measure in practice.measures))


def _repeated(at: str, ids: Iterable[str]) -> Iterator[Problem]:
    for found, times in Counter(ids).items():
        if times > 1 and found:
            values = {"id": printable(found), "times": times}
            yield Problem(at, N_("{id} is there {times} times."), N_("Give each its own."), values)


def lists_have_no_repeats(at: str, structure: Structure) -> Iterator[Problem]:
    """Require that a practice names a driver, an owner, a commitment or a reference once."""
    for practice in structure.practices:
        for key in ("drivers", "owner", "commitments", "references"):
            for found, times in Counter(getattr(practice, key)).items():
                if times > 1 and found:
                    values = {"id": printable(found), "times": times, "key": key}
                    fault = N_("{id} is there {times} times in {key}.")
                    yield Problem(place_of(at, practice), fault, N_("Name it once."), values)
        for found, times in Counter(practice.follows.ids if practice.follows else ()).items():
            if times > 1 and found:
                values = {"id": printable(found), "times": times, "key": "follows"}
                fault = N_("{id} is there {times} times in {key}.")
                yield Problem(place_of(at, practice), fault, N_("Name it once."), values)


def the_same_goes_on_once(at: str, structure: Structure) -> Iterator[Problem]:
    """Require that "same" joins one practice to one: what was split or merged asks something else."""
    taken: dict[str, str] = {}
    for practice in structure.practices:
        follows = practice.follows
        if follows is None or follows.class_ != "same" or not follows.id:
            continue
        values = {"id": printable(follows.id), "other": printable(taken.get(follows.id, ""))}
        if follows.with_:
            fault = N_("It takes in several practices, so it is not the same as {id}.")
            yield Problem(
                place_of(at, practice), fault, N_('Make the class "indirect" or "subject".'), values
            )
        elif follows.id in taken:
            fault = N_("It is said to be the same as {id}, and so is {other}.")
            remedy = N_('Only one can be; make the other "indirect" or "subject".')
            yield Problem(place_of(at, practice), fault, remedy, values)
        taken.setdefault(follows.id, practice.id)


def practices_bear_their_factor(at: str, structure: Structure) -> Iterator[Problem]:
    """Require that a practice's id is its factor's id, a dot, and more."""
    times = Counter(factor.id for factor in structure.factors)
    for factor in structure.factors:
        values: dict[str, object] = {"factor": printable(factor.id)}
        if other := _other_prefix(factor, times):
            values["other"] = printable(other)
            fault = N_("All practices of factor {factor} begin with {other}.")
            yield Problem(place_of(at, factor), fault, N_("Make the two the same."), values)
            continue
        for practice in _misplaced(factor, times):
            fault = N_("The practice stands in factor {factor}, but its id does not begin with it.")
            remedy = N_("Call it {factor}.…, or move it to its own factor.")
            yield Problem(place_of(at, practice), fault, remedy, values)


def _misplaced(factor: Factor, times: Counter[str]) -> list[Practice]:
    """Return the practices whose id is written well but has not the prefix of their factor."""
    if not factor.id or times[factor.id] > 1:
        return []
    well = [practice for practice in factor.practices if PRACTICE_ID.fullmatch(practice.id)]
    return [practice for practice in well if not practice.id.startswith(f"{factor.id}.")]


def _other_prefix(factor: Factor, times: Counter[str]) -> str:
    """Return the prefix that all practices bear and no factor: then it is the factor's id that is wrong."""
    prefixes = {practice.id.partition(".")[0] for practice in factor.practices}
    prefixes = {prefix for prefix in prefixes if prefix not in times}
    is_alone = len(prefixes) == 1 and len(_misplaced(factor, times)) == len(factor.practices)
    return prefixes.pop() if is_alone else ""


def doubtful_ids(structure: Structure) -> frozenset[str]:
    """Return the ids with a fault of their own: no text is blamed for having them otherwise."""
    practices, factors, scales = structure.practices, structure.factors, structure.scales
    steps = [step.id for scale in scales.values() for step in scale.steps]
    measures = [measure.id for practice in practices for measure in practice.measures]
    doubtful = [p.id for p in practices if not PRACTICE_ID.fullmatch(p.id)]
    doubtful += [
        one for one in [*(f.id for f in factors), *scales, *steps, *measures] if not ID.fullmatch(one)
    ]
    times = Counter(factor.id for factor in factors)
    for factor in factors:
        is_factor = _other_prefix(factor, times)
        doubtful += [factor.id] if is_factor else [p.id for p in _misplaced(factor, times)]
    undefined = undefined_scales(structure)
    doubtful += [*RESERVED_STEPS, *undefined, *(near(name, scales) for name in undefined)]
    return frozenset(doubtful) - {HOLE}


def scales_rise(at: str, structure: Structure, gaps: Gaps) -> Iterator[Problem]:
    """Require that each step of a scale is worth more than the one before it."""
    broken = {place[1] for place in gaps.holes if place[:1] == ("scales",) and len(place) > 1}
    for scale_id, scale in structure.scales.items():
        if scale_id not in broken:
            yield from _falls(f"{at} · scales.{printable(scale_id)}", scale)


def _falls(at: str, scale: Scale) -> Iterator[Problem]:
    for before, after in pairwise(scale.steps):
        if after.value <= before.value:
            values = {"after": after.id, "a": after.value, "before": before.id, "b": before.value}
            fault = N_("The scale does not rise: {after} is worth {a}, {before} before it {b}.")
            remedy = N_("Order the steps so that each is worth more than the one before.")
            yield Problem(at, fault, remedy, values)


def steps_are_not_reserved(at: str, structure: Structure) -> Iterator[Problem]:
    """Require that no step bears a word that an answers file uses for something else."""
    for scale_id, scale in structure.scales.items():
        for step in scale.steps:
            if step.id in RESERVED_STEPS:
                fault = N_("A step cannot be called {id}: an answers file says this of a whole practice.")
                place = f"{at} · scales.{printable(scale_id)}"
                yield Problem(place, fault, N_("Give the step another id."), {"id": step.id})
