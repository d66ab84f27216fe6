"""What the Gemini Developer API makes: Gemini Omni Flash, and Veo as long as it still answers. Private to its adapter.

Facts, sources and dates: `docs/wire/gemini.md`.
"""

from collections.abc import Mapping
from dataclasses import replace

from agent.profiles import Cancel, Material, Offer, Profile, Source, Status, StillLimits
from prompts.blocks import Layer
from prompts.dialect import Channel, Dialect, Unit

OMNI = "Gemini Omni"
VEO = "Veo"

_READ = "2026-11-20"
_RATIOS = ("16:9", "9:16")
_BELIEFS = Source(
    fact="slots, usual_wait_s, longest_wait_s, priors", where="stated starting belief", evidence="U", read=_READ
)
_OMNI_SOURCES = (
    Source(fact="wire, ratios, resolution, cancel, calls_back", where="google-genai 3.4.0", evidence="S", read=_READ),
    Source(fact="dialect, offers by material", where="Gemini API, Omni, page of 2026-08-30", evidence="D", read=_READ),
    Source(fact="durations, max_references", where="gateways' model pages", evidence="T", read=_READ),
    Source(
        fact="stills", where="20 MB for a request with inline media, shared by all images", evidence="U", read=_READ
    ),
    Source(fact="distilled", where="only the name says so", evidence="U", read=_READ),
    _BELIEFS,
)
_VEO_SOURCES = (
    Source(fact="wire, negative field, offers", where="google-genai 2.34.0, captured", evidence="S", read=_READ),
    Source(fact="status", where="Gemini API, deprecations: shutdown from 2026-10-22 on", evidence="D", read=_READ),
    Source(fact="durations, price", where="price and limit maps of gateways", evidence="T", read=_READ),
    _BELIEFS,
)
# Eight images of this size, as base64, are a request of less than 20 MB.
_STILLS = StillLimits(most_bytes=1_800_000)


def _omni_offers(*, longest: int, price_micro_usd: int) -> Mapping[Material, Offer]:
    plain = Offer(
        durations=tuple(range(3, longest + 1)),
        ratios=_RATIOS,
        resolution="720p",
        price_micro_usd_per_second=price_micro_usd,
    )
    alike = dict.fromkeys((Material.WORDS, Material.LOOKS, Material.FIRST, Material.FIRST_LOOKS), plain)
    return {**alike, Material.ENDS: replace(plain, durations=tuple(range(3, 11)))}  # on 1.2 too


def _omni(
    name: str,
    *,
    longest: int,
    limit: int,
    max_references: int,
    price: Source,
    price_micro_usd: int,
    priors: tuple[float, float, float],
) -> Profile:
    return Profile(
        name=name,
        vendor="gemini",
        family=OMNI,
        upstream_id=name,
        distilled=True,
        dialect=Dialect(
            channel=Channel.CLAUSE,
            clause="No $terms.",
            each=True,
            limit=limit,
            unit=Unit.TOKENS,
            names_reference="the $ordinal image",
            max_references=max_references,
            # Marks of roles (<FIRST_FRAME>, [# Sources ...]) and of times ([0-3s], which is a cut).
            drops=("<", ">", "[", "]"),
        ),
        offers=_omni_offers(longest=longest, price_micro_usd=price_micro_usd),
        stills=_STILLS,
        sources=(*_OMNI_SOURCES, price),
        cancel=Cancel.ALWAYS,
        calls_back=True,
        usual_wait_s=75.0,
        longest_wait_s=1800.0,  # twice the longest wait that a gateway's page names
        priors=dict(zip(Layer, priors, strict=True)),
    )


_VEO_OFFER = Offer(durations=(4, 6, 8), ratios=_RATIOS, resolution="720p", price_micro_usd_per_second=400_000)
_VEO_OFFERS: Mapping[Material, Offer] = {
    Material.WORDS: _VEO_OFFER,
    Material.FIRST: _VEO_OFFER,
    Material.ENDS: replace(_VEO_OFFER, durations=(8,)),
    Material.LOOKS: replace(_VEO_OFFER, durations=(8,)),
}

# Priors per layer (format, anatomy, quality) are starting beliefs by class: "No ..." is the vendor's own form for what
# a picture can leave out, and says little about anatomy; Veo's are those of the full model on Vertex.
PROFILES = (
    _omni(
        "gemini-omni-1.2-flash",
        longest=15,
        limit=131_072,
        max_references=7,
        # None is published. Two gateways' pages point to 0.07; the dearer one keeps every ceiling.
        price=Source(fact="price", where="the one of 1.1, for want of its own", evidence="U", read=_READ),
        price_micro_usd=100_000,
        priors=(0.50, 0.25, 0.25),
    ),
    _omni(
        "gemini-omni-1.1-flash",
        longest=10,
        limit=1_048_576,
        max_references=3,
        price=Source(fact="price", where="17.5 USD per million tokens, 5792 a second", evidence="T", read=_READ),
        price_micro_usd=100_000,
        priors=(0.45, 0.20, 0.20),
    ),
    Profile(
        name="veo-3.1-preview",
        vendor="gemini",
        family=VEO,
        upstream_id="veo-3.1-generate-preview",
        distilled=False,
        dialect=Dialect(channel=Channel.FIELD, limit=1024, unit=Unit.TOKENS, max_references=3),
        offers=_VEO_OFFERS,
        stills=_STILLS,
        sources=_VEO_SOURCES,
        status=Status.RETIRED,
        usual_wait_s=90.0,
        longest_wait_s=1800.0,
        priors=dict(zip(Layer, (0.80, 0.85, 0.85), strict=True)),
    ),
)


def unretired(profiles: tuple[Profile, ...]) -> tuple[Profile, ...]:
    """The profiles for an account that wants its retired ones tried as long as they answer."""
    return tuple(
        replace(profile, status=Status.RETIRING) if profile.status is Status.RETIRED else profile
        for profile in profiles
    )
