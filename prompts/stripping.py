"""Taking out of free text what one model would read as syntax."""

from collections.abc import Collection


def strip(text: str, drops: Collection[str]) -> str:
    """The text without any of the runs, however they were nested; unchanged if it holds none."""
    bare = text
    while found := [drop for drop in drops if drop and drop in bare]:
        for drop in found:
            bare = bare.replace(drop, " ")
    return bare if bare == text else " ".join(bare.split())
