"""Carry a course from one site to another as readable files: an exact round trip.

Files are read into a document (`reading`), a document is stored on the site (`storing`), made from
the site (`collecting`) and written to files (`writing`). docs/course-format.md is the format.
"""
