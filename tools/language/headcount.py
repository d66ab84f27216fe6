"""The number of people that a judge counted, held against the number that the shot asks for."""

from agent.reading import vocabulary
from prompts import terms
from tools.language.judge_wire import WireResult


def held_against(asked: int | None, result: WireResult) -> WireResult:
    """The result, turned to *present* where the number is wrong in the way that its term forbids.

    The judge is never told the number: one that knows what was wished for sees it.
    """
    meant = terms.identity(result.term)
    exact = meant in _terms("wrong")
    if asked is None:
        told = f"the shot does not say how many people it asks for: {result.observation}"
        return result.model_copy(update={"verdict": "cannot_tell", "observation": told}) if exact else result
    if result.count is None or not (exact or meant in _terms("too_many")):
        return result
    # One too few is no double of anybody; it is a wrong number all the same.
    wrong = result.count != asked if exact else result.count > asked
    told = f"asked for {asked}, saw {result.count}: {result.observation}"
    return result.model_copy(update={"verdict": "present", "observation": told}) if wrong else result


def _terms(name: str) -> frozenset[str]:
    """What such a number is a fault of."""
    return vocabulary.wordset("headcount", "terms", name)
