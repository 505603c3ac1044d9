"""Several processes, one SQLite file."""

import subprocess
import sys
from pathlib import Path

from tests.platform.database.shelf import CONTEXT, add_marble, marbles_in, put, shelf
from tests.support.checkout import ROOT
from tocsin.platform.database import FileLock, Lane

CHILD = """
import sys
from tests.platform.database.shelf import CONTEXT, add_marble, open_database
from tocsin.platform.database import Lane

db = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
futures = [db.submit(CONTEXT, add_marble, Lane.NORMAL, "jar") for _ in range(150)]
for future in futures:
    future.result()
db.close()
"""


def start_child(url: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, url],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


async def test_two_processes_that_write_one_file_lose_nothing(sqlite_url: str):
    async with shelf(sqlite_url) as db:
        await db.write(CONTEXT, put, "jar")
        children = [start_child(sqlite_url) for _ in range(2)]
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        ours = [db.submit(CONTEXT, add_marble, Lane.URGENT, "jar") for _ in range(150)]
        for future in ours:
            future.result(20)
        for child in children:
            child.communicate(timeout=20)
            assert child.returncode == 0
        assert await db.read(CONTEXT, marbles_in, "jar") == 450


def test_a_lock_is_held_by_one_and_free_after_its_owner_died(tmp_path: Path):
    path = tmp_path / "lock"
    taker = (
        "import fcntl, os, sys; d = os.open(sys.argv[1], os.O_RDWR);"
        "fcntl.flock(d, fcntl.LOCK_EX | fcntl.LOCK_NB); os._exit(9)"
    )

    def somebody_else() -> int:
        return subprocess.run(
            [sys.executable, "-c", taker, path], check=False, stderr=-3
        ).returncode

    lock = FileLock(path)
    with lock:
        assert somebody_else() == 1
    assert somebody_else() == 9
    with lock:
        assert path.stat().st_mode & 0o777 == 0o600
    lock.close()
