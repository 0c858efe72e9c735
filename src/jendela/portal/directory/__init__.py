"""The directory of applications: every one on record, and the page of each."""
