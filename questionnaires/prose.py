"""What the words of our own editions must obey, one function a rule: complete, short, and nobody else's."""

from collections.abc import Iterator

from questionnaires.model import LanguageWords, Practice, PracticeWords, Questionnaire
from questionnaires.problems import N_, Problem, printable

LANGUAGES = ("en", "fr")  # in which our own editions are whole
LONGEST_QUESTION = 160  # characters, so that a question is read at one glance
LONGEST_STEP = 240
EVIDENCE = range(2, 5)


def faults(questionnaire: Questionnaire) -> list[Problem]:
    """Return every fault in the words of one of our own editions."""
    return [
        *languages_are_there(questionnaire),
        *words_are_complete(questionnaire),
        *questions_are_short(questionnaire),
        *steps_are_short(questionnaire),
        *steps_are_different(questionnaire),
        *translations_are_no_copies(questionnaire),
    ]


def _words(questionnaire: Questionnaire) -> Iterator[tuple[str, Practice, PracticeWords]]:
    """Yield place, practice and its words, for each language."""
    for language, words in questionnaire.languages.items():
        for practice in questionnaire.practices.values():
            yield f"{_file(questionnaire, language)} · {practice.id}", practice, words.practices[practice.id]


def _file(questionnaire: Questionnaire, language: str) -> str:
    return f"{questionnaire.id}/text.{language}.toml"


def languages_are_there(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require every language that we promise."""
    for language in LANGUAGES:
        if language not in questionnaire.languages:
            remedy = N_("Write the file text.{language}.toml.")
            fault = N_("The language {language} is missing.")
            yield Problem(questionnaire.id, fault, remedy, {"language": language})


def words_are_complete(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require, in each language, why a practice matters and two to four kinds of evidence."""
    for place, _practice, said in _words(questionnaire):
        if not said.why:
            yield Problem(
                place, N_("It is not said why the practice matters."), N_("Write it in one sentence.")
            )
        if len(said.evidence) not in EVIDENCE:
            values = {"found": len(said.evidence)}
            fault = N_("{found} kinds of evidence are listed.")
            yield Problem(place, fault, N_("List two to four that a reviewer would ask to see."), values)


def questions_are_short(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require a question that is one, and short."""
    for place, _practice, said in _words(questionnaire):
        if not said.question.endswith(("?", "؟", "？")):
            fault = N_("The question does not end with a question mark.")
            yield Problem(place, fault, N_("Ask one observable thing."))
        if len(said.question) > LONGEST_QUESTION:
            values = {"found": len(said.question), "limit": LONGEST_QUESTION}
            yield Problem(place, N_("The question has {found} characters."), N_("Keep to {limit}."), values)


def steps_are_short(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require sentences that are read before the eye leaves the step."""
    for place, _practice, said in _words(questionnaire):
        for step, sentence in said.steps.items():
            if len(sentence) > LONGEST_STEP:
                values = {"step": step, "found": len(sentence), "limit": LONGEST_STEP}
                fault = N_("The sentence for {step} has {found} characters.")
                yield Problem(place, fault, N_("Keep to {limit}."), values)


def steps_are_different(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require each step's sentence to be its practice's own: a sentence that fits two describes neither."""
    first: dict[tuple[str, str], str] = {}
    for place, practice, said in _words(questionnaire):
        file = place.partition(" · ")[0]
        for step, sentence in said.steps.items():
            folded = (file, " ".join(sentence.casefold().split()))
            if folded in first:
                values = {"step": step, "other": first[folded]}
                fault = N_("The sentence for {step} is also that of {other}.")
                yield Problem(place, fault, N_("Say what this step looks like for this practice."), values)
            first.setdefault(folded, f"{practice.id} · {step}")


def translations_are_no_copies(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Require that no text repeats the default language, but those a translator declared as ``unchanged``."""
    source = dict(texts_of(questionnaire.words("")))
    for language, words in questionnaire.languages.items():
        if language == questionnaire.structure.default_language:
            continue
        texts = dict(texts_of(words))
        copies = {said: place for place, said in reversed(texts.items()) if source.get(place) == said}
        for said in [said for said in reversed(copies) if said not in words.unchanged and _has_letters(said)]:
            place = f"{_file(questionnaire, language)} · {copies[said]}"
            fault = N_("“{text}” is the same as in the default language.")
            remedy = N_("Translate it, or list it under unchanged.")
            yield Problem(place, fault, remedy, {"text": printable(said)})
        for said in [said for said in words.unchanged if said not in copies]:
            place = f"{_file(questionnaire, language)} · unchanged"
            fault = N_("“{text}” is listed as unchanged, but no text is the same in both languages.")
            yield Problem(place, fault, N_("Take it out of the list."), {"text": printable(said)})


def texts_of(words: LanguageWords) -> Iterator[tuple[str, str]]:
    """Yield place and text of everything a language says."""
    yield from _texts_in("", words.model_dump(exclude={"unchanged"}))


def _texts_in(place: str, found: object) -> Iterator[tuple[str, str]]:
    if isinstance(found, str):
        yield place, found
    elif isinstance(found, dict):
        for name, inside in found.items():
            yield from _texts_in(f"{place} · {name}".removeprefix(" · "), inside)
    elif isinstance(found, tuple):
        for number, inside in enumerate(found, 1):
            yield from _texts_in(f"{place} #{number}", inside)


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
