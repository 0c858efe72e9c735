"""People at work: who holds which role where, invitations, substitution, leavers and the work they hand over."""
