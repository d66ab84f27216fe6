"""Counts, durations and where the house stands, in the text that Prometheus reads.

https://prometheus.io/docs/instrumenting/exposition_formats/, read 2026-11-21.
"""

from collections.abc import Iterable, Iterator, Mapping

from interfaces.observing.meter import EDGES_S, Deed, Meter, Taken
from interfaces.observing.standing import Queue, Standing

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})

_Sample = tuple[Mapping[str, str], float]


def text(standing: Standing, meter: Meter) -> str:
    """One answer to a scrape."""
    return "\n".join([*_now(standing), *_taken(meter.taken), ""])


def _now(standing: Standing) -> Iterator[str]:
    yield from _gauge("worker_up", "Whether a worker runs in this process.", [({}, standing.works)])
    yield from _gauge("worker_busy", "Shots that move in this process now.", [({}, standing.busy)])
    yield from _gauge("worker_planned", "Looks this process has planned.", [({}, standing.planned)])
    yield from _gauge("jobs", "Jobs under way, over all processes.", list(_jobs(standing.queues)))
    yield from _of_vendors("slots", "Jobs a vendor takes at once.", standing.queues, "slots")
    yield from _of_vendors(
        "oldest_job_seconds", "How long the oldest job has been waiting.", standing.queues, "oldest_s"
    )
    yield from _of_vendors("circuit_closed", "Whether nothing is sent to a vendor now.", standing.queues, "closed")
    spent = [({"film": film.name}, film.spent_micro_usd / 1e6) for film in standing.films]
    yield from _gauge("spent_usd", "Paid and promised, by film.", spent)


def _jobs(queues: Iterable[Queue]) -> Iterator[_Sample]:
    for queue in queues:
        for state in ("at_vendor", "waiting", "fetching", "unknown"):
            yield {"vendor": queue.vendor, "state": state}, getattr(queue, state)


def _of_vendors(name: str, told: str, queues: Iterable[Queue], field: str) -> Iterator[str]:
    values = [(queue, getattr(queue, field)) for queue in queues]
    samples = [({"vendor": queue.vendor}, bool(value) if isinstance(value, str) else value) for queue, value in values]
    return _gauge(name, told, samples)


def _gauge(name: str, told: str, samples: Iterable[_Sample]) -> Iterator[str]:
    yield f"# HELP countersteer_{name} {told}"
    yield f"# TYPE countersteer_{name} gauge"
    for labels, value in samples:
        yield _line(name, labels, value)


def _taken(deeds: Mapping[Deed, Taken]) -> Iterator[str]:
    yield "# HELP countersteer_took_seconds How long steps, vendors' calls and looks took, by how they ended."
    yield "# TYPE countersteer_took_seconds histogram"
    for deed, taken in sorted(deeds.items(), key=lambda item: str(item[0])):
        labels = {"kind": deed.kind, "name": deed.name, "vendor": deed.where, "ended": deed.ended}
        for edge_s, within in zip(EDGES_S, taken.within, strict=True):
            yield _line("took_seconds_bucket", {**labels, "le": f"{edge_s:g}"}, within)
        yield _line("took_seconds_bucket", {**labels, "le": "+Inf"}, taken.times)
        yield _line("took_seconds_sum", labels, taken.seconds)
        yield _line("took_seconds_count", labels, taken.times)


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    told = ",".join(f'{key}="{held.translate(_ESCAPED)}"' for key, held in labels.items())
    return f"countersteer_{name}{{{told}}} {float(value):.12g}" if told else f"countersteer_{name} {float(value):.12g}"
