"""Words left as they were typed, each run behind a placeholder that the readers take for one word."""

from agent.reading.shield import Kind, Passage, Shielded
from agent.reading.words import CLOSE, OPEN


class Veil:
    """The passages of a message: those that are shielded already, and the foreign words added to them."""

    def __init__(self, shielded: Shielded) -> None:
        self._passages = list(shielded.passages)
        self._places: dict[tuple[Kind, str], int] = {}

    def hide(self, text: str, *, kind: Kind = Kind.IDIOM, inner: str | None = None) -> str:
        """The placeholder of a passage; the same words have the same one, so that readers can compare them."""
        place = self._places.setdefault((kind, text), len(self._passages))
        if place == len(self._passages):
            self._passages.append(Passage(kind, text, text if inner is None else inner))
        return f"{OPEN}{place}{CLOSE}"

    def passage(self, word: str) -> Passage | None:
        """The passage a placeholder stands for; ``None`` for any other word."""
        return self._passages[int(word[1:-1])] if word.startswith(OPEN) else None

    def over(self, text: str) -> Shielded:
        """The message as it is now."""
        return Shielded(text, tuple(self._passages))
