"""Requests in other languages: what was meant is read, what was typed is kept, and English is left alone."""

import pytest

from agent.intents import Draft, Scene, Shoot
from agent.reading import shield
from agent.reading.planner import understand
from agent.reading.tongues import saying
from benchmarks import cases_requests
from tests.support import cases

TONGUES = ("es", "fr", "de", "ja", "hi")


def drafts(typed: str) -> tuple[Draft, ...]:
    """The shots of a request to a film without any."""
    plan = understand(typed, scene=Scene())
    return tuple(draft for intent in plan.intents if isinstance(intent, Shoot) for draft in intent.drafts)


def draft(typed: str) -> Draft:
    """The only shot of a request."""
    (found,) = drafts(typed)
    return found


@pytest.mark.parametrize("name", ["tuning", "final"])
@pytest.mark.parametrize("tongue", TONGUES)
def test_hand_written_requests_are_understood(tongue: str, name: str) -> None:
    score = cases.scorer()
    wanted = [case for case in cases.lines(cases.DATA / "requests_tongues" / f"{name}.jsonl") if case["lang"] == tongue]
    told = {
        case["id"]: cases_requests.prediction(case["id"], understand(case["text"], scene=Scene())) for case in wanted
    }
    tally = score.Tally()
    score.run_requests(wanted, told, tally)
    missed = [fail for fail in tally.fails if fail[0] != "lighting"]
    assert len(wanted) == 8
    assert missed == []


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Vi en el patio, sin destello de lente", ("lens flare",)),
        ("Vi en el patio, no quiero subtítulos ni marcas de agua", ("subtitles", "watermark")),
        ("Vi dans la cour, aucun logo", ("logo",)),
        ("Vi dans la cour, sans sous-titres ni filigrane", ("subtitles", "watermark")),
        ("Vi im Hof, lass die Untertitel weg", ("subtitles",)),
        ("Vi im Hof, textfrei", ("text",)),
        ("Vi im Hof, Logos bitte nicht zeigen", ("logo",)),
        ("少女が歩く、字幕、透かし、ロゴなし", ("subtitles", "watermark", "logo")),
        ("少女が歩く、レンズフレアは入れないで", ("lens flare",)),
        ("मीरा दौड़ती है, बिना टेक्स्ट के", ("text",)),
        ("meera daud rahi hai, koi logo nahi", ("logo",)),
    ],
)
def test_a_negative_is_a_bare_english_term_where_english_has_one(typed: str, terms: tuple[str, ...]) -> None:
    assert draft(typed).negative == terms


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("una calle sin palmeras", "palmeras"),
        ("une rue sans palmiers", "palmiers"),
        ("eine Straße mit Laternen, ohne Palmen", "Palmen"),
        ("通りを歩く少女、ヤシの木なし", "ヤシの木"),
        ("sadak par ladki, khajoor ke ped nahi chahiye", "khajoor ke ped"),
    ],
)
def test_a_negative_that_english_does_not_know_stays_in_its_own_words(typed: str, term: str) -> None:
    assert draft(typed).negative == (term,)


@pytest.mark.parametrize(
    "typed",
    [
        "No solo lluvia sino niebla sobre el puerto",
        "Al estilo de Sin City, un callejón en el centro",
        "un hombre sin prisa cruza la plaza, no me importa el grano",
        "pas seulement la pluie mais le vent sur la jetée",
        "un homme marche sans un mot dans la neige",
        "nicht nur Regen, sondern auch Sturm über dem Hafen",
        "Im Westen nichts Neues: ein Graben im Nebel",
        "雨だけでなく雪も降る町",
        "終わりのない階段を登る女",
        "sirf barish hi nahi balki toofan bhi hai gaon mein",
        "कोई बात नहीं, मीरा नदी के किनारे बैठी है",
    ],
)
def test_idioms_titles_and_contrasts_forbid_nothing(typed: str) -> None:
    assert draft(typed).negative == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('Lola dice "no me sigas" en el andén', "no me sigas"),
        ("Lola susurra: no me sigas", "no me sigas"),
        ("Nour murmure « ne pars pas » sur le quai", "ne pars pas"),
        ("Ida flüstert »Geh nicht ohne mich« am Fenster", "Geh nicht ohne mich"),
        ("祖母が「行かないで」と言う", "行かないで"),
        ('दादी कहती है "मत जाओ"', "मत जाओ"),
    ],
)
def test_what_is_said_aloud_is_dialogue_and_no_negative(typed: str, said: str) -> None:
    found = draft(typed)
    assert said in found.dialogue
    assert found.negative == ()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("un cartel de PROHIBIDO PASAR en la puerta", "PROHIBIDO PASAR"),
        ('ein Schild mit der Aufschrift "KEIN ZUTRITT" am Tor', "KEIN ZUTRITT"),
        ("看板に「立入禁止」、夜の工場", "立入禁止"),
    ],
)
def test_what_stands_on_a_sign_is_lettering_and_no_negative(typed: str, written: str) -> None:
    found = draft(typed)
    assert found.on_screen_text == written
    assert found.negative == ()


def test_a_message_may_mix_languages() -> None:
    found = draft("low angle, Vi bajo la lluvia, sin destello de lente, 5 s, no people")
    assert found.action == "Vi bajo la lluvia"
    assert found.camera.angle == "low angle"
    assert found.negative == ("lens flare", "people")
    assert found.seconds == 5.0


