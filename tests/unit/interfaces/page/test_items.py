"""The log's items."""

from agent.events import Event, Json, What
from interfaces.page import items


def event(what: What, **data: Json) -> Event:
    """Something that happened to a shot."""
    return Event(number=7, project_id="film", conversation_id="talk", what=what, data=data, at_us=0, shot_id="shot")


def test_what_a_person_said_and_was_answered_are_items_of_their_own() -> None:
    said = items.item(event(What.REQUEST, text="a fox"), shot=None)
    reply = items.item(event(What.REPLY, text="Shot 1.\nSay go."), shot=None)

    assert said is not None
    assert (said.kind, said.text, said.number) == ("said", "a fox", 7)
    assert reply is not None
    assert [line.text for line in reply.lines] == ["Shot 1.", "Say go."]


def test_reasons_and_all_clears_are_folded_and_faults_are_not() -> None:
    findings: Json = {"text": "seen", "smoke": "absent"}
    verdict = event(
        What.VERDICT, take_id="t", number=1, decision="miss", findings=findings, reason="", nobody_looked=[], hints=[]
    )
    item = items.item(verdict, shot=3)

    assert item is not None
    assert item.shot == 3
    assert any("SEEN: text" in line.text for line in item.lines)
    assert [line.text for line in item.more] == ["absent: smoke"]


def test_what_no_reader_needs_is_no_item() -> None:
    assert items.item(event(What.PROGRESS, going="rendering", share=0.5), shot=1) is None


def test_the_items_of_a_story_keep_its_numbers_and_the_shots_own() -> None:
    found = items.items([event(What.HOLD, reason="an outage"), event(What.SUBMIT, model="m")], {"shot": 4})

    assert [(item.number, item.shot) for item in found] == [(7, 4)]
