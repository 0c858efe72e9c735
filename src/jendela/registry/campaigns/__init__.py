"""Rounds: agencies are asked for their entries, answer, and attest them by a day; seals, reminders, exemptions."""
