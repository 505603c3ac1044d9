"""The setting that says which confirmed trouble opens an incident."""

from typing import Annotated, Any, Literal

from pydantic import Field

from tocsin.kernel.severity import Severity
from tocsin.kernel.status import Status
from tocsin.platform.web import Caller, Moment, WireModel, api_router, require_unchanged, requires
from tocsin.registry.catalog import Category
from tocsin.response.incidents import verbs
from tocsin.response.incidents.queries.opening import opening_rule
from tocsin.response.incidents.rules import MOST_RULES, OpeningRule, OpeningTable, SeverityRule

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


class SeverityRuleIO(WireModel):
    """One of the ordered rules; the first that fits decides, before the table does.

    Empty `tiers` or `categories` and a missing `min_dependents` ask for nothing. Severity null
    opens no incident.
    """

    status_at_least: Literal[Status.MAJOR_OUTAGE, Status.PARTIAL_OUTAGE, Status.DEGRADED]
    severity: Severity | None
    tiers: Annotated[tuple[Literal[1, 2, 3], ...], Field(max_length=3)] = ()
    min_dependents: Annotated[int | None, Field(ge=1, le=5_000)] = None
    categories: Annotated[tuple[Category, ...], Field(max_length=10)] = ()

    def rule(self) -> SeverityRule:
        """As the verb takes it."""
        return SeverityRule(
            Status(self.status_at_least),
            self.severity,
            tuple(sorted(set(self.tiers))),
            self.min_dependents,
            tuple(sorted(set(self.categories))),
        )


class OpeningRuleIn(WireModel):
    """The whole table, and the ordered rules; without `rules` those stay as they are. What GET gave
    may be sent back."""

    tiers: Tiers
    rules: Annotated[list[SeverityRuleIO] | None, Field(max_length=MOST_RULES)] = None
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

    def ordered(self) -> tuple[SeverityRule, ...] | None:
        """The ordered rules, where they were given."""
        return None if self.rules is None else tuple(one.rule() for one in self.rules)


class OpeningRuleOut(WireModel):
    """The rules in force; version 0 is the default that nobody has changed."""

    tiers: Tiers
    rules: list[SeverityRuleIO]
    version: int
    updated_at: Moment | None


router = api_router(tag="Settings")


@router.get("/settings/opening-rule")
async def show_opening_rule(
    caller: Annotated[Caller, requires("settings.read")],
) -> OpeningRuleOut:
    """Which confirmed trouble opens an incident, and how severe that is: ordered rules, then a table."""
    shown = _out(await caller.read(opening_rule))
    caller.tag(shown.version)
    return shown


@router.put("/settings/opening-rule", response_model=OpeningRuleOut)
async def put_opening_rule(
    caller: Annotated[Caller, requires("settings.write")], body: OpeningRuleIn
) -> Any:
    """Replace the table and the ordered rules; they hold for trouble confirmed from now on."""
    require_unchanged(body, _out(await caller.read(opening_rule)), _READ_ONLY)
    return await caller.write(
        verbs.set_opening_rule,
        body.table(),
        caller.expected_version,
        body.ordered(),
        answer=_out,
    )


def _out(rule: OpeningRule) -> OpeningRuleOut:
    def row(tier: int) -> OpensAt:
        statuses = (Status(name) for name in OpensAt.model_fields)
        return OpensAt(**{status.value: rule.table.get((tier, status)) for status in statuses})

    tiers = Tiers(tier_1=row(1), tier_2=row(2), tier_3=row(3))
    return OpeningRuleOut(
        tiers=tiers,
        rules=[SeverityRuleIO.model_validate(one) for one in rule.rules],
        version=rule.version,
        updated_at=rule.updated_at,
    )
