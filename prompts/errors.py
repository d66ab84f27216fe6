"""The root of all errors of Countersteer and those that concern words."""

from collections.abc import Collection


class CountersteerError(Exception):
    """Something a person or a caller can act on; the message says what to do next."""


class PromptError(CountersteerError):
    """A prompt cannot be made or put into a model's form."""


class EmptyBlockError(PromptError):
    """A style or negative block without content."""

    def __init__(self, *, block: str, what: str = "is empty") -> None:
        super().__init__(f"the {block} block {what}; every prompt carries both blocks, so give it at least one entry")
        self.block = block


class BlockMissingError(PromptError):
    """A body about to leave does not carry the style block or a negative term."""

    def __init__(self, *, missing: Collection[str], model: str) -> None:
        names = ", ".join(repr(name) for name in missing)
        super().__init__(f"nothing was sent to {model}: its body lacks {names}; this is a defect, please report it")
        self.missing = tuple(missing)
        self.model = model


class TooLongError(PromptError):
    """The parts that may never be cut do not fit into the model's limit."""

    def __init__(self, *, model: str, limit: int, needed: int, unit: str, part: str = "blocks and action") -> None:
        super().__init__(
            f"the {part} need {needed} {unit} and {model} takes {limit}; shorten the block or choose another model"
        )
        self.model = model
        self.limit = limit
        self.needed = needed


class NoInversionError(PromptError):
    """A model that takes no negative wording was handed terms that nothing positive is registered for."""

    def __init__(self, *, terms: Collection[str], model: str) -> None:
        names = ", ".join(repr(term) for term in terms)
        super().__init__(
            f"{model} takes positive wording only and nothing says {names} positively; nothing was sent; "
            "exempt the term for this shot, word it as one of the vocabulary, or choose another model"
        )
        self.terms = tuple(terms)
        self.model = model


class BadSheetError(PromptError):
    """A value in a sheet, block or reference that cannot be used."""