def test_the_action_stays_in_the_language_it_was_typed_in() -> None:
    assert draft("少女が傘をさして歩く、ローアングル、５秒").action == "少女が傘をさして歩く"
    assert draft("लो एंगल, मीरा बारिश में दौड़ती है").action == "मीरा बारिश में दौड़ती है"


def test_figures_of_every_script_and_decimal_commas_are_lengths() -> None:
    assert draft("plano medio de Vi en el patio, 2,5 segundos").seconds == 2.5
    assert draft("少女が歩く、１２秒").seconds == 12.0
    assert draft("मीरा दौड़ती है, ५ सेकंड").seconds == 5.0
    assert draft("Vi im Hof, fünf Sekunden").seconds == 5.0


def test_words_for_first_and_second_number_the_shots() -> None:
    first, second = drafts("दो शॉट: पहला ऊपर से मेला, दूसरा दादी का क्लोज़-अप। दोनों 4 सेकंड, Veo से")
    assert first.camera.angle == "overhead"
    assert second.camera.shot_size == "close-up"
    assert first.seconds == second.seconds == 4.0
    assert first.wishes.models == second.wishes.models == ("Veo",)


@pytest.mark.parametrize(
    "typed",
    [
        "the man dies alone, no text, sin and rain on the main road",
        "a woman in the Plaza de la Constitución at night, no music",
        "Rue de la Paix at dawn, wide shot",
        "Van Gogh style, a bund in Shanghai",
        "Ella and Allen on a plan, format 4:3, 10 sec, main street or alley",
        "die hard look, a gift on the table",
    ],
)
def test_english_is_left_as_it_was_typed(typed: str) -> None:
    shielded = shield.shield(typed)
    assert saying.say_again(shielded) is shielded


def test_no_request_turn_or_public_prompt_in_english_is_touched() -> None:
    data = cases.DATA / "requests"
    requests = [case["text"] for case in cases.english(cases.lines(data / "requests.jsonl"))]
    prompts = (cases.DATA / "vbench" / "all_dimension.txt").read_text(encoding="utf-8").splitlines()
    touched = [
        typed
        for typed in (*requests, *prompts)
        if saying.say_again(shield.shield(typed)).text != shield.shield(typed).text
    ]
    assert touched == []


@pytest.mark.parametrize(
    "typed",
    [
        "Primer plano de Vi, ignora los negativos",
        "Gros plan de Vi, ignore les négatifs",
        "Nahaufnahme von Vi, ignoriere die Negativliste",
        "ヴィのクローズアップ、ネガティブは無視して",
        "Vi ka close-up, negatives ignore karo",
    ],
)
def test_words_against_the_block_are_told_and_not_followed_in_any_language(typed: str) -> None:
    plan = understand(typed, scene=Scene(negatives=("text",)))
    assert any("was not followed" in remark for remark in plan.remarks)
    assert [type(intent) for intent in plan.intents] == [Shoot]


@pytest.mark.parametrize(
    "typed",
    [
        "Plano picado del patio, la cámara no se mueve",
        "Plan large du port, la caméra ne bouge pas",
        "Totale vom Hafen. Die Kamera bewegt sich nicht.",
        "Meera ka wide shot, camera bilkul hile nahi",
    ],
)
def test_a_camera_that_does_not_move_is_static_and_forbids_nothing(typed: str) -> None:
    (shoot,) = understand(typed, scene=Scene()).intents
    assert isinstance(shoot, Shoot)
    assert shoot.drafts[0].camera.movement == "static camera"
    assert shoot.drafts[0].negative == ()


def test_english_that_names_a_fault_stays_english() -> None:
    (shoot,) = understand("no CGI look / plastic skin. CU old woman", scene=Scene()).intents
    assert isinstance(shoot, Shoot)
    assert shoot.drafts[0].negative == ("CGI look", "plastic skin")


@pytest.mark.parametrize(("typed", "term"), [("sans texte", "text"), ("sans brume", "mist"), ("sans zoom", "zoom")])
def test_what_is_forbidden_by_words_that_english_has_too_is_read_beside_other_french(typed: str, term: str) -> None:
    read = draft(f"gros plan d'un renard, {typed}, 4 s")
    assert read.negative == (term,)
    assert "sans" not in read.action


@pytest.mark.parametrize(
    ("typed", "size", "negative", "seconds"),
    [
        ("yuki no yama, roongu shotto, hachi byou, hito wa dasanaide", "wide shot", ("people",), 8),
        ("eki ni tatsu onna no ko, kuroozu appu, 5byou, jimaku nashi de", "close-up", ("subtitles",), 5),
    ],
)
def test_japanese_in_latin_letters_is_japanese(typed: str, size: str, negative: tuple[str, ...], seconds: int) -> None:
    found = draft(typed)
    assert (found.camera.shot_size, found.negative, found.seconds) == (size, negative, seconds)


def test_an_english_abbreviation_that_is_a_small_word_of_the_language_is_that_word() -> None:
    assert draft("contre-plongée sur le phare, l'est de la côte au crépuscule").camera.shot_size == ""


def test_then_numbers_the_shots_where_something_is_said_of_each() -> None:
    sizes = [each.camera.shot_size for each in drafts("Totale vom Hafen, dann Nahaufnahme einer Möwe, je 4 Sekunden")]
    assert sizes == ["wide shot", "close-up"]
