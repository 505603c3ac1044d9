"""What the machine gives: a directory to write, room on the disk, a port, the right to ping."""

import os
import shutil
import socket
from collections.abc import Iterator
from importlib.util import find_spec

from tocsin.platform.observability import Heartbeat
from tocsin.platform.settings import Settings

from . import files
from .line import Line, fail, ok, warn

_GB, _MB = 1_000_000_000, 1_000_000
_FULL = 50 * _MB
_ROOM = (
    "Free some space, keep fewer snapshots (BACKUP_RETENTION_DAYS) or let old rows go"
    " (RETENTION_DAYS_*)."
)
_LEAST_FREE, _LEAST_SHARE = _GB, 0.10
_PING_RANGE = "sysctl -w net.ipv4.ping_group_range='0 2147483647'"


def data_dir(settings: Settings) -> Iterator[Line]:
    """DATA_DIR exists, or can be made, and takes files."""
    folder = settings.data_dir
    if said := files.unwritable(folder):
        yield fail(
            "data_dir",
            f"{folder} cannot be written: {said}",
            "Give the directory to the user that runs Tocsin, or name another in DATA_DIR.",
        )
        return
    made = "" if folder.exists() else " (made by the first start)"
    yield ok("data_dir", f"{folder} can be written{made}")


def disk(settings: Settings) -> Iterator[Line]:
    """Room on the disks of DATA_DIR and BACKUP_DIR."""
    seen: set[int] = set()
    for folder in (settings.data_dir, settings.backup_dir):
        there = files.nearest(folder)
        if (device := there.stat().st_dev) in seen:
            continue
        seen.add(device)
        room = shutil.disk_usage(there)
        words = f"{_size(room.free)} of {_size(room.total)} free for {folder}"
        if room.free < _FULL:
            yield fail(
                "disk", words, f"Every write stops when it is full, and it nearly is. {_ROOM}"
            )
        elif room.free < _LEAST_FREE or room.free < _LEAST_SHARE * room.total:
            yield warn("disk", words, f"{_ROOM} A full disk stops every write.")
        else:
            yield ok("disk", words)


def _size(count: int) -> str:
    return f"{count / _GB:.1f} GB" if count >= _GB else f"{count / _MB:.0f} MB"


def port(settings: Settings) -> Iterator[Line]:
    """PORT is free, or a running Tocsin has it."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    where = f"{settings.HOST}:{settings.PORT}"
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.HOST, settings.PORT))
        except OSError as error:
            if _beats(settings):
                yield ok("port", f"{where} is taken while a Tocsin runs here")
            else:
                yield fail(
                    "port",
                    f"cannot listen on {where}: {os.strerror(error.errno or 0)}",
                    "Stop what has the port, or set PORT or HOST.",
                )
            return
    yield ok("port", f"{where} is free")


def heartbeat(settings: Settings) -> Iterator[Line]:
    """The worker's last sign of life."""
    age = Heartbeat(settings.data_dir).age_seconds()
    if age is None:
        yield ok("heartbeat", "no worker has run here yet")
    elif _beats(settings):
        yield ok("heartbeat", f"{age:.0f} s ago")
    else:
        yield warn(
            "heartbeat",
            f"{age:.0f} s ago; older than HEARTBEAT_STALE_AFTER_SECONDS, so no worker runs",
            "Start Tocsin; where it runs, look into its log for a database that takes no writes.",
        )


def _open_ping() -> None:
    """Open what a ping goes out of, as the monitors do: without rights first, then with them."""
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP).close()
    except PermissionError:
        socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()


def ping(_: Settings) -> Iterator[Line]:
    """Whether this user may ping: Linux asks `net.ipv4.ping_group_range`, or CAP_NET_RAW."""
    try:
        _open_ping()
    except PermissionError:
        yield warn(
            "ping",
            "this user may not ping, so ping monitors cannot work",
            f"As root: {_PING_RANGE}, and the same line in /etc/sysctl.d to keep it.",
        )
    except OSError as error:
        yield warn("ping", f"no ping here: {os.strerror(error.errno or 0)}", "Use TCP monitors.")
    else:
        yield ok("ping", "this user may ping")


def reporting(settings: Settings) -> Iterator[Line]:
    """Where errors are reported, the package that does it is there."""
    if settings.SENTRY_DSN is None:
        yield ok("sentry", "SENTRY_DSN is unset, so errors stay in the log")
    elif find_spec("sentry_sdk") is None:
        yield fail(
            "sentry",
            "SENTRY_DSN is set, but the package sentry-sdk is missing",
            "pip install sentry-sdk, or take SENTRY_DSN away; Tocsin does not start like this.",
        )
    else:
        yield ok("sentry", "errors are reported")


def _beats(settings: Settings) -> bool:
    age = Heartbeat(settings.data_dir).age_seconds()
    return age is not None and age <= settings.HEARTBEAT_STALE_AFTER_SECONDS
