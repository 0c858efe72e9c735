"""Every question to rounds: `sheet` (what a holder sees), `rounds`, `board` and `questions` (what Kominfo sees),
`seal`."""

from jendela.registry.campaigns.reads import board, questions, rounds, seal, sheet

__all__ = ["board", "questions", "rounds", "seal", "sheet"]
