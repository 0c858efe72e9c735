"""The register for people at work: the list over all applications and the record of each, with what other rooms know
of it."""
