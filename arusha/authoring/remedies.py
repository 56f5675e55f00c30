"""What to do about a fault in a workbook, where the rules of the files would speak of files."""

from questionnaires.problems import N_, Problem

FILL = N_("Write what belongs here.")
IN_WORKBOOK = {
    "Add it; questionnaires/README.md lists every key.": FILL,
    "Write them in this file.": N_("Write them in a row of this sheet, its part and item as in other rows."),
    "Remove them, or add {name} to structure.toml.": N_("Delete the row, or add {name} to its sheet."),
    "Add the file text.{language}.toml, or make default_language one of: {known}.": N_(
        "Add the sheet {language}, or write one of: {known}."
    ),
    "Write the file text.{language}.toml.": N_("Add the sheet {language}."),
    "Add {name} to [{kind}] in each text file.": N_(
        "Add a row for {kind} · {name} in the sheet of each language."
    ),
    "Add [{kind}] with words for: {names}.": N_("Add rows in this sheet whose part is {kind}, for: {names}."),
    "Name the earlier edition in the key follows at the top of the file.": N_(
        "Name the earlier edition in the sheet Settings, or empty this cell."
    ),
    'Write the administration\'s two letters, as in administration = "XA".': N_(
        "Write the administration's two letters, as in XA."
    ),
    "Write number = {wanted}.": N_("Write {wanted}."),
    'Make the class "indirect" or "subject".': N_("Make the class indirect or subject."),
    'Only one can be; make the other "indirect" or "subject".': N_(
        "Only one can be; make the other indirect or subject."
    ),
}
FAULTS = {
    "The key {key} is missing.": N_("{key}: this is missing."),
    "There are no words: no file text.{language}.toml stands beside the structure.": N_(
        "There is no sheet with the words in the default language {language}."
    ),
    "The structure names {kind}, but the table {kind} is missing here.": N_(
        "The practices name {kind}, but no row here has words for them."
    ),
}


def for_workbook(problem: Problem, place: str) -> Problem:
    """Return a problem of the files as one of the workbook, at its cell."""
    fault = FAULTS.get(problem.fault, problem.fault)
    return Problem(place, fault, IN_WORKBOOK.get(problem.remedy, problem.remedy), problem.values)
