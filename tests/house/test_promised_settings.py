"""Every variable that was promised exists under its name, with its default and its limits."""

import re
from pathlib import Path
from typing import Any

import pytest

from tocsin.platform.settings import BadSetting, Settings, load_settings

NONE = None
PROMISED: dict[str, Any] = {
    "SLACK_WEBHOOK_URL": NONE,
    "DATABASE_PATH": Path("data.db"),
    "POLL_INTERVAL_SECONDS": 60,
    "HOST": "127.0.0.1",
    "PORT": 8000,
    "LOG_LEVEL": "INFO",
    "ADMIN_API_TOKEN": NONE,
    "CORS_ORIGINS": ("http://localhost:5173", "http://127.0.0.1:5173"),
    "SEED_DEMO_DATA": False,
    "POLLER_HEALTH_SLACK_WEBHOOK_URL": NONE,
    "ALERT_CONFIRM_THRESHOLD_POLLS": 3,
    "ALERT_RECOVERY_THRESHOLD_POLLS": 2,
    "ALERT_MIN_STATE_DURATION_SECONDS": 600,
    "ALERT_DEDUP_WINDOW_SECONDS": 86400,
    "DEPENDENCY_CORRELATION_THRESHOLD": 3,
    "BREAKER_THRESHOLD": 3,
    "BREAKER_TTL_SECONDS": 300,
    "POLLER_FAILURE_THRESHOLD": 3,
    "LOG_JSON": True,
    "LOG_FILE": NONE,
    "SENTRY_DSN": NONE,
    "SENTRY_ENVIRONMENT": "production",
    "SENTRY_TRACES_SAMPLE_RATE": 0.0,
    "HEALTHCHECK_PING_URL": NONE,
    "HEARTBEAT_INTERVAL_SECONDS": 30,
    "HEARTBEAT_STALE_AFTER_SECONDS": 120,
    "RETENTION_DAYS_STATUS_EVENTS": 90,
    "RETENTION_DAYS_ALERT_SENT_LOG": 90,
    "RETENTION_INTERVAL_HOURS": 168,
    "WAL_CHECKPOINT_INTERVAL_HOURS": 24,
    "BACKUP_DIR": Path("backups"),
    "BACKUP_TIME_HOUR": 2,
    "BACKUP_RETENTION_DAYS": 7,
    "WEBHOOKS_ENABLED": False,
    "STATUSPAGE_WEBHOOK_SECRET": NONE,
    "SLACK_ACK_ENABLED": False,
    "SLACK_SIGNING_SECRET": NONE,
    "SLACK_SLASH_ENABLED": False,
    "POSTMORTEMS_ENABLED": False,
    "POSTMORTEMS_DIR": Path("docs/postmortems"),
    "SLO_BURN_RATE_ENABLED": False,
    "SLO_TARGET_PERCENT": 99.9,
    "SLO_BURN_RATE_CHECK_INTERVAL_SECONDS": 300,
    "SLO_BURN_RATE_FAST_THRESHOLD": 14.4,
    "SLO_BURN_RATE_SLOW_THRESHOLD": 6.0,
    "SLO_BURN_RATE_TICKET_THRESHOLD": 1.0,
}
OUTSIDE = {
    "POLL_INTERVAL_SECONDS": ("0", "3601"),
    "PORT": ("-1", "65536"),
    "ALERT_CONFIRM_THRESHOLD_POLLS": ("0",),
    "ALERT_RECOVERY_THRESHOLD_POLLS": ("0",),
    "ALERT_MIN_STATE_DURATION_SECONDS": ("-1",),
    "ALERT_DEDUP_WINDOW_SECONDS": ("-1",),
    "DEPENDENCY_CORRELATION_THRESHOLD": ("0",),
    "BREAKER_THRESHOLD": ("0",),
    "BREAKER_TTL_SECONDS": ("0",),
    "POLLER_FAILURE_THRESHOLD": ("0",),
    "SENTRY_TRACES_SAMPLE_RATE": ("-0.1", "1.1"),
    "HEARTBEAT_INTERVAL_SECONDS": ("0",),
    "HEARTBEAT_STALE_AFTER_SECONDS": ("0", "30"),
    "RETENTION_DAYS_STATUS_EVENTS": ("-1",),
    "RETENTION_DAYS_ALERT_SENT_LOG": ("-1",),
    "RETENTION_INTERVAL_HOURS": ("0",),
    "WAL_CHECKPOINT_INTERVAL_HOURS": ("0",),
    "BACKUP_TIME_HOUR": ("-1", "24"),
    "BACKUP_RETENTION_DAYS": ("0",),
    "SLO_TARGET_PERCENT": ("89.9", "100"),
    "SLO_BURN_RATE_CHECK_INTERVAL_SECONDS": ("0", "3601"),
    "SLO_BURN_RATE_FAST_THRESHOLD": ("0",),
    "SLO_BURN_RATE_SLOW_THRESHOLD": ("0",),
    "SLO_BURN_RATE_TICKET_THRESHOLD": ("0",),
    "LOG_LEVEL": ("LOUD",),
    "LOG_JSON": ("perhaps",),
    "SEED_DEMO_DATA": ("perhaps",),
    "POSTMORTEMS_ENABLED": ("perhaps",),
    "SLO_BURN_RATE_ENABLED": ("perhaps",),
    "WEBHOOKS_ENABLED": ("perhaps",),
    "SLACK_ACK_ENABLED": ("perhaps",),
    "SLACK_SLASH_ENABLED": ("perhaps",),
    "SLACK_WEBHOOK_URL": ("hooks.example.com",),
    "POLLER_HEALTH_SLACK_WEBHOOK_URL": ("hooks.example.com",),
    "HEALTHCHECK_PING_URL": ("hc.example.com/ping",),
    "CORS_ORIGINS": ("console.example.com", "https://console.example.com/app"),
    "HOST": ("http://127.0.0.1", "127.0.0.1:8000"),
    "ADMIN_API_TOKEN": (" ", "blank behind "),
    "SENTRY_DSN": ("key@sentry.example.com/1",),
    "SENTRY_ENVIRONMENT": ("our production",),
    "STATUSPAGE_WEBHOOK_SECRET": (" ",),
    "SLACK_SIGNING_SECRET": (" ",),
}
ANYTHING_GOES = {"DATABASE_PATH", "LOG_FILE", "BACKUP_DIR", "POSTMORTEMS_DIR"}
"""Paths: what is wrong with them shows where they are used, and in the doctor's answer."""


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", PROMISED)
def test_a_promised_variable_exists_with_its_default(name: str):
    assert getattr(load_settings(), name) == PROMISED[name]


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in OUTSIDE.items() for value in values]
)
def test_a_value_outside_its_limits_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as refused:
        load_settings()
    line = str(refused.value)
    assert line.startswith(f"{name}: ")
    assert "\n" not in line


