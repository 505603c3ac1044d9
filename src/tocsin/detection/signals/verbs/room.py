"""The room with what it was given: the verbs' first argument after `tx`."""

from dataclasses import dataclass, field

from tocsin.detection.signals.kinds import Kinds
from tocsin.detection.signals.model import SignalSettings
from tocsin.detection.signals.samples import Observations


@dataclass(frozen=True, slots=True)
class Signals:
    """The kinds of sources, who takes the samples, and the settings."""

    kinds: Kinds
    observations: Observations
    settings: SignalSettings = field(default_factory=SignalSettings)
