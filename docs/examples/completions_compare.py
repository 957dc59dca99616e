"""Compare a copy with the site, and repair what differs: python completions_compare.py SITE COPY

First completions_client.py takes in all changes; then the days are fetched anew whose hash is not
that of the site.
"""

import hashlib
import json
import sqlite3
import sys

from completions_client import ask, keep, step


def compare(copy: sqlite3.Connection, site: str) -> list[str]:
    """Fetch the days anew on which the copy is not what the site says; return them."""
    said = ask(site, "digest", by="day")[2]
    mine: dict[str, dict[str, str]] = {}
    for key, text in copy.execute("SELECT enrolment, row FROM completion ORDER BY enrolment"):
        if row := json.loads(text or "null"):
            own = {name: row[name] for name in said["columns"]}
            line = json.dumps(own, sort_keys=True, separators=(",", ":")) + "\n"
            mine.setdefault((row["enrolled_at"] or "")[:10], {})[key] = line
    theirs = {group["group"]: group["sha256"] for group in said["groups"]}
    hashes = {day: hashlib.sha256("".join(lines.values()).encode()) for day, lines in mine.items()}
    own = {day: found.hexdigest() for day, found in hashes.items()}
    wrong = sorted(day for day in own | theirs if own.get(day) != theirs.get(day))
    with copy:
        for key in [key for day in wrong for key in mine.get(day, ())]:
            keep(copy, key, "compared", None)
        for day in wrong:
            query = {"enrolled_from": day, "enrolled_to": day} if day else {"undated": "true"}
            page: dict = {"next_cursor": ""}
            while page["next_cursor"] is not None:
                more = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
                page = ask(site, "rows", **query, **more)[2]
                for row in page["rows"]:
                    keep(copy, row["enrolment"], "compared", row)
    return wrong


if __name__ == "__main__":
    database = sqlite3.connect(sys.argv[2])
    while step(database, sys.argv[1]):
        pass
    print("days that differed:", compare(database, sys.argv[1]))
