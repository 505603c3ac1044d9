"""Feeds are tested through the real outgoing client against real servers on loopback."""

from tests.platform.http.conftest import (
    client,
    clock,
    resolver,
    seen,
    serve,
    sleeper,
    speak_raw,
)

__all__ = ["client", "clock", "resolver", "seen", "serve", "sleeper", "speak_raw"]
