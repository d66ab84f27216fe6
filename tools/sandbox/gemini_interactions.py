"""The Interactions API in the stand-in: create, get, cancel and delete clips of Gemini Omni Flash.

Paths, statuses and shapes from the official client 3.4.0 [S]; steps and deliveries from the vendor's page on Omni of
2026-08-30 [D]; that a refusal is a completed interaction with words alone, that an unknown id is a 400, and the token
count from a production adapter [T]; read 2026-11-20. What cancelling a finished interaction answers is inferred [U].
"""

import base64
import time
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from starlette.responses import Response

from tools.sandbox import gemini_models, reading, wire
from tools.sandbox.callbacks import AddressError, check
from tools.sandbox.faultplan import Mishap
from tools.sandbox.gemini_answers import PLANNED, VENDOR, place, sign_in, worded, wrong_key
from tools.sandbox.gemini_files import link
from tools.sandbox.gemini_models import MODELS, TOKENS_PER_SECOND, Creation, Model
from tools.sandbox.records import Accepted, Outcome, Standing
from tools.sandbox.stage import Order, SlotsBusyError, Stage
from tools.sandbox.wire import Asked, Refusal, json_answer

LOOKS_EVERY_S = 0.02
LONGEST_BLOCKING_S = 300.0
DECLINED = "I can't make this video because it may go against the usage policies. Please try another prompt."
CODES = {  # words for the refusals both wires share; "invalid_request" is the only one seen in the wild [T]
    Mishap.OUT_OF_CREDIT: "resource_exhausted",
    Mishap.RATE: "resource_exhausted",
    Mishap.THROTTLE: "resource_exhausted",
    Mishap.UNAVAILABLE: "unavailable",
    Mishap.ACCEPTED_THEN_5XX: "internal",
}


