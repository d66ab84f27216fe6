"""Money, in words. Amounts are integers of a millionth of a US dollar everywhere."""


def usd(micro_usd: int) -> str:
    """``$1.23``; ``$0.005`` and the like where cents would round it away."""
    amount = micro_usd / 1e6
    return f"${amount:.3f}" if 0 < amount < 0.01 else f"${amount:,.2f}"
