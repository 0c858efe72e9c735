"""Areas by Kemendagri code: regency, kecamatan, desa and kelurahan, with their figures and signal records."""
