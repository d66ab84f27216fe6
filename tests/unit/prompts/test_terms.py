"""The vocabulary of negative terms."""

import re

import pytest

from prompts import entries, phrases, terms
from prompts.blocks import Layer
from prompts.lexicon import index, lexicon
from prompts.terms import How
from tests.unit.prompts import makers

CLAY = "Stop-motion claymation, thumbprints in the clay, felt sets"
FILM = "Live-action 35mm film, low-key light, fine grain"


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Live-Action", "live action"),
        ("no extra finger", "extra fingers"),
        ("don't show captions", "subtitles"),
        ("((watermark))", "watermark"),
        ("(blurry:1.4)", "blurry"),
        ("colour casts", "color cast"),
        ("any unwanted text", "text"),
        ("photo-realistic look", "photorealistic"),
        ("plastic skin", "plasticky skin"),
        ("bright even lighting", "studio lighting"),
        ("水印", "watermark"),
        ("a dragon", None),
        ("", None),
    ],
)
def test_a_term_is_known_however_it_is_written(text: str, term: str | None) -> None:
    assert terms.canonical(text) == term


@pytest.mark.parametrize("term", terms.known())
def test_every_canonical_id_is_its_own_name_and_has_a_layer(term: str) -> None:
    assert terms.canonical(term) == term
    assert terms.guess(term).how is How.REGISTERED


def test_no_spelling_belongs_to_two_terms() -> None:
    owners: dict[str, set[str]] = {}
    for term, entry in lexicon().terms.items():
        for spelling in (term, *entry.aliases, *entry.entry_only):
            owners.setdefault(phrases.key(spelling), set()).add(term)

    assert {spelling: sorted(names) for spelling, names in owners.items() if len(names) > 1} == {}


def test_no_thing_shares_a_spelling_with_a_term_or_another_thing() -> None:
    owners = [
        (phrases.key(spelling), name) for name, thing in lexicon().things.items() for spelling in (name, *thing.aliases)
    ]

    assert sorted(set(dict(owners)) & set(index())) == []
    assert len(set(owners)) == len(dict(owners))


def test_a_thing_is_no_fault_so_it_has_no_canonical_id() -> None:
    assert [name for name in lexicon().things if terms.canonical(name)] == []
    assert terms.identity("no cars") == terms.identity("automobiles") == "cars"


@pytest.mark.parametrize("thing", [name for name, thing in lexicon().things.items() if thing.inversion])
def test_the_inversion_of_a_thing_is_short_positive_and_does_not_name_it(thing: str) -> None:
    inversion = terms.inversion(thing, style=CLAY)

    assert inversion is not None
    assert len(inversion) <= 50
    assert phrases.position(thing, inversion) is None
    assert not re.search(r"\b(no|not|non|without|avoid\w*|never|free of)\b", inversion)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("extra fingers", "six fingers", True),
        ("overexposed", "blown out highlights", True),
        ("watermark", "signature", False),
        ("cropped", "off-center", False),
        ("fog", "mist", False),
        ("extra legs", "missing legs", False),
        ("motion blur", "blurry", False),
    ],
)
def test_near_synonyms_are_one_thing_and_neighbours_are_not(one: str, other: str, *, same: bool) -> None:
    assert (terms.identity(one) == terms.identity(other)) is same


def test_no_registered_spelling_is_also_praise() -> None:
    assert [term for term in terms.known() if terms.is_praise(term)] == []


@pytest.mark.parametrize(
    ("text", "layer", "how"),
    [
        ("weird fingertips of the left hand", Layer.ANATOMY, How.HINTED),
        ("distorted knees and toes", Layer.ANATOMY, How.HINTED),
        ("date stamp overlay", Layer.QUALITY, How.HINTED),
        ("retro videotape footage", Layer.FORMAT, How.HINTED),
        ("dark", Layer.QUALITY, How.HINTED),
        ("snow", Layer.FORMAT, How.CONTENT),
        ("heavy snowfall", Layer.FORMAT, How.UNKNOWN),
        ("dark forest", Layer.FORMAT, How.UNKNOWN),
    ],
)
def test_the_layer_of_an_unknown_term_is_guessed_and_it_says_how(text: str, layer: Layer, how: How) -> None:
    assert terms.guess(text) == terms.Guess(layer=layer, how=how)


