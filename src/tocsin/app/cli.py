"""The command line: `tocsin serve | web | worker | pages | migrate | backup | restore | doctor …`."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from tocsin import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tocsin")
def main() -> None:
    """From the first sign of trouble to the lesson learnt."""


@main.command()
def serve() -> None:
    """Run everything: the web and the worker process, supervised."""
    from tocsin.app.supervisor import supervise

    sys.exit(supervise())


@main.command()
def web() -> None:
    """Run the API, the console, the pages and the sockets."""
    from tocsin.app.web import run

    _refuse_bad_settings(run)


@main.command()
def worker() -> None:
    """Run the agenda: polling, deciding, sending, rendering."""
    from tocsin.app.worker import run

    _refuse_bad_settings(run)


@main.command()
def pages() -> None:
    """Serve the rendered status pages only; needs no database."""
    from tocsin.app.pages import run

    _refuse_bad_settings(run)


@main.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from tocsin.app.schema import ensure_schema
    from tocsin.platform.settings import load_settings

    _refuse_bad_settings(lambda: click.echo(ensure_schema(load_settings().database_url)))


@main.command()
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="The file to write. Default: one named after this moment, in BACKUP_DIR.",
)
def backup(to: Path | None) -> None:
    """Write a checked snapshot of the SQLite database now; a server may run meanwhile."""
    from tocsin.app.restoring import back_up

    _refuse_bad_settings(lambda: click.echo(back_up(to)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put a snapshot in the database's place; refused while a server runs on it."""
    from tocsin.app import restoring

    _refuse_bad_settings(lambda: click.echo(restoring.restore(file)))


@main.command()
@click.option("--data-dir", type=click.Path(path_type=Path), default=Path("data-demo"))
def demo(data_dir: Path) -> None:
    """Run with a simulated vendor that fails and recovers, and a mail sink in the console."""
    from tocsin.app.demo import run

    _refuse_bad_settings(lambda: run(data_dir))


@main.group()
def user() -> None:
    """Manage people."""


@user.command("create")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option(
    "--role",
    type=click.Choice(["viewer", "responder", "itsm_manager", "admin", "super_admin"]),
    default="super_admin",
    show_default=True,
)
@click.password_option()
def user_create(email: str, name: str, role: str, password: str) -> None:
    """Create a person who can log in at once."""
    from tocsin.app.admin import create_user

    _refuse_bad_settings(lambda: click.echo(create_user(email, name, role, password)))


@main.group()
def token() -> None:
    """Manage API tokens."""


@token.command("create")
@click.option("--name", required=True)
@click.option("--role", default="responder", show_default=True)
def token_create(name: str, role: str) -> None:
    """Create an API token and print it once."""
    from tocsin.app.admin import create_token

    _refuse_bad_settings(lambda: click.echo(create_token(name, role)))


@main.command()
def audit() -> None:
    """Check that nothing is late, lost or unexplained; exit 1 on a finding."""
    from tocsin.app.admin import run_audit

    _refuse_bad_settings(lambda: sys.exit(run_audit()))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON list, for programs.")
def doctor(as_json: bool) -> None:
    """Check what the installation stands on; exit 0 well, 1 warnings, 2 failures."""
    from tocsin.app import doctor as doctors

    sys.exit(doctors.run(as_json))


def _refuse_bad_settings(action: Callable[[], object]) -> None:
    """Turn what stops a start into one line on stderr and exit code 2."""
    from tocsin.app.schema import UnknownSchema
    from tocsin.kernel.errors import TocsinError
    from tocsin.platform.settings import BadSetting

    try:
        action()
    except BadSetting as error:
        click.echo(f"tocsin: {error}", err=True)
        sys.exit(2)
    except UnknownSchema as error:
        click.echo(f"tocsin: {error}", err=True)
        sys.exit(1)
    except TocsinError as error:
        click.echo(f"tocsin: {error.detail}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
