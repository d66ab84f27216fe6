"""Orders to the whole film in other languages: blocks, money, models, all shots; and what is no such order."""

import pytest

from agent.intents import ChangeNegatives, ChangeStyle, ExemptTerms, Intent, Revise, Scene, SetBudget, SetRouting
from agent.reading import planner
from agent.standing import ClearNegatives
from agent.steering import Group

FILM = Scene(
    shots=((1, "Nora locks the shop"), (2, "an old man lights a pipe"), (3, "gulls over the harbour")),
    current_shot=2,
    negatives=("watermark", "text"),
    style="Gouache on rough paper.",
    models=("veo-3.1", "kling-v3", "gen4.5"),
)


def understood(typed: str) -> tuple[Intent, ...]:
    """What a turn in that film means."""
    return planner.understand(typed, scene=FILM).intents


@pytest.mark.parametrize(
    ("typed", "add", "remove"),
    [
        ("añade marcas de agua y destellos al bloque negativo", ("watermark", "lens flare"), ()),
        ("quita 'text' del bloque negativo", (), ("text",)),
        ("enlève 'text' du bloc négatif", (), ("text",)),
        ("'text' aus dem Negativblock streichen", (), ("text",)),
        ("ネガティブから「text」を外して", (), ("text",)),
        ("ネガティブブロックに「逆光」を追加して", ("逆光",), ()),
        ("negative block mein 'lens flare' add karo", ("lens flare",), ()),
    ],
)
def test_a_term_enters_or_leaves_the_block_in_the_word_order_of_any_language(
    typed: str, add: tuple[str, ...], remove: tuple[str, ...]
) -> None:
    assert understood(typed) == (ChangeNegatives(add=add, remove=remove),)


@pytest.mark.parametrize(
    ("typed", "style"),
    [
        ("Stil: Linolschnitt, zwei Farben, grobe Kanten", "Linolschnitt, zwei Farben, grobe Kanten"),
        ("el estilo ahora es acuarela sobre papel, colores fríos", "acuarela sobre papel, colores fríos"),
        ("le style : fusain sur papier kraft, à partir de maintenant", "fusain sur papier kraft"),
        ("スタイルを水彩画に変えて", "水彩画"),
    ],
)
def test_a_style_is_stored_in_the_words_it_was_said_in(typed: str, style: str) -> None:
    assert understood(typed) == (ChangeStyle(text=style),)


@pytest.mark.parametrize(
    "typed",
    [
        "mets tous les plans à 6 secondes",
        "alle Einstellungen 6 Sekunden",
        "全ショットを6秒にして",
        "sab shots 6 second ke kar do",
    ],
)
def test_what_is_said_of_all_shots_changes_all_of_them(typed: str) -> None:
    edits = [intent for intent in understood(typed) if isinstance(intent, Revise)]
    assert [(edit.change.seconds, edit.which and edit.which.group) for edit in edits] == [(6, Group.ALL)]


def test_money_and_models_are_ruled_as_well() -> None:
    assert understood("el presupuesto sube a 60 dólares") == (SetBudget(micro_usd=60_000_000),)
    assert understood("keine Sachen mehr über Veo") == (SetRouting(exclude=("Veo",)),)


def test_a_term_that_is_lifted_for_one_shot_stays_in_the_block() -> None:
    (exempt,) = understood("quita 'text' de los negativos solo en este plano")
    assert isinstance(exempt, ExemptTerms)


@pytest.mark.parametrize(
    "typed",
    [
        "estilo Almodóvar, luz de tungsteno, plano medio de Diego, usa Kling",
        "pon a Eva en plano medio, negativos: texto, logos",
        "¿puedo añadir 'text' al bloque negativo?",
        "was steht im Negativblock",
        "enlève le bloc négatif",
        "ignore the negative block",
    ],
)
def test_requests_questions_and_orders_without_a_term_change_no_block(typed: str) -> None:
    changed = [intent for intent in understood(typed) if isinstance(intent, ChangeNegatives | ChangeStyle)]
    assert changed == []


@pytest.mark.parametrize("typed", ["vacía el bloque negativo", "vide le bloc négatif", "leere den Negativblock"])
def test_emptying_the_block_is_understood_as_what_only_the_owner_does(typed: str) -> None:
    assert understood(typed) == (ClearNegatives(),)
