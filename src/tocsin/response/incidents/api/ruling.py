"""The setting that says which confirmed trouble opens an incident."""

from typing import Annotated, Any

from fastapi import APIRouter

from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.web import Caller, Moment, WireModel, require_unchanged, requires
from tocsin.response.incidents import verbs
from tocsin.response.incidents.queries.opening import opening_rule
from tocsin.response.incidents.rules import OpeningRule, OpeningTable

_READ_ONLY = ("version", "updated_at")


class OpensAt(WireModel):
    """One tier: the severity of the incident that each confirmed status opens; null opens none."""

    major_outage: Severity | None = None
    partial_outage: Severity | None = None
    degraded: Severity | None = None


class Tiers(WireModel):
    """The three tiers; a service of tier 1 hurts most."""

    tier_1: OpensAt
    tier_2: OpensAt
    tier_3: OpensAt


class OpeningRuleIn(WireModel):
    """The whole table; what GET gave may be sent back."""

    tiers: Tiers
    version: int | None = None
    updated_at: Moment | None = None

    def table(self) -> OpeningTable:
        """The cells that open an incident."""
        rows = {1: self.tiers.tier_1, 2: self.tiers.tier_2, 3: self.tiers.tier_3}
        cells = (
            ((tier, Status(status)), severity)
            for tier, row in rows.items()
            for status, severity in row
        )
        return {cell: severity for cell, severity in cells if severity is not None}


class OpeningRuleOut(WireModel):
    """The table in force; version 0 is the default that nobody has changed."""

    tiers: Tiers
    version: int
    updated_at: Moment | None


router = APIRouter(tags=["Settings"])


@router.get("/settings/opening-rule")
async def show_opening_rule(
    caller: Annotated[Caller, requires("settings.read")],
) -> OpeningRuleOut:
    """Which confirmed trouble opens an incident, and how severe that is."""
    shown = _out(await caller.read(opening_rule))
    caller.tag(shown.version)
    return shown


@router.put("/settings/opening-rule", response_model=OpeningRuleOut)
async def put_opening_rule(
    caller: Annotated[Caller, requires("settings.write")], body: OpeningRuleIn
) -> Any:
    """Replace the table; it holds for trouble that is confirmed from now on."""
    require_unchanged(body, _out(await caller.read(opening_rule)), _READ_ONLY)
    return await caller.write(
        verbs.set_opening_rule, body.table(), caller.expected_version, answer=_out
    )


def _out(rule: OpeningRule) -> OpeningRuleOut:
    def row(tier: int) -> OpensAt:
        statuses = (Status(name) for name in OpensAt.model_fields)
        return OpensAt(**{status.value: rule.table.get((tier, status)) for status in statuses})

    tiers = Tiers(tier_1=row(1), tier_2=row(2), tier_3=row(3))
    return OpeningRuleOut(tiers=tiers, version=rule.version, updated_at=rule.updated_at)
