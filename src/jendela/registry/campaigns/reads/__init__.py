"""Every question to rounds: `sheet` (what a holder sees), `rounds` and `board` (what Kominfo sees), `seal`."""
