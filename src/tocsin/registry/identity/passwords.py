"""Passwords: argon2id, hashed and verified on a few threads of their own, never on the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from tocsin.kernel.errors import Unavailable

from .rules import normal_password

if TYPE_CHECKING:
    from argon2 import PasswordHasher

R = TypeVar("R")

_THREADS = 2
_MOST_WAITING = 32


def hash_password(password: str) -> str:
    """Hash a password; takes tens of milliseconds."""
    return _hasher().hash(normal_password(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one; without a hash it takes as long and answers no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(password_hash or _nobodys_hash(), normal_password(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(password_hash)


@cache
def _hasher() -> "PasswordHasher":
    """19 MiB and two passes: small enough that two at once do not hurt a small machine."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@cache
def _nobodys_hash() -> str:
    return _hasher().hash("nobody has this password")


class PasswordDesk:
    """Two threads with a short queue; past it, log-ins are refused with 503 instead of piling up."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="tocsin-password")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """Hash a new password."""
        return await self._run(hash_password, password)

    async def matches(self, password_hash: str | None, password: str) -> bool:
        """Verify a password."""
        return await self._run(matches, password_hash, password)

    def close(self) -> None:
        """Give the threads back."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[..., R], *args: object) -> R:
        if self._waiting >= _MOST_WAITING:
            raise Unavailable("Too many people log in at once. Try again.", code="overloaded")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work, *args)
        finally:
            self._waiting -= 1
