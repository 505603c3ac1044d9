"""One update as the wire shows it."""

from uuid import UUID

from tocsin.platform.database import ReadTx
from tocsin.platform.delivery import counts_of_causes
from tocsin.response.incidents import queries
from tocsin.response.incidents.model import Incident
from tocsin.response.incidents.schemas import UpdateOut
from tocsin.response.incidents.views.lists import known_to
from tocsin.response.incidents.views.pages import update_values


def update_out(tx: ReadTx, one: Incident, update_id: UUID) -> UpdateOut:
    """An update of an incident."""
    kept = next(each for each in queries.kept_updates(tx, [one.id]) if each.update.id == update_id)
    known = known_to(tx, [one], [kept.update.author] if kept.update.author else [])
    sent = counts_of_causes(tx, [kept.fact_id])
    return UpdateOut(**update_values(kept, known), delivery_counts=sent.get(kept.fact_id, {}))
