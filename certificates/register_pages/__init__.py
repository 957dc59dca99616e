"""The register in the CMS: find a certificate, see its life, correct it or take it back."""
