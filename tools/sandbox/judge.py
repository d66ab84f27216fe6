"""A stand-in vision judge on the OpenAI-compatible wire; its answers are rehearsal and labelled as the sandbox's.

It looks at the pixels of the JPEGs it is sent and at nothing else. It knows this house's drawing conventions, so it is
worth nothing on other footage, and it errs at the rates below, drawn from the pictures, the term and its seed. Words in
a request choose the terms; words in a picture choose nothing.

Wire: Chat Completions and Models of the OpenAI API reference, read 2026-11 [S: client 3.52.0].
"""

import base64
import binascii
import hashlib
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tools.sandbox.sights import opinion
from tools.sandbox.sights import view as viewing
from tools.sandbox.sights.opinion import Glance, Opinion, Verdict
from tools.sandbox.sights.view import View

MODEL = "sandbox-judge"
MISS = 0.06  # a fault that is there and is not seen; a choice for rehearsals, not a measurement of any judge
FALSE_ALARM = 0.03  # a fault that is seen and is not there
ABSTAIN = 0.03  # "cannot_tell" about a picture that could have been judged

REMEMBERED = 16
"""Pictures kept in mind: those of one take, which every vote on every layer is shown again. About 100 MB."""

_LABEL = re.compile(r"^\s*frame\s+(\d+)\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_DATA_URI = re.compile(r"^data:image/(?:jpeg|png);base64,(?P<body>.+)$", re.DOTALL)
_TOKENS_PER_PICTURE = 1105  # a 720-line frame at high detail [D]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _ImageUrl(_Strict):
    url: str


class _Part(_Strict):
    type: str
    text: str = ""
    image_url: _ImageUrl | None = None


class _Message(_Strict):
    role: str
    content: str | tuple[_Part, ...]


class _Asked(_Strict):
    """The body of a completion, as far as this judge reads it."""

    model: str
    messages: tuple[_Message, ...]
    response_format: dict[str, JsonValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """How often one judge errs, and by which draw."""

    seed: int
    miss: float
    false_alarm: float
    abstain: float


class _Refused(Exception):
    """The request cannot be answered; the wire's error body says why."""

    def __init__(self, message: str, *, status: int = 400, code: str = "invalid_request_error") -> None:
        super().__init__(message)
        self.message, self.status, self.code = message, status, code


def build(
    *, seed: int = 0, miss: float = MISS, false_alarm: float = FALSE_ALARM, abstain: float = ABSTAIN
) -> Starlette:
    """The judge as an ASGI application: ``POST /v1/chat/completions`` and ``GET /v1/models``."""
    nature = Nature(seed=seed, miss=miss, false_alarm=false_alarm, abstain=abstain)

    async def complete(request: Request) -> JSONResponse:
        try:
            _admit(request)
            return JSONResponse(_completion(_asked(await request.body()), nature))
        except _Refused as refusal:
            return _error(refusal)

    async def models(request: Request) -> JSONResponse:
        try:
            _admit(request)
        except _Refused as refusal:
            return _error(refusal)
        listed = {"id": MODEL, "object": "model", "created": 0, "owned_by": "sandbox"}
        return JSONResponse({"object": "list", "data": [listed]})

    routes = [Route("/v1/chat/completions", complete, methods=["POST"]), Route("/v1/models", models, methods=["GET"])]
    return Starlette(routes=routes)


def _admit(request: Request) -> None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or not key.strip():
        raise _Refused("You didn't provide an API key in an Authorization header.", status=401, code="invalid_api_key")


def _asked(body: bytes) -> _Asked:
    try:
        asked = _Asked.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise _Refused(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if asked.model != MODEL:
        raise _Refused(f"The model `{asked.model}` does not exist.", status=404, code="model_not_found")
    return asked


def _completion(asked: _Asked, nature: Nature) -> dict[str, object]:
    terms = _terms(asked.response_format)
    pictures = _pictures(asked.messages)
    glances = [glance for _, glance in pictures]
    digest = hashlib.sha256(b"".join(hashlib.sha256(encoded).digest() for encoded, _ in pictures)).hexdigest()
    results = [
        _result(_erring(opinion.about(term, glances), term, glances[0].view, digest, nature), term) for term in terms
    ]
    content = json.dumps({"results": results})
    prompt, answer = _TOKENS_PER_PICTURE * len(glances) + 60 * len(terms), len(content) // 4
    return {
        "id": f"chatcmpl-sandbox-{digest[:24]}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, "refusal": None},
                "finish_reason": "stop",
                "logprobs": None,
            }
        ],
        "usage": {"prompt_tokens": prompt, "completion_tokens": answer, "total_tokens": prompt + answer},
    }


def _terms(response_format: dict[str, JsonValue]) -> tuple[str, ...]:
    """The terms asked about: the enum of ``results[].term`` in the schema, and nowhere else."""
    node: JsonValue = response_format
    for step in ("json_schema", "schema", "properties", "results", "items", "properties", "term", "enum"):
        node = node.get(step) if isinstance(node, dict) else None
    terms = tuple(term for term in node if isinstance(term, str)) if isinstance(node, list) else ()
    if not terms or not isinstance(node, list) or len(terms) < len(node):
        raise _Refused("response_format: the schema must list the asked terms as an enum of results[].term")
    return terms


def _pictures(messages: Sequence[_Message]) -> list[tuple[bytes, Glance]]:
    """Every picture with a label ``frame N`` before it; others (references) are not what is asked about."""
    found: list[tuple[bytes, Glance]] = []
    label = ""
    for part in (part for message in messages if not isinstance(message.content, str) for part in message.content):
        if part.type == "text":
            label = part.text
        elif part.type == "image_url" and part.image_url:
            encoded = _decoded(part.image_url.url)
            if named := _LABEL.match(label):
                found.append((encoded, _glance_at(encoded, named)))
            label = ""
        else:
            raise _Refused(f"messages: content type {part.type!r} is not supported")
    if not found:
        raise _Refused("messages: no picture is labelled as a frame")
    return found


def _decoded(url: str) -> bytes:
    if not (body := _DATA_URI.match(url)):
        raise _Refused("messages: pictures must be base64 data URIs; nothing is fetched", code="invalid_image_url")
    try:
        return base64.b64decode(body["body"], validate=True)
    except binascii.Error as error:
        raise _Refused("messages: a picture is not valid base64", code="invalid_base64") from error


def _glance_at(encoded: bytes, named: re.Match[str]) -> Glance:
    try:
        return _glance(encoded, frame=int(named[1]), whole="crop" not in named["rest"].lower())
    except ValueError as error:
        raise _Refused(f"messages: frame {named[1]}: {error}", code="image_parse_error") from error


@lru_cache(maxsize=REMEMBERED)
def _glance(encoded: bytes, *, frame: int, whole: bool) -> Glance:
    return Glance(viewing.view(encoded, frame=frame, whole=whole))


def _erring(seen: Opinion, term: str, first_view: View, digest: str, nature: Nature) -> Opinion:
    """What is said about what was seen: now and then something else, always the same for the same pictures."""
    first, second = _draws(f"{nature.seed}:{term}:{digest}")
    if seen.verdict is not Verdict.CANNOT_TELL and first < nature.abstain:
        return Opinion(verdict=Verdict.CANNOT_TELL, observation="not clear enough to say")
    if seen.verdict is Verdict.PRESENT and second < nature.miss:
        return Opinion(verdict=Verdict.ABSENT, observation="nothing of the kind in the frames")
    if seen.verdict is Verdict.ABSENT and second < nature.false_alarm:
        return Opinion(verdict=Verdict.PRESENT, observation=f"looks like {term}", frames=(first_view.frame,))
    return seen


def _draws(text: str) -> tuple[float, float]:
    """Two even draws from 0 to 1."""
    digest = hashlib.sha256(text.encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64, int.from_bytes(digest[8:16]) / 2**64


def _result(said: Opinion, term: str) -> dict[str, object]:
    return {
        "term": term,
        "observation": said.observation,
        "count": said.count,
        "verdict": said.verdict.value,
        "frames": list(said.frames),
        "cell": None,
    }


def _error(refusal: _Refused) -> JSONResponse:
    body = {"message": refusal.message, "type": "invalid_request_error", "param": None, "code": refusal.code}
    return JSONResponse({"error": body}, status_code=refusal.status)
