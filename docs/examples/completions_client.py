"""Keep a copy of the completions in step: python completions_client.py https://SITE copy.sqlite3

The token stands in PUTOKAZ_TOKEN. Killed at any moment it loses nothing: rows and cursor are kept
in one transaction. Python 3.11 alone; run it as often as you like.
"""

import gzip
import json
import os
import sqlite3
import sys
import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

TABLES = """
CREATE TABLE IF NOT EXISTS completion (enrolment TEXT PRIMARY KEY, change TEXT, row TEXT);
CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY CHECK (id = 1), cursor TEXT, etag TEXT);
INSERT OR IGNORE INTO place VALUES (1, '', '');
"""


def ask(site: str, what: str, etag: str = "", **query: str) -> tuple[int, str, dict]:
    """Return status, ETag and answer; wait and ask again if that was too often."""
    address = f"{site}/api/v1/completions/{what}?{urlencode(query)}"
    token = {"Authorization": f"Bearer {os.environ['PUTOKAZ_TOKEN']}"}
    known = {"If-None-Match": etag} if etag else {}
    try:
        answer = urlopen(Request(address, headers={**token, **known, "Accept-Encoding": "gzip"}))
    except HTTPError as error:
        if error.code == 429:
            time.sleep(int(error.headers["Retry-After"]))
            return ask(site, what, etag, **query)
        if error.code not in (304, 410):
            raise
        answer = error
    body, packed = answer.read(), answer.headers["Content-Encoding"] == "gzip"
    text = gzip.decompress(body) if packed else body
    return answer.status, answer.headers["ETag"] or "", json.loads(text or "{}")


def keep(copy: sqlite3.Connection, enrolment: str, change: str, row: dict | None) -> None:
    """Put a row in its place. Without one: keep that it is gone, and nothing of what it said."""
    values = (enrolment, change, json.dumps(row) if row else None)
    copy.execute("INSERT OR REPLACE INTO completion VALUES (?, ?, ?)", values)


def step(copy: sqlite3.Connection, site: str) -> bool:
    """Take in one page; return whether there is more."""
    cursor, etag = copy.execute("SELECT cursor, etag FROM place").fetchone()
    status, new_etag, answer = ask(site, "changes", etag, cursor=cursor)
    if status == 304:
        return False
    with copy:  # one transaction: all of it, or nothing
        if status == 410:  # the cursor is worth nothing any more: begin anew
            copy.execute("DELETE FROM completion")
        for entry in answer.get("rows", []):
            keep(copy, entry["enrolment"], entry["change"], entry["completion"])
        # An ETag stands for the answer to one cursor.
        same = new_etag if answer["next_cursor"] == cursor else ""
        copy.execute("UPDATE place SET cursor = ?, etag = ?", (answer["next_cursor"], same))
    return status == 410 or answer["more"]


if __name__ == "__main__":
    database = sqlite3.connect(sys.argv[2])
    database.executescript(TABLES)
    while step(database, sys.argv[1]):
        pass
