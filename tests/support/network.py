"""Tests talk to this machine only."""

import ipaddress
import sys


class OutsideWorldError(RuntimeError):
    """A test tried to reach a host that is not this machine."""


def stay_on_this_machine() -> None:
    """Refuse, for the rest of this process, to look up or connect to any other host."""
    sys.addaudithook(_refuse_strangers)


def _refuse_strangers(event: str, arguments: tuple[object, ...]) -> None:
    match event, arguments:
        case "socket.getaddrinfo", (host, *_) if host is not None:
            pass
        case "socket.connect" | "socket.sendto", (_, (host, *_)):
            pass
        case _:
            return
    if not _is_here(host.decode() if isinstance(host, bytes) else str(host)):
        raise OutsideWorldError(f"{event} to {host!r}: tests do not leave this machine")


def _is_here(host: str) -> bool:
    if host in ("", "localhost") or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
