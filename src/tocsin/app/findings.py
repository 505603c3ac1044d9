"""What becomes of the auditor's findings: facts, once while something stands and once when it is gone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, or_, select

from tocsin.app.auditor import Finding
from tocsin.kernel.facts import Fact, subject_of
from tocsin.platform.database import ReadTx, Tx, metadata
from tocsin.platform.journal import journal

FOUND = "audit.found"
GONE = "audit.gone"

_j = journal


@dataclass(slots=True)
class Standing:
    """What one check found and has not seen gone: since when, and which subjects."""

    check: str
    since: datetime
    subjects: set[str] = field(default_factory=set)


def record_findings(tx: Tx, findings: Sequence[Finding]) -> None:
    """Enter what is new, one fact per check, and which checks find nothing any more."""
    tx.lock(metadata.tables["tenants"], tx.tenant)  # two workers may audit at once
    before, now = standing(tx), _by_check(findings)
    for check, subjects in now.items():
        known = before[check].subjects if check in before else set()
        if new := [subject for subject in subjects if subject not in known]:
            payload = {"check": check, "count": len(new), "subjects": new}
            tx.record(Fact(FOUND, subject_of("audit", check), payload))
    for check in before.keys() - now.keys():
        count = len(before[check].subjects)
        tx.record(Fact(GONE, subject_of("audit", check), {"check": check, "count": count}))


def standing(tx: ReadTx) -> dict[str, Standing]:
    """What was found and is not gone, by check, the oldest first."""
    gone = (
        select(_j.c.subject, func.max(_j.c.recorded_at).label("at"))
        .where(_j.c.tenant_id == tx.tenant, _j.c.kind == GONE)
        .group_by(_j.c.subject)
        .subquery()
    )
    rows = tx.execute(
        select(_j.c.recorded_at, _j.c.payload)
        .outerjoin(gone, gone.c.subject == _j.c.subject)
        .where(_j.c.tenant_id == tx.tenant, _j.c.kind == FOUND)
        .where(or_(gone.c.at.is_(None), _j.c.recorded_at > gone.c.at))
        .order_by(_j.c.recorded_at, _j.c.id)
    )
    found: dict[str, Standing] = {}
    for row in rows:
        said = row.payload
        kept = found.setdefault(said["check"], Standing(said["check"], row.recorded_at))
        kept.subjects.update(said["subjects"])
    return found


def _by_check(findings: Sequence[Finding]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        found[finding.check].append(finding.subject)
    return found
