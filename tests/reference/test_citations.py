"""Every provision that an edition cites is said in words."""

import pytest

from arusha.i18n import translator
from arusha.reference.citations import in_words
from questionnaires import loading

T = translator("en")
CITED = sorted(
    {
        reference
        for name in loading.editions()
        for practice in loading.edition(name).practices.values()
        for reference in practice.references
    }
)


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("UNCAC 8", "UN Convention against Corruption, article 8"),
        ("RKC GA 9", "Revised Kyoto Convention, General Annex, chapter 9"),
        ("RKC GA 9.5", "Revised Kyoto Convention, General Annex, provision 9.5"),
        ("RKC SA B3", "Revised Kyoto Convention, Specific Annex B, chapter 3"),
        ("TFA 10.1", "WTO Trade Facilitation Agreement, article 10.1"),
        ("TFA 5", "WTO Trade Facilitation Agreement, article 5"),
        ("Customs Act, section 4", "Customs Act, section 4"),
    ],
)
def test_a_reference_is_said_in_words(reference: str, said: str) -> None:
    assert in_words(T, reference) == said


@pytest.mark.parametrize("reference", CITED)
def test_no_reference_of_ours_is_left_as_an_abbreviation(reference: str) -> None:
    assert in_words(T, reference).endswith(reference.rsplit(maxsplit=1)[-1][-1])
    assert reference not in in_words(T, reference)
