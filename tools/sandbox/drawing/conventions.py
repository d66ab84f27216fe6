"""How this sandbox always draws a figure, a hand and lettering: what the renderer keeps and the sandbox judge knows.

Lengths of a figure are in head radii (``R``) from the middle of the face; lengths of a hand in palm radii from the
middle of the palm. Angles are degrees from the direction the hand points in, positive towards the little finger.
Nothing here says what is in one clip: only what a drawn hand, face, caption or flare looks like wherever there is one.
"""

from dataclasses import dataclass

# A figure wears a red-violet scarf and wrist cord. The colour is kept out of everything else that is drawn on purpose,
# so a scarf leads the eye to a face above it and a cord to a hand beyond it.
MARKER_BY_KEY = {"low": (186, 24, 138), "mid": (214, 36, 160), "high": (226, 58, 176)}

SCARF_HALF_WIDTH = 0.98
SCARF_TOP = 0.98
SCARF_BOTTOM = 1.58
FACE_HALF_WIDTH = 0.74
CHEEK_LINE = 0.30  # below the eyes, above the mouth: nothing but skin between the two curtains of hair
MERGED_OFFSET = 0.52  # each of two merged faces sits this far to one side

PALM_RADIUS = 0.44
CORD_HALF_WIDTH = 0.80  # in palm radii, across the wrist
CORD_DISTANCE = 1.12  # in palm radii, from the middle of the palm back to the cord
FINGER_STEP = 21.0
THUMB_ANGLE = -74.0
FIRST_FINGER_ANGLE = -31.0
FINGER_HALF_WIDTH = 0.165
COUNTING_RADII = (1.42, 1.50, 1.58)  # where a cut across the hand meets every finger and the thumb, apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Finger:
    """One finger: where it points and how far its tip is from the middle of the palm."""

    angle: float
    reach: float


def fingers(count: int) -> tuple[Finger, ...]:
    """The thumb and ``count - 1`` fingers beside it, each the same step from the last."""
    reaches = (2.05, 2.25, 2.15, 1.85, 1.72)
    thumb = Finger(angle=THUMB_ANGLE, reach=1.78)
    return (
        thumb,
        *(Finger(angle=FIRST_FINGER_ANGLE + FINGER_STEP * i, reach=reaches[i]) for i in range(count - 1)),
    )


# Lettering that comes with a fault. Pillow's own font, white with a dark edge; sizes and places in picture heights.
CAPTIONS = (
    "I told you not to come back.",
    "She was never on that train.",
    "Tomorrow, everything changes.",
    "Don't look behind you.",
)
LETTERING_LINES = 960  # the height of picture that lettering is set for, before it is scaled to the clip's
CAPTION_SIZE = 0.062
CAPTION_BASELINE = 0.93
WATERMARKS = ("SAMPLE CLIP", "MadeWithDemo", "PREVIEW 0.9")
WATERMARK_SIZE = 0.050
WATERMARK_MARGIN = 0.035
WATERMARK_OPACITY = 0.62

# A flare is a lamp-blue streak across the whole width, a burst on it and ghosts in a line through the picture's middle.
STREAK_HALF_HEIGHT = 0.008
STREAK_COLOUR = (176, 216, 255)