@pytest.mark.parametrize(
    ("switch", "secret"),
    [
        ("WEBHOOKS_ENABLED", "STATUSPAGE_WEBHOOK_SECRET"),
        ("SLACK_ACK_ENABLED", "SLACK_SIGNING_SECRET"),
        ("SLACK_SLASH_ENABLED", "SLACK_SIGNING_SECRET"),
    ],
)
def test_a_switch_without_its_secret_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, switch: str, secret: str
):
    monkeypatch.setenv(switch, "true")
    with pytest.raises(BadSetting, match=f"^{secret}: .*{switch}"):
        load_settings()
    monkeypatch.setenv(secret, "a secret")
    assert getattr(load_settings(), switch) is True


def test_every_promised_variable_is_checked_or_said_to_take_anything():
    assert set(OUTSIDE) | ANYTHING_GOES == set(PROMISED)
    assert set(OUTSIDE) & ANYTHING_GOES == set()


def test_every_variable_has_an_effect_somewhere():
    """Whatever reads a setting names it outside the table, or its property, which bears its name."""
    house = Path(__file__).parents[2] / "src" / "tocsin"
    table = house / "platform" / "settings"
    words = {
        word.removeprefix("settings.").strip('"')
        for file in house.rglob("*.py")
        if table not in file.parents
        for word in re.findall(r"settings\.\w+|\"RETENTION_DAYS_\w+\"", file.read_text())
    }
    asked = {name: {name, name.lower()} for name in Settings.model_fields}
    asked["DATABASE_PATH"] = {"database_url"}
    unread = {name for name, names in asked.items() if not names & words}
    assert unread == set()
