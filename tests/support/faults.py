# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy in front of a verifa-sandbox that spoils chosen answers, as bad networks and servers do.

Faults are a table: name → what is sent instead. A fault applies to the requests whose
"METHOD path" matches a pattern, until heal() is called.
"""

import http.client
import json
import re
import socket
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


def _json(status, body):
    return status, {"Content-Type": "application/json"}, json.dumps(body).encode()


def _error(status, code, detail):
    return _json(status, {"error": code, "detail": detail, "status_code": status})


def _rewritten(**members):
    """The true answer with other members; a member of None is taken away."""
    def spoil(status, headers, body):
        reply = json.loads(body)
        for name, value in members.items():
            if value is None:
                reply.pop(name, None)
            else:
                reply[name] = value
        return status, headers, json.dumps(reply).encode()
    return spoil


def _clock_off(status, headers, body):
    headers = {k: v for k, v in headers.items() if k.lower() not in ("date", "x-sandbox-time")}
    headers["Date"] = formatdate(time.time() + 3 * 3600, usegmt=True)
    return status, headers, body


# Answers made without asking the server behind.
ANSWERS = {
    "html-200": (200, {"Content-Type": "text/html"},
                 b"<!doctype html><title>Guest Wi-Fi</title><p>Please sign in.</p>"),
    "html-502": (502, {"Content-Type": "text/html"}, b"<html><h1>502 Bad Gateway</h1></html>"),
    "truncated": (200, {"Content-Type": "application/json", "Content-Length": "4096"},
                  b'{"id":"session_1","status":"pen'),
    "broken-json": (200, {"Content-Type": "application/json"}, b'{"id":"session_1","status":"pen'),
    "ten-megabytes": (200, {"Content-Type": "application/json"},
                      b'{"id":"' + b"x" * (10 * 1024 * 1024) + b'"}'),
    "deep": (200, {"Content-Type": "application/json"}, b"[" * 100000 + b"]" * 100000),
    "wrong-key": _error(401, "unauthorized", "Unknown API key."),
    "expired-key": _error(401, "unauthorized", "The API key has expired."),
    "forbidden": _error(403, "forbidden", "The key lacks the scope sessions:create."),
    "redirect": (302, {"Location": "http://127.0.0.1:1/"}, b""),
    "server-error": _error(500, "internal_error", "Internal error."),
}

# True answers, spoiled on the way.
REWRITES = {
    "unknown-enum": _rewritten(status="quantum_pending"),
    "missing-members": _rewritten(status=None, id=None),
    "clock-off": _clock_off,
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def _forward(self, body):
        upstream = http.client.HTTPConnection(self.server.upstream, timeout=30)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
        upstream.request(self.command, self.path, body=body, headers=headers)
        reply = upstream.getresponse()
        data = reply.read()
        kept = {k: v for k, v in reply.getheaders()
                if k.lower() not in ("connection", "content-length", "transfer-encoding", "keep-alive")}
        upstream.close()
        return reply.status, kept, data

    def _answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.server.proxy.fault_for(self.command, self.path)
        if self.server.proxy.server is not self.server:
            fault = "drop"  # a connection that was kept when the server went away
        self.server.proxy.note(self.command, self.path, dict(self.headers), body)
        if fault == "drop":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if fault == "drop-after":
            self._forward(body)
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if fault in ANSWERS:
            status, headers, data = ANSWERS[fault]
        else:
            status, headers, data = self._forward(body)
            if fault in REWRITES and status < 400:
                status, headers, data = REWRITES[fault](status, headers, data)
        self._send(status, headers, data)

    def _send(self, status, headers, data):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(data)))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:
            pass  # the client hung up on an answer it does not want

    do_GET = do_POST = do_PATCH = do_DELETE = _answer


class FaultProxy:
    """Listens on a loopback port of its own; hand its url to the desk."""

    def __init__(self, upstream_url):
        self.upstream = urlsplit(upstream_url).netloc
        self.fault = None
        self.pattern = None
        self.requests = []
        self.lock = threading.Lock()
        self.server = None
        self.port = 0
        self.start()

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self.port

    def start(self):
        """Listens, on the same port as before if there was one."""
        ThreadingHTTPServer.allow_reuse_address = True
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), _Handler)
        self.server.daemon_threads = True
        self.server.upstream = self.upstream
        self.server.proxy = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02},
                         daemon=True).start()

    def unreachable(self):
        """Nobody listens any more."""
        self.server.shutdown()
        self.server.server_close()
        self.server = None

    def is_reachable(self):
        return self.server is not None

    def spoil(self, fault, pattern=r""):
        with self.lock:
            self.fault, self.pattern = fault, re.compile(pattern)

    def heal(self):
        with self.lock:
            self.fault = self.pattern = None
        if self.server is None:
            self.start()

    def fault_for(self, method, path):
        with self.lock:
            if self.fault and self.pattern.search("%s %s" % (method, path)):
                return self.fault
        return None

    def note(self, method, path, headers, body):
        with self.lock:
            self.requests.append((method, path, headers, body))

    def creates(self):
        with self.lock:
            return [r for r in self.requests if r[0] == "POST" and r[1].endswith("/sessions")]

    def close(self):
        if self.server is not None:
            self.unreachable()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
