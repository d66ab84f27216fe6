"""What is said of many negatives at once, and of those that do nothing."""

from agent.ledger import Crowd, Line
from agent.policy import diluting
from prompts.blocks import Layer
from prompts.dialect import Channel

VENDORS = {"swift": "acme", "swift-pro": "acme"}


def crowd(terms: int, *, seen: int, term: str = "flare", model: str = "swift") -> Crowd:
    return Crowd(model=model, term=term, terms=terms, told=40, seen=seen)


def line(*, ignored: int, seen_without: int, model: str = "swift") -> Line:
    counts = {"sent": 15, "absent": 15 - ignored, "ignored": ignored, "without": 15, "seen_without": seen_without}
    return Line(term="flare", layer=Layer.QUALITY, model=model, channel=Channel.FIELD, **counts)


def test_terms_seen_more_often_in_long_company_are_diluted_and_those_of_another_vendor_are_its_own() -> None:
    (acme,) = diluting.dilutions([crowd(8, seen=2), crowd(16, seen=14, model="swift-pro")], vendors=VENDORS)
    assert acme.diluted
    assert str(acme).startswith("acme: negatives dilute each other, seen 2 of 40")
    (even,) = diluting.dilutions([crowd(8, seen=6), crowd(16, seen=7)], vendors=VENDORS)
    assert not even.diluted
    assert diluting.dilutions([crowd(8, seen=2)], vendors={}) == ()


def test_a_long_block_is_not_blamed_for_the_terms_that_only_it_holds() -> None:
    held = [crowd(8, seen=2), crowd(16, seen=2), crowd(16, seen=36, term="hands")]
    (acme,) = diluting.dilutions(held, vendors=VENDORS)
    assert acme.long.rate > acme.short.rate
    assert not acme.diluted


def test_too_few_takes_say_nothing() -> None:
    (acme,) = diluting.dilutions([crowd(8, seen=2)], vendors=VENDORS)
    assert "too few takes" in str(acme)


def test_a_term_that_is_seen_as_often_with_it_as_without_could_be_dropped_once_there_are_takes_enough() -> None:
    nothing = [line(ignored=6, seen_without=6), line(ignored=5, seen_without=6, model="swift-pro")]
    assert [(each.model, each.sent) for each in diluting.idle(nothing, vendors=VENDORS)] == [("acme", 30)]
    assert diluting.idle(nothing[:1], vendors=VENDORS) == ()
    helping = [line(ignored=1, seen_without=9), line(ignored=2, seen_without=9, model="swift-pro")]
    assert diluting.idle(helping, vendors=VENDORS) == ()
    never = [line(ignored=0, seen_without=0), line(ignored=0, seen_without=0, model="swift-pro")]
    assert diluting.idle(never, vendors=VENDORS) == ()
