"""Errors of Tocsin told to Sentry, where SENTRY_DSN asks for it: where it broke, never about whom.

What leaves is the exception's type, its words without addresses and SQL, the stack without values
of variables, the log's event name, role, version and environment. Requests, headers, cookies,
bodies, people, breadcrumbs and other keys of the log stay here.
"""

import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tocsin import __version__
from tocsin.platform.settings import BadSetting, Settings

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

_ADDRESS = re.compile(r"\b([a-z][a-z0-9+.-]*)://\S+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_LONGEST_WORDS = 500
_TOLD = ("warning", "error", "critical", "exception")
_KEPT = frozenset(
    {
        *("event_id", "timestamp", "start_timestamp", "platform", "level", "type"),
        *("exception", "threads", "message", "logentry", "transaction", "transaction_info"),
        *("release", "environment", "server_name", "tags", "fingerprint", "sdk", "contexts"),
        *("spans", "measurements", "debug_meta"),
    }
)

Report = Callable[[str, str, BaseException | None], None]
"""Takes logger, event and exception."""

_report: Report | None = None


def start_reporting(settings: Settings, role: str) -> None:
    """Report from now on, once per process; raises BadSetting where the package is missing."""
    global _report  # noqa: PLW0603 - logs are configured once per process, and so is this
    if settings.SENTRY_DSN is None:
        return
    try:
        import sentry_sdk
    except ImportError:
        raise BadSetting(
            "SENTRY_DSN: is set, but the package sentry-sdk is missing: pip install sentry-sdk"
        ) from None
    try:
        sentry_sdk.init(
            dsn=settings.SENTRY_DSN.get_secret_value(),
            environment=settings.SENTRY_ENVIRONMENT,
            traces_sample_rate=settings.SENTRY_TRACES_SAMPLE_RATE,
            release=f"tocsin@{__version__}",
            server_name=role,
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            send_client_reports=False,
            auto_session_tracking=False,
            default_integrations=False,
            auto_enabling_integrations=False,
            integrations=_integrations(settings.SENTRY_TRACES_SAMPLE_RATE > 0),
            before_send=_strip,
            before_send_transaction=_strip,
        )
    except sentry_sdk.utils.BadDsn:
        raise BadSetting("SENTRY_DSN: is no DSN; copy it from the project's settings") from None
    _report = _send


def report_event(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """A step of the log's chain: exceptions from warning on, and errors, are reported."""
    if _report is None:
        return event
    level = event.get("level", "")
    error = _exception(event.get("exc_info"))
    if level in _TOLD and (error is not None or level != "warning"):
        _report(str(event.get("logger", "")), _name(event), error)
    return event


def _send(logger: str, event: str, error: BaseException | None) -> None:
    import sentry_sdk

    with sentry_sdk.new_scope() as scope:
        scope.set_tag("logger", logger)
        scope.set_tag("event", event[:200])
        if error is not None:
            sentry_sdk.capture_exception(error)
        else:
            sentry_sdk.capture_message(event, level="error")


def _integrations(tracing: bool) -> list[Any]:
    from sentry_sdk.integrations.atexit import AtexitIntegration
    from sentry_sdk.integrations.dedupe import DedupeIntegration
    from sentry_sdk.integrations.excepthook import ExcepthookIntegration
    from sentry_sdk.integrations.threading import ThreadingIntegration

    quiet = AtexitIntegration(callback=lambda *_: None)
    always = [quiet, DedupeIntegration(), ExcepthookIntegration(), ThreadingIntegration()]
    if not tracing:
        return always
    from sentry_sdk.integrations.fastapi import FastApiIntegration
    from sentry_sdk.integrations.starlette import StarletteIntegration

    return [
        *always,
        StarletteIntegration(transaction_style="url", failed_request_status_codes=set()),
        FastApiIntegration(transaction_style="url", failed_request_status_codes=set()),
    ]


def _strip(event: "Event", _: "Hint") -> "Event | None":
    """Keep what says where it broke; what is not known to be harmless goes."""
    whole: dict[str, Any] = dict(event)
    kept = {name: value for name, value in whole.items() if name in _KEPT}
    for raised in kept.get("exception", {}).get("values", ()):
        raised["value"] = _words(str(raised.get("value") or ""))
    for name in ("message", "transaction"):
        if isinstance(kept.get(name), str):
            kept[name] = _words(kept[name])
    kept["contexts"] = {
        name: value
        for name, value in kept.get("contexts", {}).items()
        if name in ("runtime", "trace")
    }
    for part in (kept["contexts"].get("trace", {}), *kept.get("spans", ())):
        part.pop("data", None)
        part.pop("description", None)
    stripped: Event = kept  # type: ignore[assignment]  # a part of an event is an event
    return stripped


def _words(text: str) -> str:
    """An exception's words: addresses to their scheme, mail addresses and SQL away."""
    plain = text.partition("[SQL:")[0].partition("[parameters:")[0]
    return _MAIL.sub("[mail]", _ADDRESS.sub(r"\1://[address]", plain))[:_LONGEST_WORDS].strip()


def _name(event: dict[str, Any]) -> str:
    """The event's name; of other people's loggers the pattern, not what was filled in."""
    record = event.get("_record")
    if record is not None and isinstance(record.msg, str):
        return record.msg
    return str(event.get("event", ""))


def _exception(given: Any) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    return sys.exc_info()[1] if given else None
