"""Which of the next requests goes wrong, and how: written down beforehand, never at random."""

import threading
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Mishap(StrEnum):
    """What a plan can make of one submission. Each vendor answers with its own status and body."""

    THROTTLE = "throttle"  # all slots busy; Runway accepts the task and lets it wait as THROTTLED
    RATE = "429"
    UNAVAILABLE = "5xx"  # not accepted, and the body says so
    ACCEPTED_THEN_5XX = "5xx_accepted"  # an internal error, although the job was accepted
    MODERATE_INPUT = "moderate_input"
    MODERATE_OUTPUT = "moderate_output"
    SLOW = "slow"
    FAIL_TRANSIENT = "fail_transient"
    LOSE_RESPONSE = "lose_response"  # accepted, then the connection drops
    EXPIRED_LINK = "expired_link"  # the first link given out has expired
    TRUNCATED_MEDIA = "truncated_media"
    NOT_A_VIDEO = "not_a_video"
    RETIRED = "retired"
    WRONG_KEY = "wrong_key"
    OUT_OF_CREDIT = "out_of_credit"
    NEVER_ENDS = "never_ends"


class Rule(BaseModel):
    """One line of a plan.

    Attributes:
        vendor: ``"kling"`` and the like; ``"*"`` is any. ``model`` likewise, as the wire names it.
        nth: Which of the submissions this rule applies to, counted from 1; empty for every one.
        row: Which code of the vendor's table answers, where a vendor has several for a mishap and its stand-in knows
            them (Kling's ``"1101"``); empty for the usual one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mishap: Mishap
    vendor: str = "*"
    model: str = "*"
    nth: tuple[int, ...] = Field(default=())
    row: str = ""

    def concerns(self, vendor: str, model: str) -> bool:
        """Whether a submission to that model counts for this rule."""
        return self.vendor in ("*", vendor) and self.model in ("*", model)


class FaultPlan:
    """The rules of one run and how often each was asked. Safe to ask from several threads."""

    def __init__(self, rules: Sequence[Rule] = ()) -> None:
        self._rules = tuple(rules)
        self._asked: Counter[int] = Counter()
        self._lock = threading.Lock()

    @classmethod
    def from_json(cls, text: str | bytes) -> "FaultPlan":
        """A plan from a list such as ``[{"vendor": "kling", "nth": [2], "mishap": "429"}]``.

        Raises:
            pydantic.ValidationError: A mishap or key that does not exist.
        """
        return cls(TypeAdapter(tuple[Rule, ...]).validate_json(text))

    def next(self, *, vendor: str, model: str) -> Mishap | None:
        """What happens to this submission; see `next_rule`."""
        rule = self.next_rule(vendor=vendor, model=model)
        return rule.mishap if rule else None

    def next_rule(self, *, vendor: str, model: str) -> Rule | None:
        """The rule for this submission; the first one that applies wins, all that concern it count it."""
        with self._lock:
            concerned = [index for index, rule in enumerate(self._rules) if rule.concerns(vendor, model)]
            self._asked.update(concerned)
            hits = [self._rules[index] for index in concerned if self._applies(index)]
        return hits[0] if hits else None

    def always(self, mishap: Mishap, *, vendor: str, model: str) -> bool:
        """Whether every submission to that model meets this; asking counts as none."""
        return any(rule.mishap is mishap and not rule.nth and rule.concerns(vendor, model) for rule in self._rules)

    def _applies(self, index: int) -> bool:
        nth = self._rules[index].nth
        return not nth or self._asked[index] in nth
