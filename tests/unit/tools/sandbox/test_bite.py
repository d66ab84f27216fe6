"""The model's rates against its stated figures, over many shots, takes and seeds."""

import math

import pytest

from tools.sandbox import bite
from tools.sandbox.bite import BASE, PULL, STUCK, Heed, Layer, Temper, chance, draw
from tools.sandbox.phrases import Way
from tools.sandbox.reading import read
from tools.sandbox.scene import Fault, Key

SHOTS = 4000
FULL = Temper(heed=Heed.NATIVE)
TURBO = Temper(heed=Heed.NATIVE, distilled=True)
CLAUSE = Temper(heed=Heed.CLAUSE)
POSITIVE = Temper(heed=Heed.POSITIVE)
PAINTED = "A fox crosses a bridge, gouache, low-key."
TERMS = "photorealistic, studio lighting, watermark, extra fingers, flicker"


def p(fault: Fault, text: str, temper: Temper, *, field: str = "", reference: bool = False) -> float:
    return chance(fault, temper=temper, wish=read(text, negative_field=field), key=Key.LOW, reference=reference)


def any_of(layer: Layer, text: str, temper: Temper) -> float:
    none = math.prod(1 - p(fault, text, temper) for fault, (where, _) in BASE.items() if where is layer)
    return 1 - none


def rate(fault: Fault, chances: dict[Fault, float], *, take: int = 1) -> float:
    hits = (
        fault in draw(seed=shot, model="m", words=f"shot {shot}", take=take, chances=chances) for shot in range(SHOTS)
    )
    return sum(hits) / SHOTS


@pytest.mark.parametrize("shown", [0.05, 0.3, 0.6])
@pytest.mark.parametrize("fault", [Fault.PHOTOREAL, Fault.EXTRA_FINGERS, Fault.FLICKER])
def test_over_many_shots_a_fault_shows_as_often_as_its_chance(fault: Fault, shown: float) -> None:
    tolerance = 4 * math.sqrt(shown * (1 - shown) / SHOTS)
    assert rate(fault, {fault: shown}) == pytest.approx(shown, abs=tolerance)


@pytest.mark.parametrize(
    ("fault", "least", "most"),
    [(Fault.PHOTOREAL, 0.88, 1.0), (Fault.EXTRA_FINGERS, 0.3, 0.5), (Fault.FLICKER, 0.5, 0.7)],
)
def test_a_format_miss_repeats_on_the_same_model_and_an_anatomy_slip_seldom(
    fault: Fault, least: float, most: float
) -> None:
    missed = [n for n in range(SHOTS) if fault in draw(seed=0, model="m", words=f"{n}", take=1, chances={fault: 0.3})]
    again = [n for n in missed if fault in draw(seed=0, model="m", words=f"{n}", take=2, chances={fault: 0.3})]
    assert least <= len(again) / len(missed) <= most


def test_another_model_draws_for_itself() -> None:
    chances = {Fault.PHOTOREAL: 0.3}
    missed = [n for n in range(SHOTS) if draw(seed=0, model="a", words=f"{n}", take=1, chances=chances)]
    elsewhere = [n for n in missed if draw(seed=0, model="b", words=f"{n}", take=1, chances=chances)]
    assert len(elsewhere) / len(missed) == pytest.approx(0.3, abs=0.06)


def test_the_same_order_draws_the_same_and_the_seed_changes_it() -> None:
    chances = dict.fromkeys(Fault, 0.5)
    first = draw(seed=1, model="m", words="w", take=1, chances=chances)
    assert draw(seed=1, model="m", words="w", take=1, chances=chances) == first
    assert draw(seed=2, model="m", words="w", take=1, chances=chances) != first
    assert draw(seed=1, model="m", words="w", take=2, chances=chances) != first


@pytest.mark.parametrize("temper", [FULL, TURBO, CLAUSE, POSITIVE])
def test_an_unprotected_shot_shows_about_what_is_stated(temper: Temper) -> None:
    main = (Fault.PHOTOREAL, Fault.STUDIO_LIGHT, Fault.COLOR_CAST)
    assert 0.35 <= 1 - math.prod(1 - p(fault, PAINTED, temper) for fault in main) <= 0.60
    assert 0.20 <= any_of(Layer.ANATOMY, PAINTED, temper) <= 0.30
    assert 0.12 <= any_of(Layer.QUALITY, PAINTED, temper) <= 0.19


