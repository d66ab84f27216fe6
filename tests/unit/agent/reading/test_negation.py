"""Exclusions: every way people write them, and everything that only looks like one."""

import pytest

from agent.reading import negation, shield


def excluded(text: str) -> tuple[tuple[str, ...], str]:
    shielded = shield.shield(text)
    found = negation.read(shielded.text)
    return found.terms, shielded.unveil(found.rest)


@pytest.mark.parametrize(
    ("text", "terms", "rest"),
    [
        ("A vase without water", ("water",), "A vase"),
        ("a monk, stay away from anything resembling a postcard or stock", ("postcard", "stock"), "a monk"),
        ("a loom, avoid anything that looks like a toy or wax dolls", ("toy", "wax dolls"), "a loom"),
        ("Neither fog nor smoke: a clear valley", ("fog", "smoke"), "a clear valley"),
        ("a pond, neither ducks nor reeds", ("ducks", "reeds"), "a pond"),
        ("neither people nor cars in sight, a square", ("people", "cars"), "a square"),
        ("For this one lose the scarf. Marta waits", ("scarf",), "Marta waits"),
        ("This time skip the fog, a pier", ("fog",), "a pier"),
        ("a chess board, no pieces sliding around", ("pieces sliding around",), "a chess board"),
        ("a lobby, no guests walking in and out", ("guests walking in and out",), "a lobby"),
        ("a lighthouse, the image must not flicker", ("flicker",), "a lighthouse"),
        ("a nun, her face should never warp or melt", ("warp", "melt"), "a nun"),
        ("The hands must not deform while he plays", ("deform",), "The hands while he plays"),
        ("a mill. There must not be a single tourist anywhere", ("tourist",), "a mill."),
        ("a road, without so much as a cloud or a bird", ("cloud", "bird"), "a road"),
        ("a road, no captions please nor subtitles", ("captions", "subtitles"), "a road"),
        ("a road, don't you dare add a logo", ("logo",), "a road"),
        ("a road, people not welcome", ("people",), "a road"),
        ("a road. Keep the dogs away, dusk", ("dogs",), "a road. dusk"),
        ("a street with no people, only lights", ("people",), "a street, only lights"),
        ("no text overlays, no logo changes", ("text overlays", "logo changes"), ""),
        ("a pier, no cars, signs, or people", ("cars", "signs", "people"), "a pier"),
        ("a road with no signs or markings", ("signs", "markings"), "a road"),
        ("a fox. Negative: text, logos, blur", ("text", "logos", "blur"), "a fox."),
        ("a fox --no text, logos", ("text", "logos"), "a fox"),
        ("a fox, please don't show the hunters", ("hunters",), "a fox"),
        ("a fox, avoid lens flare", ("lens flare",), "a fox"),
        ("a fox, sparks, -lens flare", ("lens flare",), "a fox, sparks"),
        ("a harbour -people -text -birds", ("people", "text", "birds"), "a harbour"),
        ("a widow, don't let her features morph", ("morph",), "a widow"),
        ("a kitchen. Don't light it like a sitcom", ("sitcom",), "a kitchen."),
        ("two shots, neither should have people in it", ("people",), "two shots"),
        ("a key, no logos in any of them", ("logos",), "a key"),
        ("a fox, not a cartoon", ("cartoon",), "a fox"),
        ("paper boats, so nothing photoreal", ("photoreal",), "paper boats"),
        ("she climbs; none of that slow-mo stuff", ("slow-mo",), "she climbs"),
        ("a bridge with no one crossing", ("people crossing",), "a bridge"),
        ("a sky full of stars, but no moon in sight", ("moon",), "a sky full of stars"),
        ("a forest where no animals can be seen", ("animals",), "a forest"),
        ("a bike, w/out the rider", ("rider",), "a bike"),
        ("a text-free poster wall", ("text",), "a poster wall"),
        ("Keep the crew out of frame, wide pier", ("crew",), "wide pier"),
        ("a table with no notebook on it", ("notebook",), "a table"),
        ("a pier, kill the lens flare, dusk", ("lens flare",), "a pier, dusk"),
        ("a pier, lose the grain", ("grain",), "a pier"),
        ("a pier, flareless, grain-free", ("flare", "grain"), "a pier"),
        ("a fox, neg: blur, text", ("blur", "text"), "a fox"),
        ("a fox. Avoid:\n- text\n- logos", ("text", "logos"), "a fox."),
        ("Exclude crowds, cars, timestamps. A quiet square", ("crowds", "cars", "timestamps"), "A quiet square"),
        ("no lens flare no text no people, a pagoda", ("lens flare", "text", "people"), "a pagoda"),
        ("a tiger, its tail isn't visible", ("tail",), "a tiger"),
        ("make sure the logo isn't visible", ("logo",), ""),
        ("Moonlight rather than street lamps on the pier", ("street lamps",), "Moonlight on the pier"),
        ("push in instead of a zoom on the safe", ("zoom",), "push in on the safe"),
        ("a woman and no umbrella in the drizzle", ("umbrella",), "a woman in the drizzle"),
        ("keep the boom mic and the crew out of the mirror", ("boom mic", "crew"), ""),
        ("don't let him look heroic, a wade ashore", ("heroic",), "a wade ashore"),
        ("not a soul in sight, a beach", ("people",), "a beach"),
        ("a man not wearing a helmet is climbing", ("helmet",), "a man is climbing"),
        ("a large fish aquarium with no fish in it", ("fish",), "a large fish aquarium"),
        ("under no circumstances show the baby's face", ("baby's face",), ""),
        ("a knight without armour kneels in the chapel", ("armour",), "a knight kneels in the chapel"),
        ("a man without a hat walks past", ("hat",), "a man walks past"),
        ("a chessboard, nobody's hands in frame", ("hands",), "a chessboard"),
        ("a pier. Avoid anything cartoonish or plasticky", ("cartoonish", "plasticky"), "a pier."),
        ("a trench. Under no circumstances any wristwatches", ("wristwatches",), "a trench."),
        ("a pier, 🚫 text 🚫 logos", ("text", "logos"), "a pier"),
        ("a cake -watermark -text", ("watermark", "text"), "a cake"),
        ("the less grain the better, a coin", ("grain",), "a coin"),
        ("a street without people, cars and dogs", ("people", "cars", "dogs"), "a street"),
        ("a bottle free of text, logos and captions", ("text", "logos", "captions"), "a bottle"),
        ("a room free of furniture, just her and the piano", ("furniture",), "a room, just her and the piano"),
        ("hands. Skip the slow-mo, skip the flare", ("slow-mo", "flare"), "hands."),
        ("Ana. Lose the grain and that teal tint", ("grain", "teal tint"), "Ana."),
        ("Avoid warped faces, jitter, and any overlays. A choir", ("warped faces", "jitter", "overlays"), "A choir"),
        ("a fox. Negative: blurry; low quality; text", ("blurry", "low quality", "text"), "a fox."),
        ("no zooms - a barn", ("zooms",), "a barn"),
        ("a man with neither hat nor coat", ("hat", "coat"), "a man"),
        ("a beach with not a soul on it", ("people",), "a beach"),
        ("there's nobody else on the platform. Ada waits", ("other people on the platform",), "Ada waits"),
        ("I'd prefer there not be any crowd. A priest", ("crowd",), "A priest"),
        ("no color, black and white only", ("color",), "black and white only"),
    ],
)
def test_a_thing_that_must_not_be_seen_leaves_the_text_as_a_bare_term(
    text: str, terms: tuple[str, ...], rest: str
) -> None:
    assert excluded(text) == (terms, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Not only rain but fog",
        "never-ending stairs",
        "No Time to Die opening style: frozen lake",
        "a NO SMOKING sign behind him",
        'he says "no smoke, no fire"',
        "Otto doesn't move",
        "nobody notices him",
        "no longer young, he waits",
        "No, he waits by the door",
        "hands-free phone call",
        "the hamster is not running on the wheel",
        "kill the engine and coast",
        "hold the flare on her face",
        "fighting monsters and avoiding traps",
        "they leave to avoid even greater disaster",
        "a theatre in which no audience is sleeping",
        "none of the horses has a rider",
        "she jumps without looking",
        "no brighter than a match",
        "it can't be the same picture without the scarf",
        "there's no denying he's tired",
        "a no parking sign, and a car under it",
        "a door sign that says no visitors today",
        "she whispers: no, don't go",
        "No Sudden Move style robbery",
        "Nobody style hallway fight",
        "an endless wireless dream",
        "no camera movement",
        "never have I seen such a storm",
        "he doesn't look back",
        "she seems never to have existed",
        "a dog -quick and brown- runs",
        "Neither the boy nor the dog moves.",
        "Neither rain nor snow can stop the postman",
        "Neither Ann nor Tom blinked",
        "a barber, neither smiles nor waves",
        "his mouth moves but nothing comes out",
        "a -5 degree morning",
        "You can't have a wedding with no dancing",
        "you can't show a harbour without gulls",
        "The ice won't melt in her hand",
        "She can't warp the plank",
        "three-quarter... no wait, full length",
        "A boy keeps the dog away",
    ],
)
def test_words_that_only_look_like_an_exclusion_forbid_nothing(text: str) -> None:
    terms, rest = excluded(text)
    assert terms == ()
    assert rest == text


def test_people_are_absent_where_nobody_is_no_title() -> None:
    assert excluded("Nobody in frame, a wide pier") == (("people",), "a wide pier")


def test_two_negations_make_a_wish() -> None:
    assert excluded("don't not use the practicals") == ((), "use the practicals")


def test_a_contrast_keeps_both_halves_and_forbids_nothing() -> None:
    text = "The girl with glasses is drawing, and the girl without glasses is singing."
    assert excluded(text) == ((), text)


def test_a_narrower_thing_is_forbidden_although_its_noun_is_wanted() -> None:
    assert excluded("green laser grid, no red lasers") == (("red lasers",), "green laser grid")
