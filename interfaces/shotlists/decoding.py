"""Text from bytes: by its mark, as UTF-8, else by what it can be; a guess is told."""

import codecs
import re
from collections.abc import Callable

from interfaces.shotlists.opening import UnreadableListError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_CYRILLIC_WORD = re.compile("[\u0400-\u04ff]{3,}")
_MIXED_WORD = re.compile("[a-zA-Z][\u0400-\u04ff]|[\u0400-\u04ff][a-zA-Z]")
MOSTLY = 0.9  # of the letters that are not ASCII
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
MOST_ODD = 0.01  # of the characters; text from any office program has none
SAMPLED_BYTES = 4_000
MOST_NAMED = 8  # lines in a sentence


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
        return _mixed(data) or _legacy(data, line=data.count(b"\n", 0, error.start) + 1)


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


def _mixed(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Text that was pasted together: lines of UTF-8 beside lines that are not; ``None`` where no line speaks for it."""
    lines = data.split(b"\n")
    known = [_utf8(line) for line in lines]
    if not any(line and not line.isascii() for line in known):
        return None
    strange = [number for number, line in enumerate(known, start=1) if line is None]
    texts = [_western(line)[0] if text is None else text for line, text in zip(lines, known, strict=True)]
    where = f"line {strange[0]}" if len(strange) == 1 else f"lines {', '.join(map(str, strange[:MOST_NAMED]))}"
    more = f" and {len(strange) - MOST_NAMED} more" if len(strange) > MOST_NAMED else ""
    return _whole("\n".join(texts)), (f"it is UTF-8 but for {where}{more}, read as Windows-1252; look at the accents",)


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _legacy(data: bytes, *, line: int) -> tuple[str, tuple[str, ...]]:
    """The first old encoding whose text looks like its language, else Western European, which every byte fits."""
    for encoding, name, looks_right in _OLD:
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if looks_right(found, data):
            return _whole(found), (f"it is not UTF-8 (line {line}); it was read as {name}",)
    western, name = _western(data)
    return _whole(western), (f"it is not UTF-8 (line {line}); it was read as {name}, so look at the accents",)


def _western(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "Latin-1"


def _japanese(found: str, _: bytes) -> bool:
    return _KANA.search(found) is not None


def _korean(found: str, data: bytes) -> bool:
    return _in_pairs(found, data) and _share(_HANGUL, found) >= MOSTLY


def _chinese(found: str, data: bytes) -> bool:
    return _in_pairs(found, data) and _share(_HAN, found) >= MOSTLY


def _cyrillic(found: str, _: bytes) -> bool:
    """Words of that alphabet alone; in Western text its letters stand singly between Latin ones."""
    return len(_CYRILLIC_WORD.findall(found)) > len(_MIXED_WORD.findall(found))


_OLD: tuple[tuple[str, str, Callable[[str, bytes], bool]], ...] = (
    ("cp932", "Shift JIS", _japanese),
    ("cp949", "Korean (EUC-KR)", _korean),
    ("gb18030", "Chinese (GB 18030)", _chinese),
    ("cp1251", "Windows-1251", _cyrillic),
)


def _in_pairs(found: str, data: bytes) -> bool:
    """Whether each foreign letter took two high bytes; an accent before a Latin letter can pass for one, with one."""
    high = sum(byte >= 0x80 for byte in data)
    return high >= 2 * MOSTLY * len(_FOREIGN.findall(found))


def _share(letters: re.Pattern[str], found: str) -> float:
    return len(letters.findall(found)) / max(1, len(_FOREIGN.findall(found)))


def _whole(found: str) -> str:
    odd = len(_ODD.findall(found))
    if odd > MOST_ODD * len(found):
        raise UnreadableListError("it is no text; save the list as CSV in UTF-8")
    return found
