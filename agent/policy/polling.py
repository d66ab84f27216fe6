"""When to look at a job next, and when it counts as overdue."""

from agent.profiles import Profile

EARLIEST_SHARE = 0.6
"""The first look, as a share of the usual wait: about where the quickest tenth of jobs is done. A starting point; no
vendor publishes the spread of its waits."""

GROWTH = 0.05  # each later look waits a twentieth of the time gone by: 10 looks a clip, noticed 3.4 % late
SHORTEST_S = 5.0  # Runway's official client asks for at least 5 s between polls of a task [S], read 2026-11-20
LONGEST_S = 30.0  # a finished clip lies at the vendor no longer than this before it is noticed

_US = 1_000_000


def first_us(profile: Profile, *, sent_us: int, pace: float = 1.0) -> int:
    """When to look for the first time. ``pace`` below 1 is for a stand-in that renders faster than the vendor."""
    wait_s = max(profile.usual_wait_s * EARLIEST_SHARE, SHORTEST_S)
    return sent_us + round(wait_s * pace * _US)


def next_us(profile: Profile, *, sent_us: int, now_us: int, pace: float = 1.0) -> int:
    """When to look again: soon while the job is young, rarely when it is old, never before the first look is due."""
    gone_us = max(now_us - sent_us, 0)
    step_us = min(max(gone_us * GROWTH, SHORTEST_S * pace * _US), LONGEST_S * pace * _US)
    return max(now_us + round(step_us), first_us(profile, sent_us=sent_us, pace=pace))


def overdue(profile: Profile, *, sent_us: int, now_us: int, pace: float = 1.0) -> bool:
    """Whether the job has taken longer than this model ever should; it is reported, and still looked at."""
    return now_us - sent_us > profile.longest_wait_s * pace * _US