class Interactions:
    """The wire's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def create(self, asked: Asked) -> Response:
        """Start an interaction; without ``background`` the answer waits for its end."""
        sign_in(asked)
        name = str((wire.json_object(asked.body) or {}).get("model", ""))
        mishap = self._stage.plan.next(vendor=VENDOR, model=name)
        if mishap is not None:
            _refuse_planned(mishap, name)
        creation = _creation(asked)
        order = _order(asked, creation)
        job = self._accept(order, creation, mishap=mishap, base=asked.base)
        if mishap is Mishap.ACCEPTED_THEN_5XX:
            raise _planned(mishap)
        if mishap is Mishap.LOSE_RESPONSE:
            return wire.Dropped()
        if not creation.background:
            self._wait_for(job)
        return json_answer(self._shown(job, creation, base=asked.base))

    def get(self, asked: Asked) -> Response:
        """One interaction."""
        sign_in(asked)
        job = self._job(asked)
        creation = Creation.model_validate_json(job.body)
        # The whole story, while the answer to a submission tells only what was made [D].
        said = {"type": "user_input", "content": [{"type": "text", "text": creation.text}]}
        return json_answer(self._shown(job, creation, base=asked.base, before=[said]))

    def cancel(self, asked: Asked) -> Response:
        """Call an interaction back; a finished one stays as it is."""
        sign_in(asked)
        job = self._job(asked)
        if job.standing(self._stage.clock.now_s()) not in (Standing.OVER, Standing.CANCELLED):
            self._stage.records.cancel(job.id, at_s=self._stage.clock.now_s())
        return self.get(asked)

    def delete(self, asked: Asked) -> Response:
        """Forget an interaction."""
        sign_in(asked)
        self._stage.records.delete(self._job(asked).id)
        return json_answer({})

    def _accept(self, order: Order, creation: Creation, *, mishap: Mishap | None, base: str) -> Accepted:
        hook = creation.webhook_config
        try:
            job = self._stage.accept(order, mishap=mishap, new_id=_new_id)
        except SlotsBusyError:
            raise _planned(Mishap.THROTTLE) from None
        if hook and hook.uris:
            self._stage.callbacks.expect(job, hook.uris[0], base=base)
        return job

    def _wait_for(self, job: Accepted) -> None:
        patience = int(LONGEST_BLOCKING_S / LOOKS_EVERY_S)
        while wire.over(job, self._stage) is None:
            patience -= 1
            if not patience:
                raise worded(504, "deadline_exceeded", "The interaction did not end in time; ask with background.")
            time.sleep(LOOKS_EVERY_S)

    def _job(self, asked: Asked) -> Accepted:
        job = self._stage.records.get(asked.path["id"])
        if job is None or job.vendor != VENDOR or not job.id.startswith("v1_") or job.deleted:
            raise worded(400, "invalid_request", "Invalid interaction name.")
        return job

    def _shown(
        self, job: Accepted, creation: Creation, *, base: str, before: Sequence[Mapping[str, object]] = ()
    ) -> dict[str, object]:
        now_s = self._stage.clock.now_s()
        shown: dict[str, object] = {
            "id": job.id,
            "object": "interaction",
            "model": job.model,
            "status": _status(job, now_s),
            "created": _moment(job.created_s),
            "updated": _moment(job.changed_s(now_s)),
        }
        match wire.over(job, self._stage):
            case None:
                return shown
            case Outcome.BROKEN:
                return shown | {"errors": [{"code": "internal", "message": "The generation failed."}]}
            case Outcome.DONE:
                tokens = TOKENS_PER_SECOND * creation.seconds
                return shown | _output(before, self._video(job, creation, base=base)) | _usage("video", tokens)
            case _:
                return shown | _output(before, {"type": "text", "text": DECLINED}) | _usage("text", 24)

    def _video(self, job: Accepted, creation: Creation, *, base: str) -> dict[str, str]:
        video = {"type": "video", "mime_type": "video/mp4"}
        if creation.response_format.delivery == "uri":
            return video | {"uri": link(job, base=base)}
        return video | {"data": base64.b64encode(self._stage.clip(job)).decode()}


def _refuse_planned(mishap: Mishap, name: str) -> None:
    """Raise what a plan has this submission refused with."""
    match mishap:
        case Mishap.WRONG_KEY:
            raise wrong_key()
        case Mishap.RETIRED:
            raise _unknown(name)
        case Mishap.MODERATE_INPUT:
            raise worded(400, "PROHIBITED_CONTENT", DECLINED)
        case Mishap.OUT_OF_CREDIT | Mishap.RATE | Mishap.THROTTLE | Mishap.UNAVAILABLE:
            raise _planned(mishap)
        case _:
            return


def _planned(mishap: Mishap) -> Refusal:
    status, _, message = PLANNED[mishap]
    return worded(status, CODES[mishap], message)


def _unknown(name: str) -> Refusal:
    return worded(404, "not_found", f"Model {name} was not found or is no longer available.")


def _creation(asked: Asked) -> Creation:
    if "previous_interaction_id" in (wire.json_object(asked.body) or {}):
        raise worded(400, "invalid_request", "previous_interaction_id: the sandbox edits and extends no clips.")
    creation = wire.parsed(Creation, asked.body, wrong=lambda error: worded(400, "invalid_request", f"{place(error)}."))
    for address in creation.webhook_config.uris if creation.webhook_config else ():
        try:
            check(address)
        except AddressError as error:
            raise worded(400, "invalid_request", f"webhook_config.uris: {error}.") from None
    if creation.webhook_config and len(creation.webhook_config.uris) > 1:
        raise worded(400, "invalid_request", "webhook_config.uris: the sandbox calls one address.")
    return creation


def _order(asked: Asked, creation: Creation) -> Order:
    model: Model | None = MODELS.get(creation.model)
    if model is None:
        raise _unknown(creation.model)
    wrong = gemini_models.problem(creation, model)
    if wrong is not None:
        raise worded(400, "invalid_request", f"{creation.model}: {wrong}.")
    order = gemini_models.order(asked, creation, model)
    if reading.refused(order.text, vendor=VENDOR, after_rendering=False):
        raise worded(400, "PROHIBITED_CONTENT", DECLINED)
    return order


def _status(job: Accepted, now_s: float) -> str:
    match job.standing(now_s):
        case Standing.HELD | Standing.QUEUED:
            return "queued"
        case Standing.RUNNING:
            return "in_progress"
        case Standing.CANCELLED:
            return "cancelled"
        case Standing.OVER:
            return "failed" if job.outcome is Outcome.BROKEN else "completed"


def _output(before: Sequence[Mapping[str, object]], content: Mapping[str, str]) -> dict[str, object]:
    return {"steps": [*before, {"type": "model_output", "content": [content]}]}


def _usage(modality: str, tokens: int) -> dict[str, object]:
    by_modality = [{"modality": modality, "tokens": tokens}]
    return {"usage": {"total_output_tokens": tokens, "output_tokens_by_modality": by_modality}}


def _moment(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, tz=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _new_id() -> str:
    return f"v1_{uuid.uuid4().hex}"
