"""What a questionnaire points to must be there: scales, the default language, an earlier edition."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from questionnaires.model import HOLE, ID, LANGUAGE, Factor, LanguageWords, Practice, Structure
from questionnaires.problems import N_, Problem, near, printable
from questionnaires.shapes import Gaps
from questionnaires.wording import DID_YOU_MEAN

Languages = Mapping[str, LanguageWords]
LISTED = 12  # names shown in one message


def place_of(at: str, entry: Factor | Practice) -> str:
    """Return the place of a factor or practice in the structure's file."""
    return f"{at} · {printable(entry.id)}" if entry.id else at


def scales_exist(at: str, structure: Structure) -> Iterator[Problem]:
    """Require that a practice points to a defined scale; one that many miss is told of once."""
    for name, practices in undefined_scales(structure).items():
        meant = near(name, structure.scales)
        if meant and not ID.fullmatch(meant):
            continue  # told of where it is defined
        values = {"name": printable(name), "times": len(practices), "meant": meant}
        fault = N_("The scale {name} is not defined.")
        if len(practices) > 1:
            fault = N_("The scale {name} is not defined; {times} practices point to it, this one first.")
        yield Problem(place_of(at, practices[0]), *_meant_or_known(fault, meant, structure.scales, values))


def undefined_scales(structure: Structure) -> dict[str, list[Practice]]:
    """Return each scale that practices point to and that is not defined, with those practices."""
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
    elif not structure.follows and not gaps.has("follows"):
        yield from _follow_nothing(at, structure)


def _follow_practices(at: str, structure: Structure, known: list[str]) -> Iterator[Problem]:
    for practice in structure.practices:
        for name in practice.follows.ids if practice.follows else ():
            if name and name not in known:
                meant = near(name, known)
                values = {"name": printable(name), "meant": meant}
                fault = N_("It follows the practice {name}, which the earlier edition does not have.")
                yield Problem(place_of(at, practice), *_meant_or_known(fault, meant, known, values))


def _follow_nothing(at: str, structure: Structure) -> Iterator[Problem]:
    for practice in structure.practices:
        if practice.follows and practice.follows.id:
            values = {"name": printable(practice.follows.id)}
            fault = N_("It follows the practice {name}, but the edition follows no other.")
            remedy = N_("Name the earlier edition in the key follows at the top of the file.")
            yield Problem(place_of(at, practice), fault, remedy, values)


def _meant_or_known(
    fault: str, meant: str, known: Iterable[str], values: Mapping[str, object]
) -> tuple[str, str, Mapping[str, object]]:
    shown = [printable(name) for name in islice(known, LISTED + 1)]
    listed = ", ".join(shown[:LISTED]) + (" …" if len(shown) > LISTED else "")
    return fault, DID_YOU_MEAN if meant else N_("Use one of: {known}."), {**values, "known": listed}
