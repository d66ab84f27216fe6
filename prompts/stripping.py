"""Taking out of free text what one model would read as syntax."""

from collections.abc import Collection


def strip(text: str, drops: Collection[str]) -> str:
    """The text without any of the runs, a space in their place so that none forms anew; unchanged if it holds none."""
    bare = text
    for drop in drops:
        bare = bare.replace(drop, " ")
    return bare if bare == text else " ".join(bare.split())
