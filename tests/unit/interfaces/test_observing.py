"""What is counted, what Prometheus is given to read, and what a trace may hold."""

import re
from dataclasses import dataclass

import pytest
from langgraph.runtime import Runtime

from agent.errors import VendorError
from agent.troubles import Trouble
from agent.watch import Watch, watched
from interfaces.observing import exposition, tracing
from interfaces.observing.meter import Deed, Meter
from interfaces.observing.standing import Film, Queue, Standing

SAMPLE = re.compile(r'countersteer_\w+(\{(\w+="(\\.|[^"\\\n])*",?)+\})? [-+.\de]+')
KLING = Queue(
    vendor="kling",
    sandbox=True,
    slots=5,
    at_vendor=2,
    waiting=3,
    fetching=0,
    unknown=1,
    oldest_s=12.5,
    closed="check this vendor's key",
)
NOW = Standing(
    works=True,
    busy=1,
    planned=2,
    astray=0,
    queues=(KLING,),
    films=(Film(name='No"va\n\\', spent_micro_usd=123_456_789, ceiling_micro_usd=1),),
    troubles=(),
)


@dataclass
class Context:
    """As much of a studio as a step's span wants."""

    watch: Watch


def fails(watch: Watch, error: Exception) -> None:
    with pytest.raises(type(error)), watch.over("vendor", "submit", vendor="kling", job_id="job_1"):
        raise error


def refused() -> VendorError:
    return VendorError(vendor="kling", trouble=Trouble.AUTH, message="a secret word")


def test_every_deed_is_counted_by_how_it_ended() -> None:
    meter = Meter()
    with meter.over("vendor", "submit", vendor="kling"):
        pass
    fails(meter, refused())
    fails(meter, ValueError("a secret word"))

    ends = {deed.ended: taken.times for deed, taken in meter.taken.items()}
    assert ends == {"ok": 1, "auth": 1, "ValueError": 1}
    assert meter.taken[Deed(kind="vendor", name="submit", where="kling", ended="ok")].within[-1] == 1


def test_every_line_for_prometheus_is_a_comment_or_a_sample_whatever_a_film_is_called() -> None:
    meter = Meter()
    fails(meter, refused())
    lines = exposition.text(NOW, meter).splitlines()

    assert [line for line in lines if not line.startswith("# ") and not SAMPLE.fullmatch(line)] == []
    assert 'countersteer_spent_usd{film="No\\"va\\n\\\\"} 123.456789' in lines
    assert 'countersteer_jobs{vendor="kling",state="waiting"} 3' in lines
    assert 'countersteer_circuit_closed{vendor="kling"} 1' in lines
    assert any(line.startswith("countersteer_took_seconds_count") and 'ended="auth"' in line for line in lines)
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(names) == len(set(names)), "a name is declared once"


async def test_a_span_holds_ids_and_how_it_ended_and_nothing_that_was_said() -> None:
    export = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    simple = pytest.importorskip("opentelemetry.sdk.trace.export").SimpleSpanProcessor
    reader = pytest.importorskip("opentelemetry.sdk.metrics.export").InMemoryMetricReader()
    kept = export.InMemorySpanExporter()
    traces = tracing.tracing(simple(kept), reader)

    async def compose(state: dict[str, object], runtime: Runtime[Context]) -> dict[str, object]:
        fails(runtime.context.watch, refused())
        return state

    both = tracing.Both(one=Meter(), other=traces)
    await watched(compose)({"shot_id": "shot_1", "plan": "a secret word"}, Runtime(context=Context(watch=both)))

    call, step = kept.get_finished_spans()
    assert (call.name, step.name) == ("vendor submit", "step compose")
    assert call.parent.span_id == step.context.span_id
    assert dict(step.attributes) == {"countersteer.shot_id": "shot_1"}
    assert call.attributes["error.type"] == "auth"
    assert "secret word" not in step.to_json() + call.to_json() + str(reader.get_metrics_data())
    traces.close()


def test_nothing_is_traced_unless_an_address_for_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(tracing.ADDRESS, raising=False)
    assert not tracing.wanted()
    monkeypatch.setenv(tracing.ADDRESS, "http://127.0.0.1:4318")
    assert tracing.wanted()
