#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments while clients write: what was acknowledged is there, and nothing is there twice.

Usage: kill.py PATH-TO-verifa-sandbox [ROUNDS [SEED]]. Prints TAP, and the figures and the seed in comments.
"""

import collections
import http.client
import http.server
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 10
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().randrange(1 << 32)
CLIENTS = 6
DEADLINE_S = 60


class Receiver(http.server.BaseHTTPRequestHandler):
    """Remembers which session each event told of; the same event may come again."""

    told = {}
    lock = threading.Lock()

    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.lock:
            self.told[event["idempotency_key"]] = event.get("session_id")
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *unused):
        pass


class Sandbox:
    def __init__(self, database):
        self.process = subprocess.Popen(
            [PROGRAM, "--database", database, "--plan", "enterprise"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        ready = json.loads(line)
        self.port = int(ready["api_url"].rsplit(":", 1)[1])
        self.key = ready["sandbox_key"]

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def call(self, method, path, body=None, name=None, sent=None):
        """Status and body; OSError or HTTPException when the server went before it answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        headers = {"X-API-Key": self.key, "Content-Type": "application/json"}
        if name:
            headers["Idempotency-Key"] = name
        try:
            connection.request(method, "/api/v1" + path,
                               body=None if body is None else json.dumps(body), headers=headers)
            if sent:
                sent()
            reply = connection.getresponse()
            content = reply.read()
        finally:
            connection.close()
        return reply.status, json.loads(content)


class Client(threading.Thread):
    """Creates sessions and links until the server is gone; keeps what it asked and what it was told."""

    def __init__(self, sandbox, prefix):
        super().__init__()
        self.sandbox = sandbox
        self.prefix = prefix
        self.answered = []
        self.open = None
        self.in_flight = False
        self.problem = None

    def ask(self, path, body, name):
        self.open = (path, body, name)

        def sent():
            self.in_flight = True
        status, reply = self.sandbox.call("POST", path, body, name, sent)
        self.in_flight = False
        assert status in (200, 201), (status, reply)
        self.answered.append((path, body, name, reply))
        self.open = None
        return reply

    def run(self):
        n = 0
        try:
            while True:
                name = f"{self.prefix}-{n}"
                session = self.ask("/sessions", {"external_ref": name}, name)
                self.ask(f"/sessions/{session['id']}/generate-one-time-link", {}, name + "-link")
                n += 1
        except (OSError, http.client.HTTPException):
            pass
        except BaseException as problem:  # shown by the main thread
            self.problem = problem


def rows(database, query):
    """Only while no server runs: it has its database to itself."""
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def repeat(sandbox, asked, kept):
    """Asks again with the same key: what was answered is answered the same, what was not is now."""
    for path, body, name, reply in asked:
        status, again = sandbox.call("POST", path, body, name)
        assert status in (200, 201), (name, status, again)
        if reply is not None:
            assert again["id"] == reply["id"], (name, reply, again)
        kept["links" if path.endswith("-link") else "sessions"][name] = again["id"]


def check(database, kept):
    """Exactly one object for every key, one event for every session, one reply for every key."""
    refs = collections.Counter(dict(rows(database, "SELECT external_ref, count(*) FROM sessions"
                                         " GROUP BY external_ref")))
    assert refs == collections.Counter(list(kept["sessions"])), "sessions lost or doubled"
    ids = {row[0] for row in rows(database, "SELECT id FROM sessions")}
    assert ids == set(kept["sessions"].values()), "sessions are not those that were answered"
    links = {row[0] for row in rows(database, "SELECT id FROM links")}
    assert set(kept["links"].values()) <= links, "links lost"
    assert len(links) == len(kept["links"]), "links doubled"
    told = rows(database, "SELECT subject, count(*) FROM deliveries"
                " WHERE event = 'session.created' GROUP BY subject")
    assert dict(told) == dict.fromkeys(ids, 1), "deliveries lost or doubled"
    names = {row[0] for row in rows(database, "SELECT name FROM replies")}
    assert set(kept["sessions"]) | set(kept["links"]) <= names, "idempotency records lost"
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]


def wait_for_events(ids):
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        with Receiver.lock:
            missing = ids - set(Receiver.told.values())
        if not missing:
            return
        time.sleep(0.02)
    raise AssertionError(f"{len(missing)} deliveries never arrived")


def play(database, number, kept):
    """One round; returns how many requests were in flight when the server died."""
    chance = random.Random(SEED * 1000 + number)
    sandbox = Sandbox(database)
    clients = [Client(sandbox, f"r{number}-c{n}") for n in range(CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(chance.uniform(0.005, 0.15))  # the random moment itself
    sandbox.process.kill()
    for client in clients:
        client.join()
    sandbox.kill()
    for client in clients:
        if client.problem:
            raise client.problem
    sandbox = Sandbox(database)
    try:
        for client in clients:
            repeat(sandbox, client.answered, kept)
            if client.open:
                repeat(sandbox, [(*client.open, None)], kept)
        wait_for_events(set(kept["sessions"].values()))
    finally:
        sandbox.kill()
    check(database, kept)
    return sum(client.in_flight for client in clients)


def main():
    print(f"1..1\n# seed {SEED}, {ROUNDS} rounds", flush=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "sandbox.db")
        sandbox = Sandbox(database)
        status, reply = sandbox.call("POST", "/webhooks/endpoints", {
            "url": f"http://127.0.0.1:{server.server_port}/hook",
            "enabled_events": ["session.created"]})
        assert status == 201, reply
        sandbox.kill()
        kept = {"sessions": {}, "links": {}}
        hits = [play(database, number, kept) for number in range(ROUNDS)]
        print(f"# {sum(map(bool, hits))} of {ROUNDS} rounds hit {sum(hits)} requests in flight;"
              f" {len(kept['sessions'])} sessions, {len(kept['links'])} links,"
              f" {len(Receiver.told)} events, none lost, none twice")
        # At least half of the rounds must have been worth something.
        assert sum(map(bool, hits)) * 2 >= ROUNDS, hits
    print("ok 1 - /sandbox/kill-9")


if __name__ == "__main__":
    main()
