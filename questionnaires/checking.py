"""The rules a questionnaire must obey, one function a rule, each fault with place and remedy."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from questionnaires import wholeness
from questionnaires.model import (
    HOLE,
    ID,
    LANGUAGE,
    PRACTICE_ID,
    Factor,
    LanguageWords,
    Practice,
    Scale,
    Structure,
)
from questionnaires.problems import N_, Problem, near, printable
from questionnaires.shapes import MOST
from questionnaires.wording import DID_YOU_MEAN

Languages = Mapping[str, LanguageWords]
RESERVED_STEPS = ("not_applicable",)  # an answers file says this of a practice
LISTED = 12  # names shown in one message


@dataclass(frozen=True)
class Gaps:
    """What could not be read, so that no rule complains of what only follows from it.

    ``holes`` are places in the structure, ``tags`` the languages of files that are there but unreadable.
    """

    holes: frozenset[tuple[int | str, ...]] = frozenset()
    tags: tuple[str, ...] = ()
    followed: bool = False


def check(
    name: str,
    structure: Structure,
    languages: Languages,
    followed: Structure | None = None,
    gaps: Gaps = Gaps(),
) -> list[Problem]:
    """Return every fault of a questionnaire whose files could be read.

    ``name`` is the directory's name; ``followed`` the structure of the edition it continues.
    """
    at = f"{name}/structure.toml"
    problems = list(islice(_faults_of_structure(at, structure, languages, followed, gaps), MOST))
    problems += wholeness.unworded_lists(name, structure, languages)
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


def ids_are_unique(at: str, structure: Structure, gaps: Gaps) -> Iterator[Problem]:
    """Require that factors, their numbers, practices, steps and a practice's measures come once."""
    factors = structure.factors
    known = [f for i, f in enumerate(factors) if ("factors", i, "number") not in gaps.holes]
    yield from _repeated(f"{at} · factors", (factor.id for factor in factors))
    yield from _repeated(f"{at} · factors", (f"number = {factor.number}" for factor in known))
    yield from _repeated(f"{at} · practices", (practice.id for practice in structure.practices))
    for scale_id, scale in structure.scales.items():
        yield from _repeated(f"{at} · scales.{printable(scale_id)}", (step.id for step in scale.steps))
    for practice in structure.practices:
        yield from _repeated(_place(at, practice), (measure.id for measure in practice.measures))


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
                    yield Problem(_place(at, practice), fault, N_("Name it once."), values)


def _place(at: str, entry: Factor | Practice) -> str:
    return f"{at} · {printable(entry.id)}" if entry.id else at


def practices_bear_their_factor(at: str, structure: Structure) -> Iterator[Problem]:
    """Require that a practice's id is its factor's id, a dot, and more."""
    for factor in structure.factors:
        values: dict[str, object] = {"factor": printable(factor.id)}
        if other := _other_prefix(structure, factor):
            values["other"] = printable(other)
            fault = N_("All practices of factor {factor} begin with {other}.")
            yield Problem(_place(at, factor), fault, N_("Make the two the same."), values)
            continue
        for practice in _misplaced(structure, factor):
            fault = N_("The practice stands in factor {factor}, but its id does not begin with it.")
            remedy = N_("Call it {factor}.…, or move it to its own factor.")
            yield Problem(_place(at, practice), fault, remedy, values)


def _misplaced(structure: Structure, factor: Factor) -> list[Practice]:
    """Return the practices whose id is written well but has not the prefix of their factor."""
    if not factor.id or [one.id for one in structure.factors].count(factor.id) > 1:
        return []
    well = [practice for practice in factor.practices if PRACTICE_ID.fullmatch(practice.id)]
    return [practice for practice in well if not practice.id.startswith(f"{factor.id}.")]


def _other_prefix(structure: Structure, factor: Factor) -> str:
    """Return the prefix that all practices bear and no factor: then it is the factor's id that is wrong."""
    prefixes = {practice.id.partition(".")[0] for practice in factor.practices}
    prefixes -= {one.id for one in structure.factors}
    is_alone = len(prefixes) == 1 and len(_misplaced(structure, factor)) == len(factor.practices)
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
    for factor in factors:
        is_factor = _other_prefix(structure, factor)
        doubtful += [factor.id] if is_factor else [p.id for p in _misplaced(structure, factor)]
    undefined = _undefined_scales(structure)
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


