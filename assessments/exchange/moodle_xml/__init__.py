"""Moodle XML, both ways (Moodle documentation, "Moodle XML format")."""

from assessments.exchange.moodle_xml.reading import read
from assessments.exchange.moodle_xml.writing import write

__all__ = ["read", "write"]
