"""The Python tests in three rounds, and one summary of all as the last line."""

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from scripts.python_side import PYTHON
from scripts.steps import ROOT

RESULTS = ROOT / "test-results"
NOTHING_COLLECTED = 5

# Most tests wait for a disk or a database now and then: one more of them than there are processors
# keeps both busy. Killing processes takes a machine to itself.
ROUNDS = {
    "shared": ["--numprocesses=3", "--dist=worksteal", "-m", "not (browser or crash)"],
    "browser": ["--numprocesses=2", "--dist=loadfile", "-m", "browser"],
    "crash": ["--numprocesses=0", "-m", "crash"],
}
ELSEWHERE = "--ignore=tests/house"  # `make check` runs them


def main(arguments: list[str]) -> int:
    """Run every round, whatever the ones before it say."""
    began = time.monotonic()
    RESULTS.mkdir(exist_ok=True)
    reports = {name: RESULTS / f"{name}.xml" for name in ROUNDS}
    codes = [_run(reports[name], [*ROUNDS[name], ELSEWHERE, *arguments]) for name in ROUNDS]
    counts = sum(map(_counts, reports.values()), Counter[str]())
    print(_summary(counts, time.monotonic() - began), flush=True)
    return max(codes)


def _run(report: Path, arguments: list[str]) -> int:
    report.unlink(missing_ok=True)
    code = subprocess.run(
        [PYTHON, "-m", "pytest", f"--junit-xml={report}", *arguments], cwd=ROOT, check=False
    ).returncode
    return 0 if code == NOTHING_COLLECTED else code


def _counts(report: Path) -> Counter[str]:
    """What the round's report says; a round without a report broke off, which is an error."""
    if not report.is_file():
        return Counter(errors=1)
    suite = ET.parse(report).getroot().find("testsuite")
    assert suite is not None
    read = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    passed = read["tests"] - read["failures"] - read["errors"] - read["skipped"]
    return Counter(
        passed=passed, failed=read["failures"], errors=read["errors"], skipped=read["skipped"]
    )


def _summary(counts: Counter[str], seconds: float) -> str:
    words = [f"{counts['passed']} passed", f"{counts['failed']} failed"]
    words += [f"{counts[name]} {name}" for name in ("errors", "skipped") if counts[name]]
    return f"==== {', '.join(words)} in {seconds:.0f} s ===="


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
