"""The room with what it was given: the verbs' first argument after `tx`."""

from dataclasses import dataclass, field
from secrets import token_bytes

from tocsin.detection.signals.heartbeats.keys import PingKeys
from tocsin.detection.signals.kinds import Kinds
from tocsin.detection.signals.meter import Meter
from tocsin.detection.signals.model import SignalSettings
from tocsin.detection.signals.samples import Observations


@dataclass(frozen=True, slots=True)
class Signals:
    """The kinds of sources, who takes the samples, the settings, the keys of heartbeats, and who
    takes the figures."""

    kinds: Kinds
    observations: Observations
    settings: SignalSettings = field(default_factory=SignalSettings)
    pings: PingKeys = field(default_factory=lambda: PingKeys(token_bytes(32), ""))
    meter: Meter = field(default_factory=Meter)
