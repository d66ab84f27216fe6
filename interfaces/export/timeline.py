"""The selected takes as an OpenTimelineIO timeline, each at its own frame rate, with what is known of it."""

from typing import Any

import opentimelineio as otio  # type: ignore[import-untyped]  # it ships no types

from interfaces.export import selects
from interfaces.export.selects import Cut, Hole, Mark, Select

schema: Any = otio.schema
opentime: Any = otio.opentime
adapters: Any = otio.adapters


def text(cut: Cut) -> str:
    """The timeline as a ``.otio`` file; its media are named relative to it."""
    written: str = adapters.write_to_string(timeline(cut), "otio_json")
    return written


def timeline(cut: Cut) -> Any:
    """The same as an `opentimelineio.schema.Timeline` with one track."""
    found = schema.Timeline(name=cut.name, global_start_time=_time(0, cut.rate))
    found.metadata["countersteer"] = {"told": list(cut.told)}
    track = schema.Track(name="selects", kind=schema.TrackKind.Video)
    for part in cut.parts:
        track.append(_clip(part) if isinstance(part, Select) else _gap(part, cut.rate))
    found.tracks.append(track)
    return found


def _clip(select: Select) -> Any:
    whole = opentime.TimeRange(_time(0, select.rate), _time(select.frames, select.rate))
    media = schema.ExternalReference(target_url=select.file, available_range=whole)
    name = select.file.rpartition("/")[2].removesuffix(".mp4")
    clip = schema.Clip(name=name, media_reference=media, source_range=whole)
    clip.metadata["countersteer"] = _known(select)
    for mark in select.marks:
        clip.markers.append(_marker(mark, select.rate))
    return clip


def _known(select: Select) -> dict[str, Any]:
    """What can be told of a take without a look into the house."""
    take = select.take
    return {
        "shot": select.shot.number,
        "action": select.shot.sheet.action,
        "take": take.number,
        "model": take.model,
        "made_by": "a stand-in of the sandbox" if take.sandbox else "the vendor",
        "sandbox": take.sandbox,
        "prompt_digest": take.prompt_digest,
        "style_version": take.style_version,
        "negative_version": take.negative_version,
        "seed": str(take.seed) if take.seed is not None else None,
        "verdict": select.verdict.decision.value,
        "terms": dict(select.terms),
        "nobody_looked": list(select.verdict.nobody_looked),
        "sha256": take.sha256,
    }


def _marker(mark: Mark, rate: float) -> Any:
    spot = opentime.TimeRange(_time(mark.frame, rate), _time(1, rate))
    found = schema.Marker(name=f"{mark.what}: {mark.term}", marked_range=spot, color=selects.COLOURS[mark.what])
    found.metadata["countersteer"] = {"sentence": mark.sentence}
    return found


def _gap(hole: Hole, rate: float) -> Any:
    length = opentime.TimeRange(_time(0, rate), _time(round(hole.seconds * rate), rate))
    found = schema.Gap(name=f"shot {hole.shot.number}", source_range=length)
    found.metadata["countersteer"] = {"shot": hole.shot.number, "why": hole.why}
    return found


def _time(frames: int, rate: float) -> Any:
    return opentime.RationalTime(frames, rate)
