"""Spans of time, in words."""

_MINUTE_S, _HOUR_S = 60, 3600


def lasting(seconds: float) -> str:
    """``40 s``, ``14 min``, ``2 h 5 min``; nothing is told finer than a person plans by."""
    if seconds < 1.5 * _MINUTE_S:
        return f"{max(1, round(seconds))} s"
    if seconds < 1.5 * _HOUR_S:
        return f"{round(seconds / _MINUTE_S)} min"
    hours, rest = divmod(round(seconds / _MINUTE_S), _MINUTE_S)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
