"""The seal: a PAdES signature over the whole file, and the look at one."""

from certificates.sealing.door import CannotSeal, end_of_seal, seal

__all__ = ["CannotSeal", "end_of_seal", "seal"]
