"""What a text must be to be kept: no character that files and databases refuse, and not too long."""

from questionnaires.problems import N_, Problem


def is_keepable(text: str) -> bool:
    """Return whether every file and database can keep a text: no NUL and no half of a character."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def faults_of(place: str, text: str, longest: int) -> list[Problem]:
    """Return what stands against keeping a text of at most ``longest`` characters."""
    problems = []
    if len(text) > longest:
        fault = N_("The text has {length} characters; at most {longest} are kept.")
        problems.append(Problem(place, fault, N_("Shorten it."), {"length": len(text), "longest": longest}))
    if not is_keepable(text):
        fault = N_("The text holds a character that no file or database can keep.")
        problems.append(Problem(place, fault, N_("Type the text again.")))
    return problems
