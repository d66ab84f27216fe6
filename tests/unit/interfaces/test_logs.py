"""The log: a line per record, whatever the words in it, and no key."""

import json
import logging
from pathlib import Path

from pydantic import SecretStr

from interfaces.logs import CONTINUED, JsonFormatter, LineFormatter, secrets
from interfaces.settings import Settings, SlackSettings, VendorSettings


def logged(
    message: str,
    *,
    held: tuple[str, ...] = (),
    error: Exception | None = None,
    form: type[LineFormatter] = LineFormatter,
) -> str:
    information = (type(error), error, None) if error else None
    record = logging.LogRecord("house", logging.ERROR, "file", 1, message, (), information)
    return form(held).format(record)


def test_no_words_look_like_a_record_of_their_own_or_move_a_cursor() -> None:
    text = logged("a title\n2026-11-21 12:00:00 ERROR house: all is lost\x1b[2K\r", error=ValueError("x\n2026-11-21"))
    first, *rest = text.split("\n")

    assert first.endswith("ERROR house: a title")
    assert all(line.startswith(CONTINUED.strip("\n")) for line in rest)
    assert text.replace("\n", "").isprintable()
    assert "\\x1b[2K\\r" in text


def test_a_secret_is_taken_out_of_message_and_traceback() -> None:
    text = logged("sent SESAME-1", held=("SESAME-1",), error=RuntimeError("https://cdn.example/a?sig=SESAME-1"))

    assert "SESAME" not in text
    assert "sent [key]" in text


def test_as_json_a_record_is_one_line_whatever_is_in_it() -> None:
    text = logged('a "title"\n\x1b[2K SESAME-1', held=("SESAME-1",), error=ValueError("SESAME-1"), form=JsonFormatter)
    record = json.loads(text)

    assert text.isprintable()
    assert record["message"] == 'a "title"\n\x1b[2K [key]'
    assert (record["level"], record["logger"]) == ("ERROR", "house")
    assert "ValueError" in record["error"]
    assert "SESAME" not in text


def test_every_secret_of_the_settings_is_known_wherever_it_stands() -> None:
    settings = Settings(
        folder=Path(),
        vendors={"kling": VendorSettings(secrets={"api_key": SecretStr("one")})},
        slack=SlackSettings(bot_token=SecretStr("xoxb-two")),
        token=SecretStr("fourth"),
    )

    assert {"one", "xoxb-two", "fourth"} <= set(secrets(settings))
