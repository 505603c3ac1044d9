"""All checks in order, and how they are told."""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import asdict

import click

from tocsin.app.channels import open_mail
from tocsin.app.doctor import files, machine, network, rows
from tocsin.kernel.clock import SystemClock
from tocsin.platform.settings import BadSetting, Settings, load_settings

from .line import Line, code, fail, ok

HERE: tuple[Callable[[Settings], Iterator[Line]], ...] = (
    machine.data_dir,
    machine.disk,
    files.key,
    files.folders,
    files.registry,
    rows.database,
    rows.snapshots,
    machine.port,
    machine.heartbeat,
    machine.ping,
    machine.reporting,
)
OUTSIDE: tuple[Callable[[Settings], AsyncIterator[Line]], ...] = (
    network.address,
    network.mail,
    network.chat,
)


def run(as_json: bool) -> int:
    """Print every line; returns 0 where all is well, 1 where something warns, 2 where it fails."""
    lines = examine()
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], indent=2))
    else:
        click.echo("\n".join(str(line) for line in lines))
    return code(lines)


def examine() -> list[Line]:
    """Look at everything; a wrong setting ends it, for nothing else can be known then."""
    try:
        settings = load_settings()
        open_mail(settings, SystemClock())
    except BadSetting as error:
        return [fail("settings", str(error), _remedy(str(error)))]
    found = [ok("settings", "all of them can be read")]
    for check in HERE:
        found += _guarded(check, settings)
    return found + asyncio.run(_outside(settings))


def _guarded(check: Callable[[Settings], Iterator[Line]], settings: Settings) -> list[Line]:
    """The lines of a check; what may not even be looked at is a finding, not an end."""
    lines: list[Line] = []
    try:
        lines.extend(check(settings))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        said = f"cannot be looked at: {where}{os.strerror(error.errno or 0)}"
        lines.append(
            fail(
                check.__name__,
                said,
                "Give it to the user that runs Tocsin (chown), and call the doctor as that user.",
            )
        )
    return lines


def _remedy(said: str) -> str:
    switch = re.fullmatch(r"(\w+): required when (\w+)=true", said)
    if switch:
        return f"Set {switch[1]}, or take {switch[2]} away."
    return "Correct the variable; docs/guide/settings.md has all."


async def _outside(settings: Settings) -> list[Line]:
    return [line for check in OUTSIDE async for line in check(settings)]
