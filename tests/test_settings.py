"""Every setting is read in one place, and a home may bear any name."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from arusha import settings
from arusha.access.rules import LOCAL
from arusha.assessments import service
from arusha.store import open_store
from questionnaires.problems import Refused

NAMES = [
    "plain", "with space", "what?x=1&mode=memory", "100%41%", "ha#sh", "Zoë 中文 🙂", "a;b:c@d", "q\"'`",
    "+&=",    "~x",
    "{home}", "trailing ", "back\\slash",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_home_may_bear_any_name(name: str, tmp_path: Path) -> None:
    home = tmp_path / name
    now = settings.read({"ARUSHA_HOME": str(home)})
    for url, file in ((now.database_url, home / "arusha.sqlite"), (now.sample_url, home / "sample.sqlite")):
        with closing(open_store(url)) as store:
            assert store.name == str(file)
            service.open_round(LOCAL, store, "KE", "arusha_2026", 2026)
        with closing(open_store(url)) as store:
            assert len(service.rounds(LOCAL, store)) == 1
        assert file.is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_home_relative_to_here_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    now = settings.read({"ARUSHA_HOME": "my home"})
    monkeypatch.chdir("/")
    assert now.home == tmp_path / "my home"
    with closing(open_store(now.database_url)) as store:
        assert store.name == str(tmp_path / "my home" / "arusha.sqlite")


def test_a_tilde_is_the_person_s_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings.read({"ARUSHA_HOME": "~/arusha"}).home == tmp_path / "arusha"


@pytest.mark.parametrize("given", ["~nosuchuser", "~nosuchuser/arusha", "/tmp/\udc80", "\ud800"])  # noqa: S108
def test_a_home_that_cannot_be_told_is_refused(given: str) -> None:
    with pytest.raises(Refused, match="ARUSHA_HOME: It cannot be told which folder"):
        settings.read({"ARUSHA_HOME": given})


@pytest.mark.parametrize("empty", [{}, {"ARUSHA_HOME": "", "ARUSHA_DATABASE_URL": "", "ARUSHA_LANGUAGE": ""}])
def test_without_settings_everything_is_in_the_person_s_data_folder(empty: dict[str, str]) -> None:
    now = settings.read(empty)
    assert now.home.is_absolute()
    assert now.home.name == "arusha"
    assert now.database_url == settings.url_of(now.home / "arusha.sqlite")
    assert now.language == ""


def test_another_database_can_be_named_and_the_sample_stays_at_home() -> None:
    given = {
        "ARUSHA_HOME": "/srv/a",
        "ARUSHA_DATABASE_URL": "postgresql+psycopg://u@h/n",
        "ARUSHA_LANGUAGE": "fr",
    }
    now = settings.read(given)
    assert (now.database_url, now.language) == ("postgresql+psycopg://u@h/n", "fr")
    assert now.sample_url == "sqlite:////srv/a/sample.sqlite"


def test_every_unknown_setting_is_refused_at_once() -> None:
    with pytest.raises(Refused) as refused:
        settings.read({"ARUSHA_X": "1", "ARUSHA_B": "", "PATH": "/bin", "arusha_home": "x"})
    assert [problem.place for problem in refused.value.problems] == ["ARUSHA_B", "ARUSHA_X"]
    assert all(setting.name in str(refused.value) for setting in settings.SETTINGS)


def test_every_setting_is_documented() -> None:
    assert all(setting.default and setting.help.endswith(".") for setting in settings.SETTINGS)


def test_reading_the_settings_loads_no_database() -> None:
    code = "import sys; from arusha import settings; settings.read(); print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_a_new_database_is_for_its_user_only_and_one_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    new, old, link = tmp_path / "new.sqlite", tmp_path / "old.sqlite", tmp_path / "link.sqlite"
    old.touch()
    old.chmod(0o640)
    link.symlink_to("target.sqlite")
    mask = os.umask(0o022)
    try:
        for file in (new, old, link):
            with closing(open_store(settings.url_of(file))) as store:
                service.open_round(LOCAL, store, "KE", "arusha_2026", 2026)
                beside = [path for path in tmp_path.iterdir() if path.name.startswith(file.resolve().name)]
                assert {rights(path) for path in beside} == {0o640 if file == old else 0o600}
                assert len(beside) == 3  # the log and its index as well
    finally:
        os.umask(mask)
    assert rights(tmp_path / "target.sqlite") == 0o600


def test_a_database_in_memory_or_with_an_address_within_an_address_is_refused() -> None:
    for url in ("sqlite:///file:x?mode=memory&uri=true", "sqlite:///:memory:"):
        with pytest.raises(Refused, match="The database URL cannot be used"):
            open_store(url)
