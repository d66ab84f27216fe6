"""Text from bytes: by its mark, as UTF-8, else by what it can be; a guess is told."""

import codecs
import re

from interfaces.shotlists.opening import UnreadableListError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KANA = re.compile("[\u3041-\u30ff]")
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
MOST_ODD = 0.01  # of the characters; text from any office program has none
SAMPLED_BYTES = 4_000


def text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and a sentence where its encoding was guessed.

    Raises:
        UnreadableListError: It is no text in any encoding that lists come in.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding), ()
    wide = _without_mark(data)
    if wide:
        return _strict(data, wide), (f"it was read as {wide}, which it does not say it is",)
    try:
        return _whole(data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        return _legacy(data, line=data.count(b"\n", 0, error.start) + 1)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _whole(data.decode(encoding))
    except UnicodeDecodeError as error:
        line = data.decode(encoding, "ignore").count("\n", 0, error.start) + 1
        raise UnreadableListError(
            f"it says that it is {encoding}, but near line {line} it is not; save it anew as UTF-8"
        ) from error


def _without_mark(data: bytes) -> str:
    """UTF-16 that does not say so: every second byte of Latin text is zero."""
    sample = data[:SAMPLED_BYTES]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    half = max(1, len(sample) // 2)
    return "utf-16-le" if low > half * 0.4 else "utf-16-be" if high > half * 0.4 else ""


def _legacy(data: bytes, *, line: int) -> tuple[str, tuple[str, ...]]:
    """Shift JIS where that gives Japanese, else Western European, which every byte fits; so it is told."""
    try:
        japanese = data.decode("cp932")
        if _KANA.search(japanese):
            return _whole(japanese), ("it is not UTF-8; it was read as Shift JIS",)
    except UnicodeDecodeError:
        pass
    try:
        western, name = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        western, name = data.decode("latin-1"), "Latin-1"
    return _whole(western), (f"it is not UTF-8 (line {line}); it was read as {name}, so look at the accents",)


def _whole(found: str) -> str:
    odd = len(_ODD.findall(found))
    if odd > MOST_ODD * len(found):
        raise UnreadableListError("it is no text; save the list as CSV in UTF-8")
    return found
