"""Every change of rounds: `rounds` (made, sent, closed), `answering` (the holder), `reviewing` (Kominfo), `chasing`
(reminders), `seal` (attestation, exemptions), `moving` (mergers)."""
