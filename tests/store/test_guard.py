"""What is wrong with the guard over the rows is told before anybody is served."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url
from typer.testing import CliRunner, Result

from arusha import starting
from arusha import tables as every_table  # noqa: F401
from arusha.__main__ import app
from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import Store, guard, open_store, schema
from arusha.store.base import tables
from questionnaires.problems import Problem, Refused
from tests.store.guarded import app_role, as_role, owner_url, owning


def done(url: str, *commands: str) -> None:
    """Do something to a database as the owner of its tables."""
    with owning(url) as owner, owner.begin() as connection:
        for command in commands:
            connection.exec_driver_sql(command.format(app=app_role(url)).replace("%", "%%"))


def faults(url: str) -> list[Problem]:
    with closing(open_store(url)) as store:
        return guard.faults_of(store)


def told(url: str) -> str:
    return "\n".join(map(str, faults(url)))


def test_a_guard_that_is_up_has_no_fault(guarded_url: str) -> None:
    assert faults(guarded_url) == []


def test_sqlite_has_none_and_needs_none(sqlite_url: str) -> None:
    assert faults(sqlite_url) == []


FAULTS = {
    "ALTER TABLE rounds DISABLE ROW LEVEL SECURITY": (
        "rounds", "Row security of this table is not enabled and forced.", "python -m arusha upgrade"),
    "ALTER TABLE answers NO FORCE ROW LEVEL SECURITY": (
        "answers", "Row security of this table is not enabled and forced.", "python -m arusha upgrade"),
    "DROP POLICY rounds_update ON rounds": (
        "rounds", "There is no policy for UPDATE.", "python -m arusha upgrade"),
    "CREATE POLICY wide ON rounds USING (true)": (
        "rounds", "The policy wide is for all commands at once, which lets a reader remove rows.",
        "Remove this policy."),
    "CREATE POLICY open ON rounds FOR SELECT USING (true)": (
        "rounds", "The policy open is not of this program and may open rows to others.",
        "Remove this policy."),
    "DROP POLICY rounds_select ON rounds; CREATE POLICY rounds_select ON rounds FOR SELECT USING (true)": (
        "rounds", "The policy rounds_select was made by another version of the program.",
        "python -m arusha upgrade"),
    "CREATE VIEW every_round AS SELECT * FROM rounds; GRANT SELECT ON every_round TO {app}": (
        "every_round", "This view shows rows as its owner sees them.", "WITH (security_invoker = true)"),
    "CREATE MATERIALIZED VIEW kept AS SELECT * FROM rounds; GRANT SELECT ON kept TO {app}": (
        "kept", "This view shows rows as its owner sees them.", "Remove it"),
    "GRANT UPDATE ON trail TO {app}": (
        "trail", "may change or remove records of the trail.", "python -m arusha upgrade"),
    "GRANT UPDATE (details) ON trail TO {app}": (
        "trail", "may change or remove records of the trail.", "python -m arusha upgrade"),
    "GRANT DELETE ON trail TO PUBLIC": (
        "trail", "may change or remove records of the trail.", "python -m arusha upgrade"),
    "GRANT DELETE ON rounds TO {app}": (
        "rounds", "There is no policy for DELETE.", "python -m arusha upgrade"),
    "GRANT TRUNCATE ON rounds TO {app}": (
        "rounds", "may empty this table at once, or put triggers on it.", "python -m arusha upgrade"),
    "ALTER TABLE trail DISABLE TRIGGER trail_refuses": (
        "trail", "The trigger that keeps the trail as it is was removed or turned off.", "from a backup"),
    "GRANT SELECT ON arusha_private.keys TO {app}": (
        "arusha_private.keys", "may read or change the key that proves who acts.",
        "python -m arusha upgrade"),
    "GRANT CREATE ON SCHEMA arusha_private TO {app}": (
        "", "The role may make or remove tables in the schema arusha_private.", "NOSUPERUSER NOBYPASSRLS"),
}  # fmt: skip


@pytest.mark.parametrize("done_to_it", FAULTS)
def test_each_fault_is_told_with_its_place_and_remedy(done_to_it: str, guarded_url: str) -> None:
    done(guarded_url, done_to_it)
    place, fault, remedy = FAULTS[done_to_it]
    place = place or app_role(guarded_url)
    said = [one.as_dict() for one in faults(guarded_url)]
    assert any(one["place"] == place and fault in one["fault"] and remedy in one["remedy"] for one in said), (
        said
    )


def test_upgrade_puts_right_what_it_is_the_remedy_for(guarded_url: str) -> None:
    broken = [one for one, (_, _, remedy) in FAULTS.items() if remedy == "python -m arusha upgrade"]
    done(guarded_url, *broken)
    assert len(faults(guarded_url)) >= len({FAULTS[one][:2] for one in broken})
    upgraded(guarded_url)
    assert faults(guarded_url) == []


def upgraded(url: str) -> None:
    open_store(owner_url(url), role=app_role(url)).close()


def test_a_view_that_asks_as_its_reader_is_no_fault(guarded_url: str) -> None:
    done(
        guarded_url,
        "CREATE VIEW rounds_seen WITH (security_invoker = true) AS SELECT * FROM rounds; "
        "GRANT SELECT ON rounds_seen TO {app}",
    )
    assert faults(guarded_url) == []


def test_a_table_without_a_rule_is_told_and_stops_the_upgrade(guarded_url: str) -> None:
    done(guarded_url, "CREATE TABLE copies AS SELECT 1 AS one; GRANT SELECT ON copies TO {app}")
    assert "copies: Row security of this table is not enabled and forced." in told(guarded_url)
    with pytest.raises(Refused, match="copies: Row security of this table"):
        upgraded(guarded_url)


def test_every_fault_is_told_at_once(guarded_url: str) -> None:
    done(guarded_url, *FAULTS)
    said = told(guarded_url)
    assert all(fault in said for place, fault, _ in FAULTS.values() if "rounds_select was made" not in fault)


def test_a_superuser_is_told(guarded_url: str) -> None:
    said = told(as_role(guarded_url, "postgres"))
    assert said.startswith("postgres: The role is a superuser: it sees every row.")
    assert "NOSUPERUSER NOBYPASSRLS" in said


def test_the_owner_is_told(guarded_url: str) -> None:
    said = told(owner_url(guarded_url))
    assert "The role owns tables, or belongs to the role that owns them: accounts, administrations," in said
    assert said.count("\n") == 0


def test_a_member_of_the_owner_is_told(guarded_url: str, postgresql: object) -> None:
    superuser(guarded_url, "GRANT {owner} TO {app}")
    assert "or belongs to the role that owns them" in told(guarded_url)


def test_a_role_that_goes_around_row_security_is_told(guarded_url: str) -> None:
    superuser(guarded_url, "ALTER ROLE {app} BYPASSRLS")
    assert "The role has BYPASSRLS: it sees every row." in told(guarded_url)


def superuser(url: str, command: str) -> None:
    owner = app_role(url).removesuffix("_app") + "_owner"
    engine = create_engine(as_role(url, "postgres"))
    with engine.begin() as connection:
        connection.exec_driver_sql(command.format(app=app_role(url), owner=owner))
    engine.dispose()


def test_a_database_without_the_guard_is_told_in_one_sentence(guarded_url: str) -> None:
    done(guarded_url, *(f"ALTER TABLE {table.name} DISABLE ROW LEVEL SECURITY" for table, _ in tables()))
    assert told(guarded_url) == (
        "public: Row security is not in place: nothing in the database keeps administrations apart. "
        "Run python -m arusha upgrade with ARUSHA_OWNER_URL set, then start again."
    )


def test_another_key_is_told(guarded_url: str, home: Path, tmp_path: Path) -> None:
    with closing(Store(create_engine(guarded_url), tmp_path / "other")) as store:
        (problem,) = guard.faults_of(store)
    assert problem.place == str(tmp_path / "other" / "rows")
    assert "does not take this program's word for who acts: forged context." in str(problem)
    assert "Let ARUSHA_KEYS name the keys that the database knows" in str(problem)


def test_an_unguarded_store_is_refused(guarded_url: str) -> None:
    with closing(open_store(guarded_url)) as store:
        guard.refuse_unguarded(store)
        done(guarded_url, "GRANT UPDATE ON trail TO {app}")
        with pytest.raises(Refused, match="may change or remove records of the trail"):
            guard.refuse_unguarded(store)


def test_to_look_for_faults_takes_no_more_than_reading(guarded_url: str) -> None:
    reading = make_url(guarded_url).update_query_dict({"options": "-c default_transaction_read_only=on"})
    done(guarded_url, "GRANT UPDATE ON trail TO {app}")
    assert "may change or remove" in told(reading.render_as_string(hide_password=False))


# The program's role on a database of another version


def test_an_empty_database_is_not_made_by_the_program_s_role(roles_url: str) -> None:
    with pytest.raises(Refused) as refused:
        open_store(roles_url)
    assert "The database is empty, and this role may not make tables in it." in str(refused.value)
    assert "Run python -m arusha upgrade with ARUSHA_OWNER_URL" in str(refused.value)


def test_an_older_database_is_not_migrated_by_the_program_s_role(
    guarded_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = schema.HEAD
    monkeypatch.setattr(schema, "HEAD", "0099")
    with pytest.raises(Refused) as refused:
        open_store(guarded_url)
    assert f"The database is of version {found}, older than this program, which needs 0099." in str(
        refused.value
    )
    assert "Run python -m arusha upgrade with ARUSHA_OWNER_URL" in str(refused.value)
    assert str(refused.value).count("\n") == 0


def test_a_database_that_gave_the_role_nothing_is_refused(roles_url: str) -> None:
    open_store(owner_url(roles_url)).close()
    with pytest.raises(
        Refused, match=f"{app_role(roles_url)} may not read this database. Run python -m arusha"
    ):
        open_store(roles_url)


# upgrade


def call(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Result:
    for name, value in settings.items():
        monkeypatch.setenv(f"ARUSHA_{name}", value)
    return CliRunner().invoke(app, ["upgrade"])


def test_upgrade_makes_the_tables_and_the_guard(roles_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for said in (f"was empty and is now of version {schema.HEAD}", f"is of version {schema.HEAD} already."):
        told = call(monkeypatch, MODE="server", DATABASE_URL=roles_url, OWNER_URL=owner_url(roles_url))
        assert told.exit_code == 0, told.output
        assert said in told.stdout
        assert f"The rows of every table are guarded against {app_role(roles_url)}." in told.stdout
    assert faults(roles_url) == []


def test_upgrade_guards_a_database_that_was_used_without(
    roles_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(owner_url(roles_url))) as store:
        round_ = service.open_round(LOCAL, store, "KE", "arusha_2026", 2026)
    assert (
        call(monkeypatch, MODE="server", DATABASE_URL=roles_url, OWNER_URL=owner_url(roles_url)).exit_code
        == 0
    )
    with closing(open_store(roles_url)) as store:
        assert [one.id for one in service.rounds(LOCAL, store)] == [round_.id]


def test_upgrade_goes_on_after_the_secret_was_changed(
    guarded_url: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(guarded_url)) as store:
        service.open_round(LOCAL, store, "KE", "arusha_2026", 2026)
    monkeypatch.setenv("ARUSHA_KEYS", str(home / "others"))
    assert "forged context" in told(guarded_url)
    assert (
        call(monkeypatch, MODE="server", DATABASE_URL=guarded_url, OWNER_URL=owner_url(guarded_url)).exit_code
        == 0
    )
    assert faults(guarded_url) == []


def refused(result: Result, said: str) -> None:
    assert result.exit_code == 1, result.output
    assert said in result.stderr
    assert result.stdout == ""


def test_upgrade_refuses_one_role_for_both(roles_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    same = call(monkeypatch, MODE="server", DATABASE_URL=owner_url(roles_url))
    refused(
        same, "is the one that owns the tables, so nothing binds it. Make a role of its own for the program"
    )
    with pytest.raises(Refused, match="is empty"):
        open_store(roles_url)  # nothing was made


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("ALTER ROLE {app} SUPERUSER", "The role is a superuser: it sees every row."),
        ("ALTER ROLE {app} BYPASSRLS", "The role has BYPASSRLS: it sees every row."),
        ("GRANT {owner} TO {app}", "The role owns tables, or belongs to the role that owns them"),
    ],
)
def test_upgrade_refuses_a_role_that_nothing_binds_and_changes_nothing(
    command: str, said: str, roles_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    superuser(roles_url, command)
    refused(call(monkeypatch, MODE="server", DATABASE_URL=roles_url, OWNER_URL=owner_url(roles_url)), said)
    with owning(roles_url) as owner, owner.connect() as connection:
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").scalar()
            == 0
        )


def test_upgrade_refuses_two_databases(
    roles_url: str, postgresql_url: str, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in (postgresql_url, sqlite_url):
        told = call(monkeypatch, MODE="server", DATABASE_URL=roles_url, OWNER_URL=other)
        refused(told, "ARUSHA_OWNER_URL: It leads to another database than ARUSHA_DATABASE_URL.")


def test_in_local_mode_one_role_is_enough(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = call(monkeypatch, DATABASE_URL=postgresql_url)
    assert f"was empty and is now of version {schema.HEAD}" in told.stdout
    assert "guarded" not in told.stdout


def test_in_server_mode_sqlite_is_only_migrated(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = call(monkeypatch, MODE="server")
    assert f"was empty and is now of version {schema.HEAD}" in told.stdout
    assert "guarded" not in told.stdout


# The start


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("postgres", "The role is a superuser: it sees every row."),
        ("_owner", "The role owns tables, or belongs to the role that owns them"),
        ("_app", "may change or remove records of the trail."),
    ],
)
def test_people_are_not_served_without_the_guard(
    role: str, said: str, guarded_url: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    name = app_role(guarded_url).removesuffix("_app") + role if role.startswith("_") else role
    monkeypatch.setenv("ARUSHA_DATABASE_URL", as_role(guarded_url, name))
    starting.refuse_or_go_on("127.0.0.1")  # for one person on this computer there is nobody to guard against
    monkeypatch.setenv("ARUSHA_MODE", "server")
    if role == "_app":
        starting.refuse_or_go_on("127.0.0.1")
        done(guarded_url, "GRANT UPDATE ON trail TO {app}")
    with pytest.raises(SystemExit) as ended:
        starting.refuse_or_go_on("127.0.0.1")
    assert ended.value.code == 1
    assert said in capsys.readouterr().err
