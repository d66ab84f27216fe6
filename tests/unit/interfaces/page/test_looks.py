"""What an article says of its shot."""

from agent.findings import Sight
from interfaces.page import looks, rendering
from tests.unit.interfaces.page.building import a_chip, a_shot, a_take


def test_a_shot_is_found_by_every_fault_of_every_take_and_never_by_an_all_clear() -> None:
    shot = a_shot(
        a_take(a_chip(Sight.SEEN), a_chip(Sight.ABSENT, term="text")),
        a_take(a_chip(Sight.UNSURE, term="flicker"), a_chip(Sight.NOT_INSPECTABLE, term="smoke")),
    )

    assert looks.look(shot).faults == {
        "seen": ("lens flare",),
        "unsure": ("flicker",),
        "not inspectable": ("smoke",),
    }


def test_a_provoked_term_is_a_fifth_answer_and_not_merely_seen() -> None:
    chip = a_chip(Sight.SEEN, provoked=True)

    assert looks.look(a_shot(a_take(chip))).faults == {"provoked": ("lens flare",)}
    assert "attracts" in looks.sight_word(chip)


def test_only_a_stale_take_that_is_circled_makes_its_shot_stale() -> None:
    assert looks.look(a_shot(a_take(stale=True, picked=True))).stale
    assert not looks.look(a_shot(a_take(stale=True), a_take(picked=True))).stale


def test_no_two_answers_of_a_chip_look_alike() -> None:
    chips = [a_chip(sight) for sight in Sight] + [a_chip(Sight.SEEN, provoked=True)]

    assert len({looks.sight_class(chip) for chip in chips}) == len(chips)


def test_what_a_person_wrote_is_text_on_the_page_and_never_markup() -> None:
    shot = a_take(a_chip(Sight.SEEN, term='<script>"'))

    html = rendering.html(
        "shots.html", shots=(a_shot(shot),), whole=1, film_id="f", conversation_id="t", ceiling=8_000_000
    )

    assert "<script>" not in html
    assert "&lt;script&gt;&#34;" in html