def test_a_format_term_is_inverted_into_what_the_style_is_made_of() -> None:
    inverted = {
        style: terms.inversion("photorealistic", style=style) for style in (makers.PAINTED, CLAY, "Glass opera")
    }

    assert inverted == {
        makers.PAINTED: "hand-painted brushwork on every surface",
        CLAY: "hand-made stop-motion models on every set",
        "Glass opera": "every surface rendered in the stated style",
    }


def test_a_medium_that_the_style_rules_out_is_not_what_it_is_made_of() -> None:
    assert (
        terms.inversion("anime", style="never photoreal, always gouache") == "hand-painted brushwork on every surface"
    )


def test_an_inversion_does_not_speak_against_the_style() -> None:
    assert terms.inversion("grain", style=FILM) == "every surface rendered in the stated style"
    assert terms.inversion("grain", style=CLAY) == "clean smooth tones"


def test_an_unknown_term_has_no_inversion() -> None:
    assert terms.inversion("a dragon", style=FILM) is None


@pytest.mark.parametrize("term", terms.known())
@pytest.mark.parametrize("style", [makers.PAINTED, CLAY, FILM, "Glass opera"])
def test_an_inversion_is_short_positive_and_does_not_name_the_thing(term: str, style: str) -> None:
    inversion = terms.inversion(term, style=style)

    assert inversion is not None
    assert len(inversion) <= 50
    assert not re.search(r"\b(no|not|non|without|avoid\w*|don'?t|never|free of)\b", inversion)
    # A style made of the very thing is told so: "no photo" in a film of hand-drawn lines may still say "hand-drawn".
    if "$" not in lexicon().terms[term].inversion:
        assert phrases.position(term, inversion) is None


def test_an_earlier_inversion_still_counts_for_stored_receipts(monkeypatch: pytest.MonkeyPatch) -> None:
    today = lexicon()
    changed = today.terms["watermark"].model_copy(update={"formerly": ("empty corners",)})
    later = today.model_copy(update={"terms": {**today.terms, "watermark": changed}})
    monkeypatch.setattr(terms, "lexicon", lambda: later)

    assert terms.inverts("empty corners", "watermarks", style=FILM)
    assert terms.inverts("clean unmarked frame", "watermarks", style=FILM)
    assert not terms.inverts("empty corners", "deformed hands", style=FILM)


@pytest.mark.parametrize(
    ("term", "shot", "asked"),
    [
        ("snow", "First snow falls on the yard", True),
        ("snow", "The yard, no snow yet", False),
        ("fog", "without rain or fog", False),
        ("fog", "not only rain but fog", True),
        ("lens flare", "flares all over the pier", True),
        ("lens flare", 'He says "what a lens flare"', False),
        ("blurry", "motion blur on the wheels", False),
        ("motion blur", "motion blur on the wheels", True),
        ("frozen frames", "a frozen lake", False),
        ("camera shake", "handheld, close", True),
        ("text", "brush texture on the wall", False),
        ("duplicate characters", "identical twins at the door", True),
        ("crowd", "One swimmer alone on a starting block", False),
        ("people", "A crowd pours out of the gates", True),
        ("people", "An abandoned pool, drained", False),
        ("rain", "They argue in a downpour", True),
        ("weapons", "He lifts the shotgun", True),
    ],
)
def test_a_shot_asks_for_a_thing_only_in_words_that_mean_it(term: str, shot: str, *, asked: bool) -> None:
    assert (terms.asked_for_by_shot(term, shot=shot) is not None) is asked


def test_opposites_name_what_in_a_style_contradicts_the_term() -> None:
    assert {"live action", "35mm film", "photoreal"} <= set(terms.opposites("no photorealism"))


@pytest.mark.parametrize("term", terms.known())
def test_an_id_reads_as_a_bare_entry(term: str) -> None:
    assert entries.read(term) == entries.Entry(text=term, raw=term)
