"""``countersteer project eyes``: who looks for each term of the block, how well, and what is missing."""

from collections.abc import Iterator

from interfaces.command.terminal import console, count, write
from interfaces.settings import Settings
from interfaces.story import Line, Tone
from interfaces.wiring import open_house
from prompts.blocks import Layer
from tools import coverage
from tools.checks import registry
from tools.coverage import Coverage, How, Look

TONES = {How.MEASURED: Tone.GOOD, How.JUDGED: Tone.OPEN, How.NOT_INSPECTABLE: Tone.BAD}
NO_JUDGE = "no vision model is set; name one in COUNTERSTEER_VLM__MODEL"


async def show(settings: Settings, name: str | None) -> None:
    """One line per term with its checks under it, and how many terms nobody can look for."""
    judge = settings.vlm.model if settings.live else "the sandbox's judge"
    async with open_house(settings) as house:
        project, out = await house.project(name), console()
        block = await house.studio.store.negative(project.id)
        references = [reference for reference, _ in await house.studio.store.references(project.id)]
    checks = registry.discover()
    blind = 0
    for layer in Layer:
        terms = [term.text for term in block.terms if term.layer is layer]
        if terms:
            write(out, Line(text=str(layer), tone=Tone.PERSON))
        for covered in coverage.cover(terms, checks=checks, references=references, judge=judge):
            blind += covered.how is How.NOT_INSPECTABLE
            for line in told(covered):
                write(out, line)
    terms_told = count(len(block.terms), "term")
    write(out, f"{project.name}: {terms_told}, {blind} of them not inspectable here; judge: {judge or 'none'}.")


def told(covered: Coverage) -> Iterator[Line]:
    """The term with who decides about it, then each check, then the judge or its absence."""
    yield Line(text=f"  {covered.term}: {covered.how}", tone=TONES[covered.how])
    for look in covered.looks:
        yield Line(text=f"    {_check(look)}", tone=Tone.QUIET if look.lacking else Tone.PLAIN)
    if not covered.looks:
        yield Line(text="    no check measures this", tone=Tone.QUIET)
    if covered.how is not How.MEASURED:
        judged = f"asked of {covered.judge}" if covered.judge else NO_JUDGE
        yield Line(text=f"    {judged}", tone=Tone.QUIET)


def _check(look: Look) -> str:
    check = look.check
    alone = {"A": "decides alone", "B": "decides unless the judge disagrees", "C": "a hint, never alone"}[check.grade]
    return f"{check.name}, grade {check.grade} ({alone}): {look.lacking or check.rates}"
