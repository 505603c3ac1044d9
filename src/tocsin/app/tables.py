"""All tables of the house, imported so that one MetaData knows them."""

import tocsin.communication.stakeholders.tables
import tocsin.communication.statuspage.tables
import tocsin.detection.alerts.tables
import tocsin.detection.conditions.tables
import tocsin.detection.objectives.tables
import tocsin.detection.signals.tables
import tocsin.detection.triggers.tables
import tocsin.platform.agenda.tables
import tocsin.platform.delivery.tables
import tocsin.platform.idempotency.tables
import tocsin.platform.journal.tables
import tocsin.registry.catalog.tables
import tocsin.registry.identity.tables
import tocsin.registry.maintenance.tables
import tocsin.response.incidents.tables  # noqa: F401 - imported for its effect
from tocsin.platform.database import metadata

__all__ = ["metadata"]