def scales_exist(at: str, structure: Structure) -> Iterator[Problem]:
    """Require that a practice points to a defined scale; one that many miss is told of once."""
    for name, practices in _undefined_scales(structure).items():
        meant = near(name, structure.scales)
        if meant and not ID.fullmatch(meant):
            continue  # told of where it is defined
        values = {"name": printable(name), "times": len(practices), "meant": meant}
        fault = N_("The scale {name} is not defined.")
        if len(practices) > 1:
            fault = N_("The scale {name} is not defined; {times} practices point to it, this one first.")
        yield Problem(_place(at, practices[0]), *_meant_or_known(fault, meant, structure.scales, values))


def _undefined_scales(structure: Structure) -> dict[str, list[Practice]]:
    if HOLE in structure.scales:
        return {}
    undefined: dict[str, list[Practice]] = {}
    for practice in structure.practices:
        if practice.scale and practice.scale not in structure.scales:
            undefined.setdefault(practice.scale, []).append(practice)
    return undefined


def default_language_is_there(
    at: str, structure: Structure, languages: Languages, gaps: Gaps
) -> Iterator[Problem]:
    """Require the text file of the default language."""
    language = structure.default_language
    if language in (HOLE, *languages, *gaps.tags) or not all(map(LANGUAGE.fullmatch, gaps.tags)):
        return
    values: dict[str, object] = {"language": language, "known": ", ".join([*languages, *gaps.tags])}
    if values["known"]:
        fault = N_("There are no words in the default language {language}.")
        remedy = N_("Add the file text.{language}.toml, or make default_language one of: {known}.")
    else:
        fault = N_("There are no words: no file text.{language}.toml stands beside the structure.")
        remedy = N_("Write the file text.{language}.toml.")
    yield Problem(at, fault, remedy, values)


def follows_what_exists(
    at: str, structure: Structure, followed: Structure | None, gaps: Gaps
) -> Iterator[Problem]:
    """Require that what an edition or a practice continues is there."""
    values: dict[str, object] = {"name": structure.follows}
    if structure.follows and structure.follows == structure.id:
        yield Problem(at, N_("The edition follows itself."), N_("Name an earlier edition, or none."), values)
    elif structure.follows and followed is None and not gaps.followed:
        fault = N_("It follows the edition {name}, which is not there.")
        yield Problem(at, fault, N_("Put that edition beside this one, or leave follows empty."), values)
    elif followed is not None:
        yield from _follow_practices(at, structure, [practice.id for practice in followed.practices])
    elif not structure.follows and ("follows",) not in gaps.holes:
        yield from _follow_nothing(at, structure)


def _follow_practices(at: str, structure: Structure, known: list[str]) -> Iterator[Problem]:
    for practice in structure.practices:
        if practice.follows and practice.follows.id and practice.follows.id not in known:
            meant = near(practice.follows.id, known)
            values = {"name": printable(practice.follows.id), "meant": meant}
            fault = N_("It follows the practice {name}, which the earlier edition does not have.")
            yield Problem(_place(at, practice), *_meant_or_known(fault, meant, known, values))


def _follow_nothing(at: str, structure: Structure) -> Iterator[Problem]:
    for practice in structure.practices:
        if practice.follows and practice.follows.id:
            values = {"name": printable(practice.follows.id)}
            fault = N_("It follows the practice {name}, but the edition follows no other.")
            remedy = N_("Name the earlier edition in the key follows at the top of the file.")
            yield Problem(_place(at, practice), fault, remedy, values)


def _meant_or_known(
    fault: str, meant: str, known: Iterable[str], values: Mapping[str, object]
) -> tuple[str, str, Mapping[str, object]]:
    shown = [printable(name) for name in islice(known, LISTED + 1)]
    listed = ", ".join(shown[:LISTED]) + (" …" if len(shown) > LISTED else "")
    return fault, DID_YOU_MEAN if meant else N_("Use one of: {known}."), {**values, "known": listed}
