"""What asking a language model about a turn took."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One turn's questions to a language model, whether or not its answer could be used.

    Attributes:
        model: The model's name.
        prompt: SHA-256 of the system prompt it was given.
        calls: Completions that came back.
        tokens_read: As the server counts them; ``None`` where it does not say. ``tokens_written`` likewise.
        cost_micro_usd: By the prices of the settings; ``None`` where they name none.
    """

    model: str
    prompt: str
    calls: int
    tokens_read: int | None = None
    tokens_written: int | None = None
    cost_micro_usd: int | None = None
