# SPDX-FileCopyrightText: 2026 The Sharelock authors
# SPDX-License-Identifier: MIT
"""A share server of the newest generation, as small as a window needs it."""

import http.server
import json
import threading
import uuid


class ShareServer(http.server.ThreadingHTTPServer):
    """Listens on a free port of this machine until it is closed."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.shares = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def share(self, session, items):
        """Shares as opencode does. \\returns ID and key."""
        name, key = session[-8:], str(uuid.uuid4())
        self.shares[name] = {"key": key, "items": {item["data"].get("id", item["type"]): item for item in items}}
        return name, key


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def asked(self):
        """The share that is meant, when the request has its key."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        share = self.server.shares.get(self.path.split("/")[3])
        return body, share if share and share["key"] == body["secret"] else None

    def do_GET(self):
        share = self.server.shares.get(self.path.split("/")[3])
        self.answer(200, list(share["items"].values())) if share else self.answer(404, {"error": "Share not found"})

    def do_POST(self):
        body, share = self.asked()
        if share is None:
            self.answer(500, {})
            return
        for item in body["data"]:
            share["items"][item["data"].get("id", item["type"])] = item
        self.answer(200, {})

    def do_DELETE(self):
        _, share = self.asked()
        if share is not None:
            del self.server.shares[self.path.split("/")[3]]
        self.answer(200 if share else 500, {})
