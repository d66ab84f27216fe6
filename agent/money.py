"""Money, in words. Amounts are integers of a millionth of a US dollar everywhere."""

CENT_MICRO_USD = 10_000


def usd(micro_usd: int) -> str:
    """``$1.23``; a price below a dollar keeps its tenths of a cent (``$0.084``)."""
    amount = micro_usd / 1e6
    return f"${amount:.3f}" if amount < 1 and micro_usd % CENT_MICRO_USD else f"${amount:,.2f}"
