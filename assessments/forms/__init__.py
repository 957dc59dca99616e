"""Tests before and after: who gets which form, and what was gained in between."""
