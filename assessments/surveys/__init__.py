"""Two short anonymous surveys: at the end of a course, and three months later.

Who may answer, and has not yet, is known (`tickets`); what was answered is not known of anybody
(`urn`). The way between the two exists only while one request is served.
"""
