"""How many tokens a question took, and what they cost."""

from dataclasses import dataclass

from openai.types import CompletionUsage


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """US dollars per million tokens, as providers quote it."""

    read: float
    written: float


@dataclass(slots=True, kw_only=True)
class Meter:
    """Counts over all calls that one question led to.

    Attributes:
        read: Tokens; ``None`` as soon as one answer does not say. ``written`` likewise.
    """

    calls: int = 0
    read: int | None = 0
    written: int | None = 0

    def add(self, usage: CompletionUsage | None) -> None:
        """Count one completion."""
        self.calls += 1
        self.read = _sum(self.read, usage.prompt_tokens if usage else None)
        self.written = _sum(self.written, usage.completion_tokens if usage else None)

    def join(self, other: "Meter") -> None:
        """Count what another one counted."""
        self.calls += other.calls
        self.read, self.written = _sum(self.read, other.read), _sum(self.written, other.written)

    @property
    def tokens(self) -> int | None:
        """Read and written together; ``None`` where an answer did not say."""
        return _sum(self.read, self.written)

    def micro_usd(self, price: Price | None) -> int | None:
        """The cost; ``None`` where the price or a count is unknown. Dollars per million are micro dollars per token."""
        if price is None or self.read is None or self.written is None:
            return None
        return round(self.read * price.read + self.written * price.written)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
