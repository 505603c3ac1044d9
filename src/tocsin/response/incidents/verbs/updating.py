"""Post an update: a dated message, internal or public."""

from collections.abc import Sequence
from uuid import UUID

from tocsin.kernel.errors import invalid_field
from tocsin.kernel.ids import new_id
from tocsin.kernel.lifecycle import granted
from tocsin.platform.database import Tx
from tocsin.registry import catalog
from tocsin.response.incidents import queries, rules
from tocsin.response.incidents.model import Update, UpdateDraft
from tocsin.response.incidents.ports import Pages
from tocsin.response.incidents.verbs import steps
from tocsin.response.incidents.verbs.steps import Words
from tocsin.response.incidents.verbs.work import Work, begin


def post_update(
    tx: Tx,
    ref: str | UUID,
    draft: UpdateDraft,
    pages_port: Pages,
    pages: Sequence[str] | None = None,
    expected_version: int | None = None,
) -> Update:
    """Write a dated message; a public one is told on the pages that show what it hits.

    A public update of phase resolved on a live incident also resolves it, with its text as note,
    unless the draft says `keep_open`. Raises NotFound, LostRace, Invalid for a wrong field, and
    IllegalTransition for an open phase on an incident that is over.
    """
    work = begin(tx, ref, expected_version)
    effect = granted(rules.judge_update(work.incident, work.updates, draft, tx.now))
    catalog.require_services(tx, list(draft.impacts), field="impacts")
    update = Update(
        id=new_id(),
        at=effect.at,
        recorded_at=tx.now,
        phase=draft.phase,
        public=draft.public,
        texts={language: text.strip() for language, text in draft.texts.items()},
        impacts=draft.impacts,
        pages=_pages(work, draft, effect, pages_port, pages) if draft.public else (),
        author=tx.actor,
        silent=draft.public and not effect.current,
    )
    work.publish(update, effect.public_title)
    if effect.resolves:
        steps.resolve(work, Words(resolution_note=effect.note))
    work.finish()
    return update


def _pages(
    work: Work,
    draft: UpdateDraft,
    effect: rules.UpdateEffect,
    port: Pages,
    named: Sequence[str] | None,
) -> tuple[str, ...]:
    """Where it shows: on the pages named, else on those that know of it or show what it hits.

    An end is told wherever the beginning was.
    """
    known = queries.pages_of(work.tx, work.before.id)
    if named is not None:
        _require_pages(work.tx, port, named)
        ends = known if effect.resolves else []
        return tuple(sorted({*named, *ends}))
    hit = sorted({*draft.impacts, *effect.impacts})
    shown = port.default_pages(work.tx, hit) if hit or not known else []
    return tuple(sorted({*known, *shown}))


def _require_pages(tx: Tx, port: Pages, named: Sequence[str]) -> None:
    if not named:
        raise invalid_field("pages", "name at least one status page")
    unknown = port.unknown_pages(tx, named)
    if unknown:
        raise invalid_field("pages", f"there is no status page “{unknown[0]}”")
