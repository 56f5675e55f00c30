"""Every id of the structure has its words in each language, and no words stand without an id.

A ``HOLE`` among ids is one that could not be read: then nothing is said of what may belong to it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from questionnaires.model import HOLE, LanguageWords, Practice, Scale, Structure
from questionnaires.problems import N_, Problem, near, printable
from questionnaires.wording import DID_YOU_MEAN

KINDS = ("drivers", "owner", "evidence")


def faults(
    at: str, structure: Structure, words: LanguageWords, doubtful: Collection[str]
) -> Iterator[Problem]:
    """Yield what a language lacks or has too much; ``doubtful`` ids are told of elsewhere."""
    yield from scale_words_are_whole(at, structure, words, doubtful)
    yield from same_ids(f"{at} · factors", [f.id for f in structure.factors], words.factors, doubtful)
    yield from practice_words_are_whole(at, structure, words, doubtful)


def scale_words_are_whole(
    at: str, structure: Structure, words: LanguageWords, doubtful: Collection[str]
) -> Iterator[Problem]:
    """Require that every scale and step has a name in this language, and nothing else."""
    undefined = [practice.scale for practice in structure.practices if practice.scale in doubtful]
    wanted = [*structure.scales, *undefined]
    yield from same_ids(f"{at} · scales", wanted, words.scales, doubtful)
    yield from same_ids(f"{at} · meanings", wanted, words.meanings, doubtful, is_optional=True)
    for table, named in (("scales", words.scales), ("meanings", words.meanings)):
        for scale_id, scale in structure.scales.items():
            if scale_id in named:
                place = f"{at} · {table}.{printable(scale_id)}"
                yield from same_ids(place, [s.id for s in scale.steps], named[scale_id], doubtful)


def practice_words_are_whole(
    at: str, structure: Structure, words: LanguageWords, doubtful: Collection[str]
) -> Iterator[Problem]:
    """Require words for each practice, each step of its scale, and each of its measures."""
    ids = [practice.id for practice in structure.practices]
    yield from same_ids(f"{at} · practices", ids, words.practices, doubtful)
    times = Counter(ids)
    for practice in structure.practices:
        if practice.id and times[practice.id] == 1 and practice.id in words.practices:
            place = f"{at} · {printable(practice.id)}"
            yield from _one_practice(place, structure, practice, words, doubtful)


def _one_practice(
    at: str, structure: Structure, practice: Practice, words: LanguageWords, doubtful: Collection[str]
) -> Iterator[Problem]:
    said = words.practices[practice.id]
    scale = structure.scales.get(practice.scale)
    if scale is not None:
        told = _told_of_scale(scale, words.scales.get(practice.scale, {}))
        wanted = [step.id for step in scale.steps if step.id not in told]
        given = [step for step in said.steps if step not in told]
        yield from same_ids(f"{at} · steps", wanted, given, doubtful)
    measures = [measure.id for measure in practice.measures]
    yield from same_ids(f"{at} · measures", measures, said.measures, doubtful)
    is_known = HOLE not in (*practice.evidence, *said.evidence)
    if practice.evidence and is_known and len(practice.evidence) != len(said.evidence):
        values = {"kinds": len(practice.evidence), "found": len(said.evidence)}
        fault = N_("{found} lines of evidence are written, and the structure names {kinds} kinds.")
        remedy = N_("Name one kind for each line, in the same order.")
        yield Problem(f"{at} · evidence", fault, remedy, values)


def _told_of_scale(scale: Scale, named: Mapping[str, str]) -> set[str]:
    """Return the steps whose names already differ for the whole scale: one cause, not one a practice."""
    return set(scale.numbers) ^ set(named) if named and HOLE not in {*named, *scale.numbers} else set()


def same_ids(
    at: str,
    wanted: Iterable[str],
    given: Iterable[str],
    doubtful: Collection[str] = (),
    *,
    is_optional: bool = False,
) -> Iterator[Problem]:
    """Yield each id that lacks words and each that has words for nothing; a misspelt one is told of once."""
    wanted, given = list(wanted), dict.fromkeys(given)
    known = dict.fromkeys(wanted)
    lacking = [name for name in known if name not in given and name != HOLE]
    missing = [name for name in lacking if name not in doubtful]
    has_unknown = HOLE in known or len(known) < len(wanted)
    has_doubtful = len(missing) < len(lacking)
    for name in given:
        if name not in known and name != HOLE and not has_unknown:
            meant = near(name, missing)
            if meant:
                missing.remove(meant)
            if meant or not has_doubtful:
                yield _too_much(at, name, meant)
    for name in missing if HOLE not in given and not is_optional else ():
        values = {"name": printable(name)}
        yield Problem(at, N_("The words for {name} are missing."), N_("Write them in this file."), values)


def _too_much(at: str, name: str, meant: str) -> Problem:
    fault = N_("There are words for {name}, which the structure does not have.")
    remedy = DID_YOU_MEAN if meant else N_("Remove them, or add {name} to structure.toml.")
    return Problem(at, fault, remedy, {"name": printable(name), "meant": meant})


def unworded_lists(
    directory: str, structure: Structure, languages: Mapping[str, LanguageWords]
) -> Iterator[Problem]:
    """Require words for drivers and owners; a name without any is the structure's fault."""
    for kind in KINDS:
        first = {name: p.id for p in reversed(structure.practices) for name in getattr(p, kind) if name}
        tables = {tag: getattr(words, kind) for tag, words in languages.items()}
        tables = {tag: table for tag, table in tables.items() if HOLE not in table}
        for tag in [tag for tag, table in tables.items() if first and not table]:
            yield _no_table(f"{directory}/text.{tag}.toml", kind, list(first))
        filled = {tag: table for tag, table in tables.items() if table}
        for name, practice_id in first.items():
            yield from _unworded(directory, name, practice_id, filled, kind)


def _no_table(at: str, kind: str, names: list[str]) -> Problem:
    values = {"kind": kind, "names": ", ".join(printable(name) for name in sorted(names)[:12])}
    fault = N_("The structure names {kind}, but the table {kind} is missing here.")
    return Problem(at, fault, N_("Add [{kind}] with words for: {names}."), values)


def _unworded(
    directory: str, name: str, practice_id: str, tables: Mapping[str, Mapping[str, str]], kind: str
) -> Iterator[Problem]:
    lacking = [tag for tag, table in tables.items() if name not in table]
    known = [one for table in tables.values() for one in table]
    if lacking and len(lacking) == len(tables):
        meant = near(name, known)
        values = {"name": printable(name), "meant": meant, "kind": kind}
        fault = N_("{name} in {kind} has no words in any language.")
        remedy = DID_YOU_MEAN if meant else N_("Add {name} to [{kind}] in each text file.")
        yield Problem(f"{directory}/structure.toml · {printable(practice_id)}", fault, remedy, values)
        return
    for tag in lacking:
        place = f"{directory}/text.{tag}.toml · {kind}"
        values = {"name": printable(name)}
        yield Problem(place, N_("The words for {name} are missing."), N_("Write them in this file."), values)
