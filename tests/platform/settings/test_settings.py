"""Settings: read from the environment, refused with one line that names the variable."""

import os
from pathlib import Path

import pytest

from tocsin.platform.settings import BadSetting, Settings, load_settings, settings_markdown


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of this machine, no `.env` of this checkout."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)


WHOLE_NUMBERS = [name for name, field in Settings.model_fields.items() if field.annotation is int]
LIMITED = [
    (name, str(limit))
    for name in WHOLE_NUMBERS
    for mark in Settings.model_fields[name].metadata
    for limit in (
        [mark.ge - 1] if hasattr(mark, "ge") else [mark.le + 1] if hasattr(mark, "le") else []
    )
]
WRONG = [
    *((name, "soon") for name in WHOLE_NUMBERS),
    *LIMITED,
    ("DASHBOARD_PUBLIC", "perhaps"),
    ("LOG_JSON", "perhaps"),
    ("LOG_LEVEL", "LOUD"),
    ("PUBLIC_URL", "status.example.org"),
    ("ROOT_PATH", "tocsin"),
    ("DATABASE_URL", "mysql://localhost/tocsin"),
    ("DATABASE_URL", "tocsin.db"),
    ("CORS_ORIGINS", "https://console.example.org,console.example.org"),
    ("SLACK_WEBHOOK_URL", "hooks.slack.example"),
    ("POLLER_HEALTH_SLACK_WEBHOOK_URL", "hooks.slack.example"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_one_line_that_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as refused:
        load_settings()
    line = str(refused.value)
    assert line.startswith(f"{name}: ")
    assert "\n" not in line


def test_every_whole_number_has_two_limits():
    assert {name for name, _ in LIMITED} == set(WHOLE_NUMBERS)
    assert len(LIMITED) == 2 * len(WHOLE_NUMBERS)


def test_two_different_databases_stop_the_start(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_PATH", "one.db")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:pass@localhost/two")
    with pytest.raises(BadSetting, match=r"^DATABASE_URL: .*DATABASE_PATH") as refused:
        load_settings()
    assert "pass" not in str(refused.value)


def test_the_same_database_twice_is_fine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DATABASE_PATH", str(tmp_path / "one.db"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'one.db'}")
    assert load_settings().database_url == f"sqlite:///{tmp_path / 'one.db'}"


def test_an_address_replaces_the_default_of_the_path(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/tocsin")
    assert load_settings().database_url == "postgresql://localhost/tocsin"


def test_a_heartbeat_must_beat_before_it_is_stale(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HEARTBEAT_INTERVAL_SECONDS", "120")
    with pytest.raises(BadSetting, match=r"^HEARTBEAT_STALE_AFTER_SECONDS: "):
        load_settings()


def test_without_any_setting_tocsin_lives_here_and_binds_this_machine(tmp_path: Path):
    settings = load_settings()
    assert (settings.HOST, settings.PORT) == ("127.0.0.1", 8000)
    assert settings.data_dir == tmp_path / "data"
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'data.db'}"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert not settings.is_https


def test_relative_paths_start_at_the_data_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("DATABASE_PATH", "deep/store.db")
    assert load_settings().database_url == f"sqlite:///{tmp_path}/elsewhere/deep/store.db"


def test_public_url_follows_host_port_and_root(monkeypatch: pytest.MonkeyPatch):
    for name, value in {"HOST": "192.0.2.7", "PORT": "81", "ROOT_PATH": "/bell/"}.items():
        monkeypatch.setenv(name, value)
    assert load_settings().public_url == "http://192.0.2.7:81/bell"
    monkeypatch.setenv("PUBLIC_URL", "https://status.example.org/")
    settings = load_settings()
    assert settings.public_url == "https://status.example.org"
    assert settings.is_https


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRUSTED_PROXIES", "192.0.2.1, 192.0.2.2,")
    monkeypatch.setenv("CORS_ORIGINS", "https://a.example/, https://b.example")
    settings = load_settings()
    assert settings.TRUSTED_PROXIES == ("192.0.2.1", "192.0.2.2")
    assert settings.CORS_ORIGINS == ("https://a.example", "https://b.example")


def test_an_empty_variable_is_no_variable(monkeypatch: pytest.MonkeyPatch):
    for name in Settings.model_fields:
        monkeypatch.setenv(name, "")
    assert load_settings() == Settings()


def test_the_environment_outweighs_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / ".env").write_text("PORT=81\nHOST=192.0.2.7\nUNKNOWN=1\n")
    monkeypatch.setenv("PORT", "82")
    settings = load_settings()
    assert (settings.HOST, settings.PORT) == ("192.0.2.7", 82)
    assert "UNKNOWN" not in os.environ


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch):
    for name in ("ADMIN_API_TOKEN", "SECRET_KEY", "SMTP_URL"):
        monkeypatch.setenv(name, "hush")
    assert "hush" not in repr(load_settings())


def test_the_guide_tells_default_limits_and_effect():
    line = "| `POLL_INTERVAL_SECONDS` | `60` | 1–3600 | How often vendor pages are polled. |"
    assert line in settings_markdown().splitlines()
