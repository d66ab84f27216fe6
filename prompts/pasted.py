"""A pasted list of negatives, read into a block by layer, with a remark for everything that was odd about it."""

from dataclasses import dataclass

from prompts import entries, lint, merging, terms
from prompts.blocks import Layer, NegativeBlock, Term
from prompts.remarks import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What a pasted list says.

    Attributes:
        terms: Bare noun phrases in the order written, each thing once.
    """

    terms: tuple[Term, ...]
    remarks: tuple[Remark, ...]

    def block(self, *, version: int) -> NegativeBlock:
        """The block to store.

        Raises:
            EmptyBlockError: The list held no term.
        """
        return NegativeBlock(
            format=self._of(Layer.FORMAT),
            anatomy=self._of(Layer.ANATOMY),
            quality=self._of(Layer.QUALITY),
            version=version,
        )

    def _of(self, layer: Layer) -> tuple[str, ...]:
        return tuple(term.text for term in self.terms if term.layer is layer)


def read(text: str) -> Pasted:
    """The list as terms: ``"a, b, (c:1.4), no d"`` is a, b, c and d."""
    written = filter(None, (entries.read(part).text for part in entries.split(text)))
    found = merging.merge(Term(text=bare, layer=terms.layer(bare)) for bare in written)
    return Pasted(terms=found, remarks=lint.lint_entries([text]))
