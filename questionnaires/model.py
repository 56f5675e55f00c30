"""What a questionnaire is: an edition's structure once, and its words once a language.

``Questionnaire`` is frozen and typed; nothing here reads a file. Every text of a language
is found through ``Questionnaire.words(language)``, so that structure and words never mix.
"""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

ID = re.compile(r"[a-z][a-z0-9_]*")
PRACTICE_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
ADMINISTRATION = re.compile(r"[A-Z]{2}")
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]+)?")
HOLE = ""  # the name of what could not be read; valid only while ``shapes`` reads on past a fault
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no workbook, page or database takes these


def _is_id_or_empty(text: str) -> bool:
    return text == "" or ID.fullmatch(text) is not None


def _is_code_or_empty(text: str) -> bool:
    return text == "" or ADMINISTRATION.fullmatch(text) is not None


def _is_printable(text: str) -> bool:
    return UNPRINTABLE.search(text) is None


def _rule(fault: str, is_right: Callable[[str], object]) -> AfterValidator:
    """Refuse text that is not right, unless the context excuses it: ``shapes`` reads on past a fault."""

    def checked(text: str, info: ValidationInfo) -> str:
        if not is_right(text) and text not in (info.context or ()):
            raise PydanticCustomError(fault, "not possible here")
        return text

    return AfterValidator(checked)


Id = Annotated[str, _rule("id", ID.fullmatch)]
IdOrEmpty = Annotated[str, _rule("id", _is_id_or_empty)]
PracticeId = Annotated[str, _rule("practice_id", PRACTICE_ID.fullmatch)]
Language = Annotated[str, _rule("language", LANGUAGE.fullmatch)]
Text = Annotated[str, StringConstraints(strip_whitespace=True), _rule("text", _is_printable)]
Words = Annotated[Text, _rule("words", bool)]
Name = Annotated[str, _rule("text", _is_printable), _rule("words", bool)]  # an id that another place defines
Weight = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]  # so that no sum overflows
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], Field(strict=False)]  # TOML gives lists, the model keeps tuples


class Frozen(BaseModel):
    """A value that refuses unknown keys and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Step(Frozen):
    """One step of a scale; ``value`` is what it is worth, from 0 to 1."""

    id: Id
    value: Share


class Scale(Frozen):
    """Two or more steps whose values rise."""

    steps: Annotated[Many[Step], Field(min_length=2)]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Step id -> its number; the first step's number is 0."""
        return {step.id: number for number, step in enumerate(self.steps)}


class Follows(Frozen):
    """Which practice of an earlier edition goes on here, and how far the two may be compared.

    ``with_`` names further practices of that edition which were merged into this one.
    """

    id: Name
    class_: Annotated[Literal["same", "indirect", "subject"], Field(alias="class")]
    with_: Annotated[Many[Name], Field(alias="with")] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return every practice of the earlier edition that goes on in this one."""
        return (self.id, *self.with_)


class Measure(Frozen):
    """A measure that would lift a practice by one step; ``months`` is its usual duration."""

    id: Id
    months: Annotated[int, Field(gt=0, le=600)]
    direction: Literal["up", "down", "ambiguous"]


class Practice(Frozen):
    """One observable thing that is asked, answered on a scale.

    A ``national`` practice is an administration's own: answered and shown, but never scored.
    """

    id: PracticeId
    scale: Name
    weight: Weight = 1.0
    key: bool = False
    follows: Follows | None = None
    core: bool = False
    national: bool = False
    commitments: Many[Name] = ()
    drivers: Many[Name] = ()
    owner: Many[Name] = ()
    evidence: Many[Name] = ()
    power: Literal["customs", "shared", "government"] = "customs"
    references: Many[Name] = ()
    measures: Many[Measure] = ()


class Factor(Frozen):
    """One of the factors of the questionnaire, with its practices in order."""

    id: Id
    number: Annotated[int, Field(ge=0, le=9999)]
    weight: Weight = 1.0
    practices: Annotated[Many[Practice], Field(min_length=1)]


class Structure(Frozen):
    """The content of ``structure.toml``: everything but words.

    One that ``extends`` an edition holds the national practices of one ``administration``, and no others;
    they are asked in rounds of the reference year ``since`` and later.
    """

    id: Id
    follows: IdOrEmpty = ""
    extends: IdOrEmpty = ""
    administration: Annotated[str, _rule("administration", _is_code_or_empty)] = ""
    since: Annotated[int, Field(ge=0, le=9999)] = 0
    default_language: Language
    scales: dict[Id, Scale]
    factors: Annotated[Many[Factor], Field(min_length=1)]

    @cached_property
    def practices(self) -> tuple[Practice, ...]:
        """Every practice in the edition's order."""
        return tuple(practice for factor in self.factors for practice in factor.practices)


class FactorWords(Frozen):
    """The words of a factor: its name, a short one for narrow places, what the Declaration asks."""

    name: Words
    short: Text = ""
    asks: Text = ""


class MeasureWords(Frozen):
    """The words of a measure: its name, its first output, and the indicator with its unit."""

    name: Words
    output: Words
    indicator: Words
    unit: Words


class PracticeWords(Frozen):
    """The words of a practice; ``steps`` says what each step looks like for it."""

    question: Words
    steps: dict[Name, Words]
    evidence: Many[Words]
    why: Text = ""
    measures: dict[Name, MeasureWords] = {}


class LanguageWords(Frozen):
    """The content of one ``text.LANGUAGE.toml``.

    ``unchanged`` lists the texts that are meant to be the same as in the default language.
    """

    title: Words
    scales: dict[Name, dict[Name, Words]]
    factors: dict[Name, FactorWords]
    practices: dict[Name, PracticeWords]
    meanings: dict[Name, dict[Name, Words]] = {}
    drivers: dict[Name, Words] = {}
    owner: dict[Name, Words] = {}
    evidence: dict[Name, Words] = {}
    unchanged: Many[Words] = ()


class Questionnaire(Frozen):
    """A whole edition: its structure and every language it is offered in."""

    structure: Structure
    languages: dict[str, LanguageWords]

    @property
    def id(self) -> str:
        """Return the edition's id."""
        return self.structure.id

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Return the factors in the edition's order."""
        return self.structure.factors

    @cached_property
    def practices(self) -> dict[str, Practice]:
        """Practice id -> practice, in the edition's order."""
        return {practice.id: practice for factor in self.factors for practice in factor.practices}

    @cached_property
    def factor_of(self) -> dict[str, Factor]:
        """Practice id -> the factor it belongs to."""
        return {practice.id: factor for factor in self.factors for practice in factor.practices}

    def factor(self, factor_id: str) -> Factor:
        """Return the factor with this id; raise ``KeyError`` when there is none."""
        return {factor.id: factor for factor in self.factors}[factor_id]

    def scale_of(self, practice: Practice) -> Scale:
        """Return the scale on which the practice is answered."""
        return self.structure.scales[practice.scale]

    def words(self, language: str) -> LanguageWords:
        """Return the words of a language, or of the default language when it is not offered."""
        return self.languages.get(language) or self.languages[self.structure.default_language]
