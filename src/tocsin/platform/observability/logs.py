"""Structured logs on stderr or in a file; words for people go to stdout instead."""

import logging
import os
import sys
from logging.handlers import WatchedFileHandler
from typing import Any

import structlog

from tocsin.platform.settings import BadSetting, Settings

from .reporting import report_event

_SECRET_WORDS = ("password", "token", "secret", "authorization", "cookie")


def configure_logs(settings: Settings, role: str) -> None:
    """Set up structlog and the standard library's loggers alike, once per process.

    Raises BadSetting where LOG_FILE cannot be written.
    """
    handler = _handler(settings)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        report_event,
        structlog.processors.format_exc_info,
        _hide_secrets,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.LOG_JSON
        else structlog.dev.ConsoleRenderer(colors=not settings.LOG_FILE and sys.stderr.isatty())
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.LOG_LEVEL)
    for chatty in ("alembic.runtime.plugins", "uvicorn.error", "aiosmtplib"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(role=role)


def _handler(settings: Settings) -> logging.Handler:
    """The file, opened anew when logrotate has moved it, or stderr."""
    path = settings.log_file
    if path is None:
        return logging.StreamHandler(sys.stderr)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return WatchedFileHandler(path, encoding="utf-8")
    except OSError as error:
        said = os.strerror(error.errno or 0)
        raise BadSetting(f"LOG_FILE: cannot write {path} ({said})") from None


def _hide_secrets(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    for key in event:
        if any(word in key.lower() for word in _SECRET_WORDS):
            event[key] = "***"
    return event
