"""Samples of everything that comes in, to be damaged, and words that parsers trip over."""

import io
import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # openpyxl ships no types
import yaml
from PIL import Image
from pydantic import BaseModel

from tests.support import images as pictures
from tests.support.house import two_grey_frames
from tools.language import wire
from tools.video import registry
from tools.video.vendor import Received, ReceivedCamel

WORDS = tuple(
    word.encode("utf-8", "surrogatepass")
    for word in (
        *("\0", "\r\n", "\n\n", "\t", "\x1b[2J", "\u202e", "\u200b", "\ud800", "\uffff", "é" * 50, "👩‍👩‍👧‍👦", "１２"),
        *("../", "..\\", "/etc/passwd", "C:\\", "file://", "https://[", "http://127.0.0.1/", "%2e%2e%2f", "CON", "~"),
        *("{{", "}}", "${x}", "%s", "{0}", "<script>", "<!channel>", "&lt;", "' OR 1=1 --", '"', "`id`", "$(id)"),
        *("=cmd|' /C calc'!A0", "@SUM(", "&a *a", "!!python/object/apply:os.system", "<<: *a", "- - -"),
        *("NaN", "1e999", "-1", "9" * 400, "0x", "null", "true", "[" * 300, "{" * 300, '{"a":' * 200, ",,,,", ";;;"),
        *("IHDR", "iCCP", "Exif\0\0", "moov", "trak", "RIFF", "WEBPVP8X", "<svg onload=", "#EXTM3U", "ffconcat"),
    )
)
LINK = "https://cdn.example/a.mp4?sig=1"
VALUES: tuple[Any, ...] = ("", "x", LINK, "succeed", "SUCCESS", "failed", 0, 1, -1, 10**20, 1.5)


def images() -> tuple[bytes, ...]:
    """Of each kind that is taken, and of some that are not."""
    small = pictures.halves()
    profile = pictures.file(small, icc_profile=pictures.srgb())
    turned = pictures.file(small, "JPEG", exif=pictures.turned(6))
    grey = pictures.file(Image.new("I;16", (8, 8)))
    return (
        *(pictures.file(small, kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")),
        *(profile, turned, grey, pictures.png((9_000, 9_000)), pictures.file(pictures.picture(mode="RGBA"))),
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1/'/></svg>",
    )


def clips() -> tuple[bytes, ...]:
    """A clip of two frames, and what is called one."""
    return (
        two_grey_frames(),
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"#EXTM3U\nhttp://127.0.0.1/a.ts\n",
        b"<html>",
    )


def names() -> tuple[bytes, ...]:
    """Of files, projects, labels."""
    plain = ("project_1/take_2.mp4", "clip.mp4", "a b.png", "手描き.png")
    return tuple(name.encode() for name in (*plain, "../../etc/passwd", ".", "..", "NUL.txt"))


def answers() -> tuple[bytes, ...]:
    """Of every form that a vendor's answer is read in."""
    chance = random.Random(7)
    return tuple(json.dumps(one).encode() for cls in _forms() for one in _values(cls, chance))


def scripts() -> tuple[bytes, ...]:
    """A script of a film."""
    turns = [{"user": "new shot: a tram, wide, 5 s", "expect": {"shots": 1}}, {"user": "yes"}]
    whole = {"version": 1, "name": "a", "project": "film", "style": "Ink", "negative": ["text"], "turns": turns}
    return (yaml.safe_dump(whole).encode(), b"version: 1\nname: b\nproject: c\nturns:\n  - user: hello\n")


def lists() -> tuple[bytes, ...]:
    """A shot list in each kind of text."""
    return (
        b"Shot,Size,Action,Seconds\n1,wide,Vi walks through the rain,5\n2,close,Jinx laughs,4\n",
        b"Shot;Action;Notes\n1;Vi walks;use ref 2 for palette\n",
        b"| Shot | Action |\n| --- | --- |\n| 1 | a tram |\n",
        b"INT. BAR - NIGHT\n\nAn old man drinks.\n\nMAN\nLeave it.\n",
        b'{"boards": [{"number": "1", "action": "a tram", "duration": 2000}]}',
        _workbook(),
    )


def plans() -> tuple[bytes, ...]:
    """A language model's answer of each kind of intent."""
    chance = random.Random(7)
    return tuple(
        json.dumps({"intents": [{**one, "kind": wire.kind_of(cls)}]}).encode()
        for cls in wire.INTENTS
        for one in _values(wire.form(cls), chance)
    )


def _workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (("Shot", "Action"), (1, "a tram"), (2, "=1+1")):
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def _forms() -> Iterator[type[BaseModel]]:
    registry.vendors()  # reads every vendor's file
    for cls in (Received, ReceivedCamel):
        yield from _below(cls)


def _below(cls: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


def _values(cls: type[BaseModel], chance: random.Random) -> Iterator[Any]:
    schema = cls.model_json_schema()
    for _ in range(3):
        yield _value(schema, schema.get("$defs", {}), chance, depth=0)


def _value(schema: Mapping[str, Any], known: Mapping[str, Any], chance: random.Random, *, depth: int) -> Any:
    """Something of that form, or nearly."""
    if "$ref" in schema:
        return _value(known[schema["$ref"].rpartition("/")[2]], known, chance, depth=depth + 1)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _value(chance.choice(schema[several]), known, chance, depth=depth + 1)
    if "enum" in schema:
        return chance.choice(schema["enum"])
    match schema.get("type"):
        case "object" if depth < 12:
            fields = schema.get("properties", {})
            return {name: _value(each, known, chance, depth=depth + 1) for name, each in fields.items()}
        case "array" if depth < 12:
            return [_value(schema.get("items", {}), known, chance, depth=depth + 1)]
        case "null":
            return None
        case _:
            return chance.choice(VALUES)
