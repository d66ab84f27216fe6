"""Wire bodies of public prompts, a few of them."""

from dataclasses import dataclass, replace

from agent.jobs import Body, Order
from agent.profiles import Profile
from benchmarks import vbench
from benchmarks.vbench import Composer


@dataclass(frozen=True)
class Forgetful:
    """An adapter that loses a word on its way."""

    adapter: Composer

    @property
    def profiles(self) -> tuple[Profile, ...]:
        return self.adapter.profiles

    def compose(self, order: Order) -> Body:
        body = self.adapter.compose(order)
        return replace(body, content=body.content.replace(b"watermark", b"water"))


def test_every_body_of_a_few_public_prompts_carries_both_blocks() -> None:
    for pick in (vbench.default_blocks, vbench.public_blocks()):
        film = vbench.run(vbench.prompts()[::200], pick, vendors=vbench.adapters())

        assert film.unread == 0
        assert film.bodies > 0
        assert film.coverage == 1.0


def test_a_body_that_lost_a_term_lowers_the_coverage() -> None:
    vendors = {**vbench.adapters(), "kling": Forgetful(vbench.adapters()["kling"])}
    film = vbench.run(vbench.prompts()[:1], vbench.default_blocks, vendors=vendors)

    assert 0 < film.coverage < 1
    assert film.vendors["kling"].covered == 0
