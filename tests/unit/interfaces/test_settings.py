"""Settings of a person, and accounts made of them."""

from pathlib import Path

import pytest

from agent.errors import CountersteerError
from interfaces import accounts, settings
from interfaces.accounts import HalfConfiguredError
from interfaces.settings import BadSettingError
from tools.video import registry

VENDORS = "COUNTERSTEER_VENDORS__"


@pytest.fixture(autouse=True)
def _no_dot_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    return monkeypatch


def vendor(given: pytest.MonkeyPatch, name: str, **values: str) -> None:
    for key, value in values.items():
        given.setenv(f"{VENDORS}{name}__{key}".upper(), value)


def test_with_nothing_set_no_vendor_is_live_and_all_stand_in() -> None:
    read = settings.read()

    assert read.live == frozenset()
    assert accounts.off(read) == ()
    assert set(accounts.stand_ins(base_url="http://sandbox", transport=None)) == {v.name for v in registry.vendors()}


def test_an_account_of_the_environment_makes_its_vendor_live_and_no_other(given: pytest.MonkeyPatch) -> None:
    vendor(given, "kling", secrets__api_key="k")

    assert set(accounts.real(settings.read())) == {"kling"}
    rest = [v.name for v in registry.vendors() if v.name != "kling"]
    assert [sentence.split()[0] for sentence in accounts.off(settings.read())] == rest


def test_an_empty_variable_is_as_good_as_none(given: pytest.MonkeyPatch) -> None:
    vendor(given, "kling", secrets__api_key="")

    assert settings.read().live == frozenset()


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("google", {"secrets__token": "ya29.canary"}, "option 'project'"),
        ("google", {"options__project": "film"}, "secret 'token'"),
        ("kling", {"secrets__access_key": "canary"}, "secret 'secret_key'"),
        ("runway", {"base_url": "https://example.org"}, "secret 'api_key'"),
        ("kling", {"secrets__api_key": "canary", "secrets__apikey": "canary"}, "no secret 'apikey'; there is api_key"),
        ("kling", {"secrets__api_key": "canary", "options__region": "x"}, "no option 'region'"),
        ("kling", {"secrets__api_key": "canary", "base_url": "http://127.0.0.1:8600"}, "__SANDBOX=true"),
        ("kling", {"secrets__api_key": "canary", "base_url": "http://localhost:8600"}, "__SANDBOX=true"),
    ],
)
def test_half_an_account_is_refused_with_the_setting_and_without_the_key(
    given: pytest.MonkeyPatch, name: str, values: dict[str, str], told: str
) -> None:
    vendor(given, name, **values)

    with pytest.raises(HalfConfiguredError) as caught:
        accounts.real(settings.read())

    assert told in str(caught.value)
    assert f"{VENDORS}{name.upper()}__" in str(caught.value)
    assert "canary" not in str(caught.value)


def test_a_model_id_for_a_model_there_is_not_is_refused(given: pytest.MonkeyPatch) -> None:
    given.setenv("COUNTERSTEER_VENDORS", '{"kling": {"secrets": {"api_key": "k"}, "ids": {"kling-9": "x"}}}')

    with pytest.raises(HalfConfiguredError, match="no model id for 'kling-9'"):
        accounts.real(settings.read())


def test_a_vendor_nobody_knows_is_refused_with_those_there_are(given: pytest.MonkeyPatch) -> None:
    vendor(given, "klnig", secrets__api_key="k")

    with pytest.raises(CountersteerError, match="no vendor 'klnig'; there is fal, gemini, google, kling"):
        accounts.real(settings.read())


@pytest.mark.parametrize(("said", "shown"), [("true", {"kling"}), ("false", set[str]())])
def test_only_an_address_said_to_be_a_stand_in_is_shown_as_sandbox(
    given: pytest.MonkeyPatch, said: str, shown: set[str]
) -> None:
    vendor(given, "kling", secrets__api_key="k", base_url="http://127.0.0.1:8600", sandbox=said)

    assert accounts.rehearsed(settings.read()) == shown
    assert set(accounts.real(settings.read())) == {"kling"}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("COUNTERSTEER_SANDBOX_PACE", "canary", "COUNTERSTEER_SANDBOX_PACE: Input should be a valid number"),
        ("COUNTERSTEER_SANDBOX_PACE", "0", "COUNTERSTEER_SANDBOX_PACE: Input should be greater than 0"),
        ("COUNTERSTEER_VENDORS", "{canary", '"vendors"'),
        ("COUNTERSTEER_VENDORS__KLING__SECRET", "canary", "COUNTERSTEER_VENDORS__KLING__SECRET"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_and_its_value_is_not_shown(
    given: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    given.setenv(name, value)

    with pytest.raises(BadSettingError) as caught:
        settings.read()

    assert told in str(caught.value)
    assert "canary" not in str(caught.value)
