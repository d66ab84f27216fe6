"""What can go wrong at a vendor, sorted once for all vendors (`docs/wire/` maps each vendor's answers to these)."""

from enum import StrEnum


class Step(StrEnum):
    """What happens next."""

    ASK_PERSON = "ask the person"
    ROUTE_ELSEWHERE = "route elsewhere"
    TRY_LATER = "try later"
    RECONCILE = "reconcile"


class Trouble(StrEnum):
    """One kind of bad answer. Refusals, faults of our own and outages have different next steps."""

    AUTH = "auth"
    PAYMENT = "payment"
    VALIDATION = "validation"
    MODERATION_INPUT = "moderation_input"
    MODERATION_OUTPUT = "moderation_output"
    RATE_LIMITED = "rate_limited"
    CONCURRENCY = "concurrency"
    NOT_FOUND = "not_found"
    MODEL_RETIRED = "model_retired"
    PROVIDER_TRANSIENT = "provider_transient"
    PROVIDER_PERMANENT = "provider_permanent"
    UNKNOWN_OUTCOME = "unknown_outcome"

    @property
    def refusal(self) -> bool:
        """Whether the vendor declined the content; final for this prompt there, and no verdict on negatives."""
        return self in (Trouble.MODERATION_INPUT, Trouble.MODERATION_OUTPUT)

    @property
    def closes_vendor(self) -> bool:
        """Whether no shot can go to this vendor until a person mends the account."""
        return self in (Trouble.AUTH, Trouble.PAYMENT)

    @property
    def step(self) -> Step:
        """What happens to the shot."""
        return _STEPS[self]

    @property
    def advice(self) -> str:
        """What the person is told to expect or do."""
        return _ADVICE[self]


_STEPS = {
    Trouble.AUTH: Step.ROUTE_ELSEWHERE,
    Trouble.PAYMENT: Step.ROUTE_ELSEWHERE,
    Trouble.VALIDATION: Step.ROUTE_ELSEWHERE,
    Trouble.MODERATION_INPUT: Step.ASK_PERSON,
    Trouble.MODERATION_OUTPUT: Step.ASK_PERSON,
    Trouble.RATE_LIMITED: Step.TRY_LATER,
    Trouble.CONCURRENCY: Step.TRY_LATER,
    Trouble.NOT_FOUND: Step.ROUTE_ELSEWHERE,
    Trouble.MODEL_RETIRED: Step.ROUTE_ELSEWHERE,
    Trouble.PROVIDER_TRANSIENT: Step.TRY_LATER,
    Trouble.PROVIDER_PERMANENT: Step.ROUTE_ELSEWHERE,
    Trouble.UNKNOWN_OUTCOME: Step.RECONCILE,
}

_ADVICE = {
    Trouble.AUTH: "check this vendor's key; other models go on",
    Trouble.PAYMENT: "this vendor's account is out of credit; other models go on",
    Trouble.VALIDATION: "the vendor did not accept the request as written",
    Trouble.MODERATION_INPUT: "refused before rendering; change the shot or choose another model",
    Trouble.MODERATION_OUTPUT: "refused after rendering; take it again, change the shot or choose another model",
    Trouble.RATE_LIMITED: "too many requests; it is tried again",
    Trouble.CONCURRENCY: "all slots are busy; it is tried again",
    Trouble.NOT_FOUND: "the vendor does not know it",
    Trouble.MODEL_RETIRED: "this model is retired; another one is taken",
    Trouble.PROVIDER_TRANSIENT: "the vendor has a passing fault; it is tried again",
    Trouble.PROVIDER_PERMANENT: "the vendor failed for good; another model is taken",
    Trouble.UNKNOWN_OUTCOME: "it may have been accepted and billed; nothing is sent again until that is known",
}
