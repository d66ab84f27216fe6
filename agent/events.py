"""What happened, as an ordered list of events: every door shows the same story from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class What(StrEnum):
    """Kinds of events. `interfaces.story` has one sentence for each."""

    REQUEST = "request"  # text
    REPLY = "reply"  # text, shots: ids of those that the turn set going, intents: their kinds
    READ = "read"  # what asking a language model about the message took: planner and the fields of `agent.asked.Asked`
    REMARK = "remark"  # text: what was cut, guessed or skipped in understanding
    SHOT = "shot"  # a shot was made or edited: action, revision
    LINT = "lint"  # a warning before spending: type, terms, sentence
    ROUTE = "route"  # model, reasons, chance, cost_micro_usd, seconds, reroute, retake
    RENDERING = "rendering"  # model, channels: {term: channel}, notes: [{change, sentence}]
    ASK = "ask"  # an open question: decision_id, question
    DECIDED = "decided"  # decision_id, approve
    LINE = "line"  # model, slots: all of them are busy, and the shot goes out when one is free
    SUBMIT = "submit"  # model, job_id, sandbox
    ACCEPTED = "accepted"  # model, job_id
    PROGRESS = "progress"  # going, share
    OVERDUE = "overdue"  # model, minutes
    TROUBLE = "trouble"  # model, trouble, message, step
    TAKE = "take"  # take_id, number, model, clip, sandbox, cost_micro_usd
    VERDICT = "verdict"  # take_id, decision, findings: {term: sight}, reason, nobody_looked
    DELIVER = "deliver"  # take_id, number, model, reason
    CHOOSE = "choose"  # takes offered, reason
    HOLD = "hold"  # reason, until
    BLOCK = "block"  # block, version, diff
    STALE = "stale"  # take ids made stale
    PICK = "pick"  # take_id
    SETTING = "setting"  # name, value
    RESTORE = "restore"  # subject, version, restores: an earlier state was brought back as a new one
    OMIT = "omit"  # a shot was taken out of the list: number, takes
    ORDER = "order"  # shots: {id: number}
    BATCH = "batch"  # what was agreed to for many shots: see `agent.batches`
    INQUIRY = "inquiry"  # something was asked back: inquiry_id, kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    Attributes:
        number: Rising within the whole store; a door that remembers it can resume.
    """

    number: int
    project_id: str
    conversation_id: str
    what: What
    data: Mapping[str, Json]
    at_us: int
    shot_id: str | None = None
    turn_id: str | None = None
