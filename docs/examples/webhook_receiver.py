"""Wait for hints that there is news, and fetch it: python webhook_receiver.py PORT COMMAND…

The secret (whsec_…) stands in PUTOKAZ_WEBHOOK_SECRET. The command is run once for each hint whose
signature is right, such as: python completions_client.py https://SITE copy.sqlite3
Put it behind a web server with https. Python 3.11 alone.
"""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERATED = 300  # seconds by which the clocks of the two may differ
MOST = 10_000


def is_genuine(headers, body: bytes, secret: str, now: float) -> bool:
    """Say whether a hint was signed with our secret, and not long ago (Standard Webhooks, v1)."""
    name, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not moment.isdecimal() or abs(now - int(moment)) > TOLERATED:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{name}.{moment}.".encode() + body
    right = "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    signatures = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(right.encode(), said.encode()) for said in signatures)


class Receiver(BaseHTTPRequestHandler):
    """Answers at once; what a hint says can be fetched twice without harm, so ids are not kept."""

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST))
        secret = os.environ["PUTOKAZ_WEBHOOK_SECRET"]
        genuine = is_genuine(self.headers, body, secret, time.time())
        self.send_response(204 if genuine else 401)
        self.end_headers()
        if genuine and json.loads(body)["type"] == "completions.changed":
            subprocess.Popen(sys.argv[2:])


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
