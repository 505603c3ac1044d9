"""Settings: read from the environment, refused with one line that names the variable."""

import os
from pathlib import Path
from typing import Any

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

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
    ("HEALTHCHECK_PING_URL", "https:///ping"),
    ("SLACK_WEBHOOK_URL", "https://hooks.slack.example/a b"),
    ("SENTRY_DSN", "key@sentry.example/1"),
    ("SENTRY_ENVIRONMENT", "our production"),
    ("SENTRY_ENVIRONMENT", "None"),
    ("HOST", "http://192.0.2.7"),
    ("HOST", "192.0.2.7:8000"),
    ("HOST", "two words"),
    ("PUBLIC_URL", "https://"),
    ("PUBLIC_URL", "https://status.example.org:99999"),
    ("PUBLIC_URL", "https://status.example.org/?page=1"),
    ("PUBLIC_URL", "https://somebody:pass@status.example.org"),
    ("ROOT_PATH", "/tocsin?"),
    ("ROOT_PATH", "//example.org"),
    ("ROOT_PATH", "/tocsin/../etc"),
    ("ADMIN_API_TOKEN", "blank behind "),
    ("ADMIN_API_TOKEN", "schlüssel"),
    ("SECRET_KEY", " "),
    ("STATUSPAGE_WEBHOOK_SECRET", " "),
    ("SLACK_SIGNING_SECRET", " "),
    ("UPTIME_WEIGHT_PARTIAL_OUTAGE", "-0.1"),
    ("UPTIME_WEIGHT_PARTIAL_OUTAGE", "1.1"),
    ("UPTIME_WEIGHT_DEGRADED", "1.1"),
    ("UPTIME_WEIGHT_DEGRADED", "nan"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("DATABASE_URL", "sqlite:///data.db?mode=ro"),
    ("DATABASE_URL", "postgresql://localhost:many/tocsin"),
    ("DATABASE_URL", "postgresql://localhost:70000/tocsin"),
]
NEVER_TOLD = ("pass@", "schlüssel", "many")


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
    assert not [word for word in NEVER_TOLD if word in line]


@pytest.mark.parametrize(
    ("entries", "entry"),
    [
        ("foo", "'foo'"),
        ("192.0.2.1, proxy.example.org", "'proxy.example.org'"),
        ("10.0.0.0/33", "'10.0.0.0/33'"),
        ("10.1.2.3/8", "10.0.0.0/8"),
        ("192.0.2.1:8080", "'192.0.2.1:8080'"),
        ("*, 192.0.2.1", "stands alone"),
    ],
)
def test_a_proxy_that_could_never_be_met_is_named_with_its_entry(
    monkeypatch: pytest.MonkeyPatch, entries: str, entry: str
):
    monkeypatch.setenv("TRUSTED_PROXIES", entries)
    with pytest.raises(BadSetting, match=r"^TRUSTED_PROXIES: ") as refused:
        load_settings()
    assert entry in str(refused.value)


@pytest.mark.parametrize(
    ("trusted", "peer", "believed"),
    [
        ("10.0.0.0/8", "10.9.8.7", True),
        ("10.0.0.0/8", "11.0.0.1", False),
        ("2001:db8::/32,192.0.2.1", "2001:db8::7", True),
        ("2001:db8::/32,192.0.2.1", "192.0.2.1", True),
        ("2001:db8::/32,192.0.2.1", "192.0.2.2", False),
        ("*", "198.51.100.1", True),
    ],
)
async def test_only_a_trusted_proxy_says_whose_request_it_is(
    monkeypatch: pytest.MonkeyPatch, trusted: str, peer: str, believed: bool
):
    monkeypatch.setenv("TRUSTED_PROXIES", trusted)
    seen: list[tuple[str, int]] = []

    async def app(scope: Any, _: Any, __: Any) -> None:
        seen.append(scope["client"])

    scope = {
        "type": "http",
        "scheme": "http",
        "client": (peer, 5000),
        "headers": [(b"x-forwarded-for", b"203.0.113.9")],
    }
    proxied: Any = ProxyHeadersMiddleware(app, list(load_settings().TRUSTED_PROXIES))
    await proxied(scope, None, None)
    assert seen[0][0] == ("203.0.113.9" if believed else peer)


def test_an_origin_that_no_browser_sends_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CORS_ORIGINS", "https://a.example,https://b.example/console")
    with pytest.raises(BadSetting, match=r"^CORS_ORIGINS: 'https://b.example/console' "):
        load_settings()


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


def test_degraded_time_weighs_no_more_than_a_partial_outage(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("UPTIME_WEIGHT_PARTIAL_OUTAGE", "0.3")
    monkeypatch.setenv("UPTIME_WEIGHT_DEGRADED", "0.3")
    load_settings()
    monkeypatch.setenv("UPTIME_WEIGHT_DEGRADED", "0.4")
    with pytest.raises(BadSetting, match=r"^UPTIME_WEIGHT_DEGRADED: .*PARTIAL_OUTAGE"):
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


def test_an_address_of_ipv6_is_bracketed_in_links(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOST", "::1")
    assert load_settings().public_url == "http://[::1]:8000"


def test_the_file_of_a_database_address_starts_at_the_data_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///deep/store.db")
    assert load_settings().database_url == f"sqlite:///{tmp_path}/data/deep/store.db"


def test_a_path_may_start_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("BACKUP_DIR", "~/snapshots")
    assert load_settings().backup_dir == tmp_path / "home" / "snapshots"


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
