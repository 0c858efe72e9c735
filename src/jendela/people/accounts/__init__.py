"""Accounts of people who sign in. An account is not a person: one phone serves many people."""
