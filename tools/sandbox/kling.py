"""Stand-in for Kling: the new API standard here, the legacy one in `kling_legacy`. No negative field in this one.

Wire read from the vendor's pages of 2026-09-20 [D]; Kling 4.0 and its paths from third parties [T/U]. That each
standard tells only of its own tasks is inferred [U]. Left out: video inputs, voices, motion control.
"""

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import kling_account as account
from tools.sandbox import kling_callbacks, kling_legacy, kling_models, kling_orders, wire
from tools.sandbox.callbacks import Change, Message
from tools.sandbox.kling_account import KEYS, VENDOR, invalid
from tools.sandbox.kling_bodies import Listing
from tools.sandbox.kling_legacy import Legacy
from tools.sandbox.records import Accepted
from tools.sandbox.stage import Stage
from tools.sandbox.wire import Asked, StandIn

MOST_IDS = 20  # per query [T]


class Kling:
    """The new standard's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def submit(self, asked: Asked) -> Response:
        """One of the three kinds of video."""
        account.sign_in(asked, now_s=self._stage.clock.now_s(), tokens=False)
        kind, name = asked.path["kind"], asked.path["model"]
        rule = account.plan(self._stage, name)
        if name not in kling_models.KINDS.get(kind, ()):
            raise account.refusal(1203, f"{kind} {name} does not exist")
        order, callback = kling_orders.order(asked, kind, name)
        job = account.submit(self._stage, order, rule=rule, callback=callback, base=asked.base)
        return account.answer(account.envelope(self._task(job, base=asked.base)), rule=rule)

    def query(self, asked: Asked) -> Response:
        """Tasks by id or by external id, one of the two."""
        account.sign_in(asked, now_s=self._stage.clock.now_s(), tokens=False)
        ids, keys = asked.query.get("task_ids"), asked.query.get("external_task_ids")
        if (ids is None) == (keys is None):
            raise invalid("exactly one of task_ids and external_task_ids is required")
        wanted = (ids or keys or "").split(",")
        if len(wanted) > MOST_IDS:
            raise invalid(f"at most {MOST_IDS} ids")
        found = [self._stage.records.get(one) if ids else self._stage.records.by_key(VENDOR, one) for one in wanted]
        return account.envelope([self._task(job, base=asked.base) for job in found if job and _ours(job)])

    def list(self, asked: Asked) -> Response:
        """Tasks by time and status, newest first, by cursor."""
        account.sign_in(asked, now_s=self._stage.clock.now_s(), tokens=False)
        how = wire.parsed(Listing, asked.body, wrong=account.wrong)
        jobs = [job for job in reversed(self._stage.records.accepted(VENDOR)) if _ours(job) and self._listed(job, how)]
        first = int(how.cursor or 0)
        shown, more = jobs[first : first + how.limit], len(jobs) > first + how.limit
        result = [self._task(job, base=asked.base) for job in shown]
        cursor = str(first + how.limit) if more else ""
        return account.envelope({"result": result, "count": len(shown), "next_cursor": cursor, "has_more": more})

    def told(self, change: Change) -> dict[str, object]:
        """The task as a callback shows it."""
        return self._task(change.job, base=change.base, at_s=change.at_s)

    def _listed(self, job: Accepted, how: Listing) -> bool:
        created_ms = account.milliseconds(job.created_s)
        if not int(how.start_time or 0) <= created_ms <= int(how.end_time or created_ms):
            return False
        word, _ = account.status(job, self._stage.clock.now_s(), succeeded="succeeded")
        facts = {"status": word, "product_type": "video"}
        return all(facts[condition.key] in condition.values for condition in how.filters)

    def _task(self, job: Accepted, *, base: str, at_s: float | None = None) -> dict[str, object]:
        at_s = self._stage.clock.now_s() if at_s is None else at_s
        word, message = account.status(job, at_s, succeeded="succeeded")
        task: dict[str, object] = {
            "id": job.id,
            "status": word,
            "message": message,
            "create_time": account.milliseconds(job.created_s),
            "update_time": account.milliseconds(job.changed_s(at_s)),
            "external_id": job.key or "",
        }
        if word == "succeeded":
            address = wire.link(self._stage, job, base=base, lives_s=account.LINK_LIVES_S)
            video = {"type": "video", "id": f"v-{job.id}", "url": address, "watermark_url": ""}
            task["outputs"] = [video | {"duration": f"{job.scene.seconds:g}"}]
            task["billing"] = [{"charge_type": "unit", "amount": f"{_units(job):.1f}", "package_type": "video"}]
        return task


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of both standards."""
    kling, legacy = Kling(stage), Legacy(stage)

    def tell(change: Change) -> Message:
        task = kling.told if _ours(change.job) else legacy.told
        return kling_callbacks.message(change, task, clock=stage.clock)

    stage.callbacks.teach(VENDOR, tell)
    return [
        wire.route("/tasks", kling.query),
        wire.route("/tasks", kling.list, method="POST"),
        *kling_legacy.routes(legacy),
        wire.media(stage),
        wire.route("/{kind}/{model}", kling.submit, method="POST"),
        *(wire.route("/{rest:path}", account.nowhere, method=method) for method in ("GET", "POST")),
    ]


STAND_IN = StandIn(vendor=VENDOR, keys=KEYS, routes=routes)


def _ours(job: Accepted) -> bool:
    return job.vendor == VENDOR and not job.route.startswith(kling_legacy.PREFIX)


def _units(job: Accepted) -> float:
    return job.price_micro_usd / 100_000
