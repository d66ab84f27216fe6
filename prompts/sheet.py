"""The sheet: one shot's structured prompt, before blocks and before any vendor."""

from dataclasses import dataclass, field

from prompts.errors import BadSheetError

LONGEST_SECONDS = 600.0

PARTS = (
    "camera",
    "lens",
    "lighting",
    "palette",
    "composition",
    "atmosphere",
    "mood",
    "attribution",
    "negative",
)
"""The nine parts of a sheet, in the order they are read out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """The camera: how close, from where, and how it moves. Empty where the request says nothing."""

    shot_size: str = ""
    angle: str = ""
    movement: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.shot_size, self.angle, self.movement) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one shot should show.

    Attributes:
        action: Subject and action; the one part that is never shortened.
        attribution: Film attribution, e.g. ``"in the manner of Roy Andersson"``.
        negative: Negative prompt of this shot alone, bare terms; the project's block comes on top.
        on_screen_text: Lettering that must be readable in the picture.
        dialogue: Words spoken in the shot.
        seconds: Wished length; ``None`` where the project's default applies.
        aspect_ratio: ``"16:9"`` and the like; ``None`` where the project's default applies.

    Raises:
        BadSheetError: No action, or a length outside ``(0, 600]`` seconds.
    """

    action: str
    camera: Camera = field(default_factory=Camera)
    lens: str = ""
    lighting: str = ""
    palette: str = ""
    composition: str = ""
    atmosphere: str = ""
    mood: str = ""
    attribution: str = ""
    negative: tuple[str, ...] = ()
    on_screen_text: str = ""
    dialogue: str = ""
    seconds: float | None = None
    aspect_ratio: str | None = None

    def __post_init__(self) -> None:
        if not self.action.strip():
            raise BadSheetError("the shot has no subject or action; say what happens in it")
        if self.seconds is not None and not 0 < self.seconds <= LONGEST_SECONDS:
            raise BadSheetError(f"{self.seconds:g} s is no length for a shot; say between 1 and {LONGEST_SECONDS:g} s")
        if self.seconds is not None:  # 5 and 5.0 are one length, and must give one digest
            object.__setattr__(self, "seconds", float(self.seconds))
