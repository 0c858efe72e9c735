"""Second factors: passkeys, one-time passwords of an authenticator app, and recovery codes."""
