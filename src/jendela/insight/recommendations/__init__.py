"""Advice to agencies: rules over the facts of the register, given, answered, followed up (Korea's evaluation of public
apps and Microsoft's inactivity loop are the precedents: one open request per object, a keep is remembered)."""
