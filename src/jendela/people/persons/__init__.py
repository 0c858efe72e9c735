"""People for whom an account asks for services. An account is not a person: one phone serves many people."""
