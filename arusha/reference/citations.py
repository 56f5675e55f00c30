"""Provisions of conventions in words: ``UNCAC 8`` is an article of the Convention against Corruption."""

import re

from arusha.i18n import Translator

CITED = re.compile(
    r"UNCAC (?P<uncac>\d+)"
    r"|RKC GA (?P<chapter>\d+)"
    r"|RKC GA (?P<provision>\d+\.\d+)"
    r"|RKC SA (?P<annex>[A-K])(?P<part>\d)"
    r"|TFA (?P<tfa>\d+(\.\d+)?)"
)


def in_words(t: Translator, reference: str) -> str:
    """Return a reference as a reader knows it; one of another form as it stands."""
    cited = CITED.fullmatch(reference)
    if cited is None:
        return reference
    given = cited.groupdict()
    if given["uncac"]:
        return t("UN Convention against Corruption, article {article}", article=given["uncac"])
    if given["tfa"]:
        return t("WTO Trade Facilitation Agreement, article {article}", article=given["tfa"])
    return _of_kyoto(t, given)


def _of_kyoto(t: Translator, given: dict[str, str | None]) -> str:
    if given["chapter"]:
        return t("Revised Kyoto Convention, General Annex, chapter {chapter}", chapter=given["chapter"])
    if given["provision"]:
        said = given["provision"]
        return t("Revised Kyoto Convention, General Annex, provision {provision}", provision=said)
    return t(
        "Revised Kyoto Convention, Specific Annex {annex}, chapter {chapter}",
        annex=given["annex"],
        chapter=given["part"],
    )
