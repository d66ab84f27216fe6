"""Which models may take a shot at all."""

import pytest

from agent.film import Wishes
from agent.policy import able
from agent.policy.situation import Situation
from agent.profiles import Material, Profile, Status
from agent.troubles import Trouble
from tests.unit.agent.policy.builders import profile, situation

PLAIN = profile("plain-2", vendor="acme", family="Plain")


def why_not(candidate: Profile, shot: Situation) -> str | None:
    return able.why_not(candidate, shot, profiles=(candidate,))


def test_a_model_that_can_do_all_of_it_may_take_the_shot() -> None:
    shot = situation(seconds=10, references=3, first_frame=True, left_micro_usd=1_000_000)
    assert why_not(PLAIN, shot) is None


@pytest.mark.parametrize(
    ("candidate", "shot", "why"),
    [
        (profile("old", status=Status.RETIRED), situation(), "retired by its vendor"),
        (PLAIN, situation(seconds=10.5), "makes at most 10 s, the shot has 10.5 s"),
        (PLAIN, situation(ratio="9:16"), "makes 16:9, the shot is 9:16"),
        (profile("text", takes=[Material.WORDS]), situation(first_frame=True), "does not take a first frame"),
        (profile("edit", takes=[Material.ENDS]), situation(), "does not take words alone"),
        (
            profile("one end", takes=[Material.FIRST]),
            situation(first_frame=True, last_frame=True),
            "does not take a first and a last frame",
        ),
        (
            profile("hall", registered_only=True),
            situation(references=1, registered=frozenset({"other"})),
            "takes only references that are registered at hall, and not all of the shot's are",
        ),
        (
            profile("image", takes=[Material.FIRST]),
            situation(),
            "only starts from a first frame, and the shot has none",
        ),
        (PLAIN, situation(references=4), "takes 3 reference images, the shot has 4"),
        (PLAIN, situation(unsayable={"plain-2": "no positive wording for 'text'"}), "no positive wording for 'text'"),
        (PLAIN, situation(excluded=("Plain",)), "ruled out on this film"),
        (PLAIN, situation(wishes=Wishes(exclude=("plain 2",))), "you ruled it out for this shot"),
        (PLAIN, situation(wishes=Wishes(models=("Veo",))), "you asked for Veo"),
        (
            PLAIN,
            situation(wishes=Wishes(most_micro_usd=400_000)),
            "a take costs $0.50, you allowed $0.40",
        ),
        (PLAIN, situation(left_micro_usd=400_000), "a take costs $0.50, the ceiling leaves $0.40"),
    ],
)
def test_a_model_that_cannot_do_it_says_why(candidate: Profile, shot: Situation, why: str) -> None:
    assert why_not(candidate, shot) == why


@pytest.mark.parametrize("name", ["acme", "plain-2"])
def test_a_closed_vendor_or_model_is_out_of_reach(name: str) -> None:
    why = why_not(PLAIN, situation(closed={name: Trouble.PAYMENT}))
    assert why == "not in reach now: this vendor's account is out of credit; other models go on"


def test_a_retiring_model_may_still_take_the_shot() -> None:
    assert why_not(profile("leaving", status=Status.RETIRING), situation()) is None


class TestNames:
    KLING = (
        profile("kling-3.0", vendor="kling", family="Kling"),
        profile("kling-3.0-turbo", vendor="kling", family="Kling"),
        profile("veo-3.1", vendor="google", family="Veo"),
    )

    def test_a_wish_for_a_host_that_is_a_family_too_means_its_own_models_and_a_ban_means_all_behind_its_key(
        self,
    ) -> None:
        own = profile("runway-gen4.5", vendor="runway", family="Runway")
        hosted = profile("runway/veo3.1", vendor="runway", family="Veo")
        assert able.named(["Runway"], profiles=(own, hosted)) == {own.name}
        assert able.ruled_out(["runway"], profiles=(own, hosted)) == {own.name, hosted.name}
        assert able.ruled_out(["Veo"], profiles=(own, hosted)) == {hosted.name}

    @pytest.mark.parametrize(
        ("word", "meant"),
        [
            ("kling", {"kling-3.0", "kling-3.0-turbo"}),
            ("Kling 3.0", {"kling-3.0"}),
            ("KLING 3", {"kling-3.0", "kling-3.0-turbo"}),
            ("google", {"veo-3.1"}),
            ("Sora", set[str]()),
            ("", set[str]()),
        ],
    )
    def test_a_word_means_a_name_a_family_a_vendor_or_the_beginning_of_a_name(self, word: str, meant: set[str]) -> None:
        assert able.named([word], profiles=self.KLING) == meant
