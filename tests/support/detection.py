"""The rooms of detection with the settings that users get."""

from tocsin.detection.alerts import Alerts
from tocsin.detection.alerts import wiring as alerts
from tocsin.detection.conditions import Conditions, ConfirmSettings
from tocsin.detection.conditions import wiring as conditions

ROOM = Conditions(ConfirmSettings())
CONDITIONS = conditions.wire(ROOM)
ALERTS = alerts.wire(Alerts(ROOM))
