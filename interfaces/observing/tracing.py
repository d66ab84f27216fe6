"""Traces and durations by OpenTelemetry, where an address for them is set; nothing is opened or sent without one."""

import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.errors import CountersteerError
from agent.watch import Watch
from interfaces.observing.meter import OK, ended

if TYPE_CHECKING:
    from opentelemetry.metrics import Histogram
    from opentelemetry.sdk.metrics.export import MetricReader
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Tracer

ADDRESS = "OTEL_EXPORTER_OTLP_ENDPOINT"
NAME = "countersteer"


class NoTracingError(CountersteerError):
    """Traces are wanted and what sends them is not installed."""


@dataclass(frozen=True, kw_only=True)
class Tracing:
    """`agent.watch.Watch`: a span and a duration for each deed, and a way to send off the last ones."""

    tracer: "Tracer"
    took: "Histogram"
    close: Callable[[], None]

    @contextmanager
    def over(self, kind: str, name: str, **ids: str) -> Generator[None]:
        """A span with its ids; what fails in it is named, never quoted."""
        attributes = {f"{NAME}.{key}": value for key, value in ids.items()}
        with self.tracer.start_as_current_span(
            f"{kind} {name}", attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            began_s, how = time.monotonic(), OK
            try:
                yield
            except BaseException as error:
                how = ended(error)
                if how != OK:
                    span.set_attribute("error.type", how)
                raise
            finally:
                self.took.record(time.monotonic() - began_s, {"kind": kind, "name": name, "ended": how})


@dataclass(frozen=True, kw_only=True)
class Both:
    """Two that want to know."""

    one: Watch
    other: Watch

    @contextmanager
    def over(self, kind: str, name: str, **ids: str) -> Generator[None]:
        """Both watch."""
        with self.one.over(kind, name, **ids), self.other.over(kind, name, **ids):
            yield


def wanted() -> bool:
    """Whether an address for traces is set."""
    return bool(os.environ.get(ADDRESS))


def over_http() -> Tracing:
    """Traces and durations to the address that the environment names.

    Raises:
        NoTracingError: The extra that sends them is not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter  # noqa: PLC0415
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise NoTracingError(
            f"{ADDRESS} is set, and what sends traces is not installed; install countersteer[otel], or unset it"
        ) from error
    return tracing(BatchSpanProcessor(OTLPSpanExporter()), PeriodicExportingMetricReader(OTLPMetricExporter()))


def tracing(spans: "SpanProcessor", durations: "MetricReader") -> Tracing:
    """Traces through these two, on providers of our own: what other libraries would tell stays untold."""
    from opentelemetry.sdk.metrics import MeterProvider  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415

    resource = Resource.create({"service.name": NAME})
    traced = TracerProvider(resource=resource, shutdown_on_exit=False)
    traced.add_span_processor(spans)
    metered = MeterProvider(metric_readers=[durations], resource=resource, shutdown_on_exit=False)

    def close() -> None:
        traced.shutdown()
        metered.shutdown()

    took = metered.get_meter(NAME).create_histogram(f"{NAME}.took", unit="s", description="How long things took.")
    return Tracing(tracer=traced.get_tracer(NAME), took=took, close=close)
