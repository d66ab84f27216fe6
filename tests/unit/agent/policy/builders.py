"""Values of the policies' world, each with all but the fact under test filled in."""

from collections.abc import Mapping, Sequence

from agent.film import Decision, Take, Verdict, Wishes
from agent.findings import Finding, Footage, Grade, Looked, Opinion, Reading, Sight
from agent.learning import Mistakes
from agent.ledger import Trial
from agent.policy.situation import Attempt, Situation
from agent.profiles import Material, Offer, Profile, Status
from agent.troubles import Trouble
from prompts.blocks import Layer, Term
from prompts.dialect import Channel, Dialect

FORMAT, ANATOMY, QUALITY = Layer.FORMAT, Layer.ANATOMY, Layer.QUALITY
ALL_PASS = {FORMAT: True, ANATOMY: True, QUALITY: True}
FORMAT_MISS = {FORMAT: False, ANATOMY: True, QUALITY: True}
ANATOMY_MISS = {FORMAT: True, ANATOMY: False, QUALITY: True}


def profile(
    name: str,
    *,
    vendor: str | None = None,
    family: str | None = None,
    dollars_per_second: float = 0.10,
    distilled: bool = False,
    durations: tuple[int, ...] = (5, 10),
    ratios: tuple[str, ...] = ("16:9",),
    status: Status = Status.ACTIVE,
    takes: Sequence[Material] = tuple(Material),
    max_references: int = 3,
    registered_only: bool = False,
    usual_wait_s: float = 90.0,
    longest_wait_s: float = 1800.0,
    priors: Mapping[Layer, float] | None = None,
) -> Profile:
    offer = Offer(
        durations=durations,
        ratios=ratios,
        resolution="720p",
        price_micro_usd_per_second=round(dollars_per_second * 1e6),
        registered_only=registered_only,
    )
    return Profile(
        name=name,
        vendor=vendor or name,
        family=family or name.title(),
        upstream_id=name,
        distilled=distilled,
        dialect=Dialect(channel=Channel.CLAUSE, max_references=max_references),
        offers=dict.fromkeys(takes, offer),
        sources=(),
        status=status,
        usual_wait_s=usual_wait_s,
        longest_wait_s=longest_wait_s,
        priors=priors or {},
    )


def situation(
    *attempts: Attempt,
    layers: frozenset[Layer] = frozenset(Layer),
    features: Mapping[Layer, str] | None = None,
    seconds: float = 5.0,
    ratio: str = "16:9",
    wishes: Wishes | None = None,
    excluded: tuple[str, ...] = (),
    first_frame: bool = False,
    last_frame: bool = False,
    references: int = 0,
    registered: frozenset[str] = frozenset(),
    closed: Mapping[str, Trouble] | None = None,
    left_micro_usd: int = 8_000_000,
    worth_micro_usd: int = 6_000_000,
    unsayable: Mapping[str, str] | None = None,
    shot_id: str = "shot-now",
    mistakes: Mapping[Layer, Mistakes] | None = None,
) -> Situation:
    return Situation(
        features=features or {FORMAT: "painterly", ANATOMY: "single"},
        layers=layers,
        seconds=seconds,
        ratio=ratio,
        wishes=wishes or Wishes(),
        excluded=excluded,
        first_frame=first_frame,
        last_frame=last_frame,
        references=references,
        registered=registered,
        attempts=attempts,
        closed=closed or {},
        left_micro_usd=left_micro_usd,
        worth_micro_usd=worth_micro_usd,
        unsayable=unsayable or {},
        shot_id=shot_id,
        mistakes=mistakes or {},
    )


def attempt(model: str, layers: Mapping[Layer, bool] | None = None, *, trouble: Trouble | None = None) -> Attempt:
    return Attempt(model=model, layers=layers or {}, trouble=trouble)


def trial(
    model: str, layers: Mapping[Layer, bool], *, shot: str = "shot-1", nth: int = 1, style: str = "painterly"
) -> Trial:
    return Trial(shot_id=shot, model=model, nth_here=nth, layers=layers, features={FORMAT: style, ANATOMY: "single"})


def term(text: str = "lens flare", layer: Layer = FORMAT) -> Term:
    return Term(text=text, layer=layer)


def reading(*terms: str, sight: Sight, grade: Grade = Grade.A, check: str = "sharpness") -> Reading:
    return Reading(check=check, terms=terms, grade=grade, sight=sight, reason="measured 3, threshold 2")


def opinion(text: str, *sights: Sight) -> Opinion:
    return Opinion(term=text, judge="a judge", sights=sights, reason="a bright streak")


def looked(*readings: Reading, opinions: tuple[Opinion, ...] = (), complaint: str = "") -> Looked:
    footage = Footage(frames=120, seconds=5.0, width=1280, height=720, fps=24.0, complaint=complaint)
    return Looked(footage=footage, readings=readings, opinions=opinions)


def finding(text: str, sight: Sight, *, layer: Layer = FORMAT) -> Finding:
    return Finding(term=text, layer=layer.value, sight=sight, method="measured", reason="measured")


def verdict(take_id: str, *findings: Finding, decision: Decision = Decision.MISS) -> Verdict:
    return Verdict(
        take_id=take_id, decision=decision, findings=findings, footage=looked().footage, reason="told by its findings"
    )


def take(number: int = 1, *, model: str = "plain") -> Take:
    return Take(
        id=f"take-{number}",
        project_id="film",
        shot_id="shot-now",
        job_id=f"job-{number}",
        number=number,
        model=model,
        prompt_digest="digest",
        style_version=1,
        negative_version=1,
        clip=f"clip-{number}.mp4",
        sha256="0" * 64,
        bytes=1000,
        sandbox=True,
        created_us=number,
        cost_micro_usd=500_000,
        revision=1,
    )
