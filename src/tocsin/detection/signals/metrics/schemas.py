"""Wire models of pushed metrics."""

from typing import Annotated

from pydantic import Field, StringConstraints

from tocsin.platform.wire import Moment, WireModel

from .verbs import MOST_SAMPLES, Sample

MetricName = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*([.:/-][A-Za-z0-9_]+)*$", min_length=1, max_length=64
    ),
]
"""As conditions of triggers spell it."""
Unit = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]


class SampleIn(WireModel):
    """One figure; without `at` it is of now. `unit` is kept with the name when it is new."""

    name: MetricName
    value: float
    at: Moment | None = None
    unit: Unit | None = None

    def sample(self) -> Sample:
        """As the verbs take it."""
        return Sample(self.name, self.value, self.at, self.unit)


class MetricSamplesIn(WireModel):
    """Figures of a service, up to 1,000; all of them are kept or none."""

    service_id: Annotated[str, Field(max_length=63)]
    samples: Annotated[list[SampleIn], Field(min_length=1, max_length=MOST_SAMPLES)]


class MetricSamplesOut(WireModel):
    """How many samples were taken."""

    accepted: int
