"""Every difference between what a vendor's own client sends and what our adapter sends, with its reason.

The same lines stand in docs/wire/, under the heading `HEADING`; `rows` is how they are written there.
"""

from collections.abc import Mapping

from tests.clients.comparing import ABSENT, SOMETHING, Difference

HEADING = "## Against the vendor's own client"

_WHOLE = Difference(
    fields=("header.accept-encoding",),
    client=SOMETHING,
    ours='"identity"',
    why="answers and clips are measured by the bytes that arrive, so none may be packed",
)
_NAME = Difference(
    fields=("header.user-agent",), client=SOMETHING, ours=SOMETHING, why="each names the library that sends"
)
_JSON = Difference(
    fields=("header.accept",),
    client='"application/json"',
    ours='"*/*"',
    why="what comes is read as JSON whatever it calls itself, and refused when it is none",
)
_EMPTY = Difference(
    fields=("header.content-type",),
    client='"application/json"',
    ours=ABSENT,
    why="the client names a type for the body of a DELETE; ours goes without a body and names none",
)

_LIBRARY = Difference(
    fields=("header.x-goog-api-client",),
    client=SOMETHING,
    ours=ABSENT,
    why="counts the use of Google's libraries; ours is none",
)

GOOGLE = (_WHOLE, _NAME, _LIBRARY)
RUNWAY = (
    _WHOLE,
    _NAME,
    _JSON,
    _EMPTY,
    Difference(
        fields=(
            *("header.x-stainless-arch", "header.x-stainless-async", "header.x-stainless-lang"),
            *("header.x-stainless-os", "header.x-stainless-package-version", "header.x-stainless-read-timeout"),
            *("header.x-stainless-retry-count", "header.x-stainless-runtime", "header.x-stainless-runtime-version"),
        ),
        client=SOMETHING,
        ours=ABSENT,
        why="tell of the machine and of the client's own repeats; ours tells nothing and sends nothing twice",
    ),
)
SEEDANCE = (
    _WHOLE,
    _NAME,
    _JSON,
    _EMPTY,
    Difference(fields=("body",), client="{}", ours=ABSENT, why="the client puts an empty object into a DELETE"),
    Difference(
        fields=(
            *("body.callback_url", "body.camera_fixed", "body.draft", "body.frames", "body.omni_reference_task_type"),
            *("body.output_format", "body.priority", "body.return_last_frame", "body.service_tier", "body.tools"),
        ),
        client="null",
        ours=ABSENT,
        why="the client writes null for what its user leaves open; both mean the vendor's default",
    ),
    Difference(
        fields=("header.x-client-request-id",),
        client=SOMETHING,
        ours=ABSENT,
        why="a random number for the vendor's support; nothing can be looked up or refused by it",
    ),
)

FAL = (
    _WHOLE,
    _NAME,
    Difference(
        fields=("header.x-fal-request-timeout",),
        client='"1800.0"',
        ours='"1800"',
        why="the same half hour; the client writes every number of seconds with a fraction",
    ),
    Difference(
        fields=("request",),
        client='"GET /fal/(job)/status"',
        ours=ABSENT,
        why="the client's `get` asks once more where the request stands before it asks for the result",
    ),
)
GEMINI = (
    _WHOLE,
    _NAME,
    _JSON,
    _LIBRARY,
    Difference(
        fields=("header.content-type",),
        client='"application/json"',
        ours=ABSENT,
        why="the client names a type also where it sends no body",
    ),
    Difference(
        fields=("header.api-revision",),
        client=ABSENT,
        ours='"2026-05-20"',
        why="pins the shape of the answers that is read; the client has the same date in its code and does not send it",
    ),
    Difference(
        fields=("query.stream",),
        client="false",
        ours=ABSENT,
        why="the client spells out at a poll that it wants no stream, which is the vendor's default",
    ),
    Difference(
        fields=("path",),
        client='"/gemini/v1/files/(job):download"',
        ours='"/gemini/v1beta/files/(job):download"',
        why="the client builds the address itself; ours takes the link of the answer as it stands",
    ),
    Difference(
        fields=("request",),
        client=ABSENT,
        ours='"GET /gemini/v1beta/files/(job)"',
        why="ours asks whether the file is ready, as the vendor's page says; the client leaves that to its user",
    ),
    Difference(
        fields=("path",),
        client='"/gemini/v1/models"',
        ours='"/gemini/v1beta/models"',
        why="the same list; the vendor's pages give it under the older version, the client says v1 everywhere",
    ),
    Difference(
        fields=("query.pageSize",),
        client=ABSENT,
        ours="1000",
        why="ours asks for all models at once, the client for page after page",
    ),
)

DIFFERENCES: Mapping[str, tuple[Difference, ...]] = {
    "fal": FAL,
    "gemini": GEMINI,
    "google": GOOGLE,
    "runway": RUNWAY,
    "seedance": SEEDANCE,
}
"""By vendor."""


def rows(vendor: str) -> tuple[str, ...]:
    """The vendor's lines of the table in its document."""
    return tuple(_row(difference) for difference in DIFFERENCES[vendor])


def _row(one: Difference) -> str:
    names = " ".join(f"`{name}`" for name in one.fields)
    return f"| {names} | {_shown(one.client)} | {_shown(one.ours)} | {one.why} |"


def _shown(value: str) -> str:
    return value if value in (ABSENT, SOMETHING) else f"`{value}`"
