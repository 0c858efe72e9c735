"""Is it there? Addresses of applications asked from outside: facts, judged by thresholds, open to dispute."""
