"""Write the next migration from the difference between the rooms' tables and the last version.

`python -m scripts.make_migration 0002 "add widgets"`; look at the result before committing it.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from tocsin.app.schema import alembic_config


def main() -> None:
    """Upgrade an empty SQLite database to the last version and autogenerate from there."""
    number, words = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as directory:
        config = alembic_config(f"sqlite:///{Path(directory) / 'schema.db'}")
        command.upgrade(config, "head")
        command.revision(config, message=words, rev_id=number, autogenerate=True)


if __name__ == "__main__":
    main()
