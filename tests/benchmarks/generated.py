"""A generated questionnaire: ten factors of twelve practices, every sentence its own; and answers in bulk."""

from pathlib import Path

import psycopg
from sqlalchemy import URL

STEPS = ("absent", "designed", "partly", "throughout", "proven")
NAMES = ("Absent", "Designed", "Partly", "Throughout", "Proven")


def twelve_a_factor(folder: Path, factors: int = 10, practices: int = 12) -> None:
    """Write an edition called like its folder."""
    folder.mkdir(parents=True)
    (folder / "structure.toml").write_text(_structure(folder.name, factors, practices), encoding="utf-8")
    (folder / "text.en.toml").write_text(_words(factors, practices), encoding="utf-8")


def _structure(name: str, factors: int, practices: int) -> str:
    lines = [f'id = "{name}"', 'default_language = "en"', "[scales.maturity]", "steps = ["]
    lines += [f'  {{ id = "{step}", value = {number / 4} }},' for number, step in enumerate(STEPS)]
    lines.append("]")
    for f in range(1, factors + 1):
        lines += ["[[factors]]", f'id = "f{f}"', f"number = {f}"]
        for p in range(practices):
            key = "true" if p % 3 == 0 else "false"
            lines += ["[[factors.practices]]", f'id = "f{f}.p{p}"', 'scale = "maturity"', f"key = {key}"]
    return "\n".join(lines) + "\n"


def _words(factors: int, practices: int) -> str:
    lines = ['title = "Generated"', "[scales.maturity]"]
    lines += [f'{step} = "{name}"' for step, name in zip(STEPS, NAMES, strict=True)]
    for f in range(1, factors + 1):
        lines += [f"[factors.f{f}]", f'name = "Factor {f}"']
        for p in range(practices):
            lines += [f'[practices."f{f}.p{p}"]', f'question = "How far is practice {p} of factor {f} used?"']
            lines.append('evidence = ["a dated order", "a register", "a log extract"]')
            seen = f"as seen by a stranger in every office of factor {f}, with dates and names"
            said = ", ".join(f'{step} = "p{p} step {n} {seen}"' for n, step in enumerate(STEPS))
            lines.append(f"steps = {{ {said} }}")
    return "\n".join(lines) + "\n"


ADMINISTRATIONS = "INSERT INTO administrations (code, region, name) VALUES (%s, 'europe', %s)"
ROUNDS = """
INSERT INTO rounds (id, administration, edition, year, form, state, revision, opened_at, touched_at)
SELECT %(code)s || r, %(code)s, 'edition' || r, 2026, 'whole', 'open', 1, now(), now()
FROM generate_series(1, %(rounds)s) AS r
"""
ANSWERS = """
INSERT INTO answers (round_id, practice, step, not_applicable, outside, reason, note, version,
    changed_at, changed_by)
SELECT %(code)s || r, 'f' || f || '.p' || p, 'partly', false, false, '', repeat('seen in the register ', 5),
    1, now(), 'somebody'
FROM generate_series(1, %(rounds)s) AS r, generate_series(1, 10) AS f, generate_series(1, 12) AS p
"""


def many_answers(url: URL, rows: int) -> None:
    """Give each of two fictional administrations so many answers, 120 a round; the URL is of a superuser."""
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:
        for code in ("XA", "XB"):
            connection.execute(ADMINISTRATIONS, [code, f"Land {code}"])
            connection.execute(ROUNDS, {"code": code, "rounds": rows // 120})
            connection.execute(ANSWERS, {"code": code, "rounds": rows // 120})
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("ANALYZE")