@pytest.mark.parametrize("fault", [Fault.PHOTOREAL, Fault.EXTRA_FINGERS, Fault.FLICKER])
def test_the_field_of_a_full_model_bites_harder_than_that_of_a_distilled_one(fault: Fault) -> None:
    layer = tuple(Layer).index(BASE[fault][0])
    for temper in (FULL, TURBO):
        left = p(fault, PAINTED, temper, field=TERMS) / p(fault, PAINTED, temper)
        assert left == pytest.approx(1 - PULL[Heed.NATIVE, temper.distilled][Way.FIELD][layer])
    assert p(fault, PAINTED, FULL, field=TERMS) < p(fault, PAINTED, TURBO, field=TERMS) / 2


def test_a_clause_model_heeds_a_clause_for_format_and_hardly_for_anatomy() -> None:
    clause = f"{PAINTED} Avoid: {TERMS}."
    assert p(Fault.PHOTOREAL, clause, CLAUSE) < 0.25 * p(Fault.PHOTOREAL, PAINTED, CLAUSE)
    assert p(Fault.EXTRA_FINGERS, clause, CLAUSE) > 0.8 * p(Fault.EXTRA_FINGERS, PAINTED, CLAUSE)
    inverted = f"{PAINTED} Well-formed hands with five fingers."
    assert p(Fault.EXTRA_FINGERS, inverted, CLAUSE) < 0.5 * p(Fault.EXTRA_FINGERS, PAINTED, CLAUSE)


def test_a_clause_model_has_no_field() -> None:
    assert p(Fault.PHOTOREAL, PAINTED, CLAUSE, field=TERMS) == p(Fault.PHOTOREAL, PAINTED, CLAUSE)


def test_naming_the_thing_provokes_a_positive_only_model_and_its_counterpart_works() -> None:
    bare = p(Fault.WATERMARK, PAINTED, POSITIVE)
    assert p(Fault.WATERMARK, f"{PAINTED} No watermark.", POSITIVE) > bare + 0.1
    assert p(Fault.WATERMARK, f"{PAINTED} Clean unmarked frame.", POSITIVE) < 0.25 * bare


def test_a_documented_clause_pulls_like_a_field() -> None:
    seedance = Temper(heed=Heed.CLAUSE, distilled=True, documented=frozenset({Fault.WATERMARK}))
    clause = f"{PAINTED} No watermark."
    assert p(Fault.WATERMARK, clause, seedance) == pytest.approx(BASE[Fault.WATERMARK][1] * (1 - bite.DOCUMENTED_PULL))


@pytest.mark.parametrize("temper", [FULL, TURBO])
def test_each_term_pulls_less_in_a_long_list(temper: Temper) -> None:
    lengths = [p(Fault.PHOTOREAL, PAINTED, temper, field=TERMS + ", x" * more) for more in (0, 1, 10, 30, 100)]
    assert lengths[0] == lengths[1]
    assert lengths[1] < lengths[2] < lengths[3] <= lengths[4]
    full = 1 - p(Fault.PHOTOREAL, PAINTED, temper, field=TERMS) / p(Fault.PHOTOREAL, PAINTED, temper)
    least = 1 - lengths[4] / p(Fault.PHOTOREAL, PAINTED, temper)
    assert least >= full * bite.MOST_DILUTION - 1e-9


def test_what_the_shot_asks_for_comes_although_it_is_forbidden() -> None:
    assert p(Fault.LENS_FLARE, "A lens flare over the fox.", FULL, field="lens flare") == bite.ASKED


def test_faults_that_the_shot_cannot_have_do_not_happen() -> None:
    assert p(Fault.PHOTOREAL, "Live-action 35mm film, low-key.", FULL) == 0
    assert p(Fault.COPIED_COMPOSITION, PAINTED, FULL) == 0
    assert chance(Fault.STUDIO_LIGHT, temper=FULL, wish=read("Noon."), key=Key.HIGH, reference=False) == 0


def test_a_reference_is_copied_seldomer_when_the_text_says_what_to_leave() -> None:
    guided = f"{PAINTED} Use only the palette of Image 1; ignore its background."
    assert p(Fault.COPIED_COMPOSITION, PAINTED, FULL, reference=True) == pytest.approx(0.35)
    assert p(Fault.COPIED_COMPOSITION, guided, FULL, reference=True) == pytest.approx(0.10)


def test_every_fault_has_a_base_rate_and_every_layer_its_share_of_luck() -> None:
    assert set(BASE) == set(Fault)
    assert set(STUCK) == set(Layer)
