"""The addresses that vendors call."""

import pytest

from interfaces import hooks, settings
from interfaces.hooks import Addresses
from interfaces.settings import BadSettingError

SECRET = "a secret of thirty-two signs or more"


def test_an_address_names_vendor_and_job_and_nobody_without_the_secret_can_make_it() -> None:
    address = Addresses(public_url="https://film.example/", secret=SECRET).of("kling", "job-1")
    assert address.startswith("https://film.example/hooks/kling/job-1?token=")
    assert len(address.partition("token=")[2]) == 64
    assert address != Addresses(public_url="https://film.example", secret=SECRET + "!").of("kling", "job-1")


def test_the_token_of_one_job_opens_no_other() -> None:
    ours = Addresses(public_url="https://film.example", secret=SECRET)
    assert ours.token("kling", "job-1") != ours.token("kling", "job-2")
    assert ours.token("kling", "job-1") != ours.token("fal", "job-1")


def test_a_public_address_without_a_long_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERSTEER_HOOKS_URL", "https://film.example")
    with pytest.raises(BadSettingError, match="HOOKS_SECRET"):
        settings.read()
    monkeypatch.setenv("COUNTERSTEER_HOOKS_SECRET", "short")
    with pytest.raises(BadSettingError, match="HOOKS_SECRET"):
        settings.read()
    monkeypatch.setenv("COUNTERSTEER_HOOKS_SECRET", SECRET)
    assert hooks.addresses(settings.read()) is not None


def test_without_a_public_address_no_vendor_is_given_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERSTEER_HOOKS_SECRET", SECRET)
    assert hooks.addresses(settings.read()) is None
