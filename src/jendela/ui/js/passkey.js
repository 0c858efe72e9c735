// Passkeys: see people/accounts.
