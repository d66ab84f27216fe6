"""What a take costs the film: its price, and what waiting for it is worth."""

from agent.profiles import Profile

WAIT_MICRO_USD_PER_SECOND = 500
"""A director's wait at about two dollars an hour: enough to decide between equals, too little to buy a worse clip."""


def effort(profile: Profile, *, price_micro_usd: int) -> int:
    """Price of one take plus its usual wait, micro USD: what routing holds a chance against."""
    return price_micro_usd + round(profile.usual_wait_s * WAIT_MICRO_USD_PER_SECOND)
