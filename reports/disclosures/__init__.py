"""Who was given whose data: written down when it happens, read by those whom it concerns."""
