"""The seal: a PAdES signature over the whole file, and the look at one."""

from certificates.sealing.door import CannotSeal, seal

__all__ = ["CannotSeal", "seal"]
