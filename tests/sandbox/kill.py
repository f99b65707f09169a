#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments while clients write: what was acknowledged is there, and nothing is there twice.

Usage: kill.py PATH-TO-verifa-sandbox [ROUNDS [SEED]]. Prints TAP, and the figures and the seed in comments.
"""

import collections
import http.client
import http.server
import itertools
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
# Of each client: all together within the plan's creations a minute, and their requests too.
MOST_SESSIONS = 40
DEADLINE_S = 60


class Receiver(http.server.BaseHTTPRequestHandler):
    """Remembers what each event told of; the same event may come again, and mean the same."""

    told = {}
    contradictions = []
    lock = threading.Lock()

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:  # the sender died over it
            self.close_connection = True
            return
        event = json.loads(body)
        about = (event["session_id"], event["event"])
        with self.lock:
            if self.told.setdefault(event["idempotency_key"], about) != about:
                self.contradictions.append(event["idempotency_key"])
        try:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()
        except OSError:  # or before it heard the answer
            self.close_connection = True

    @classmethod
    def events(cls):
        with cls.lock:
            return set(cls.told.values())

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
        self.reader = None

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def call(self, method, path, body=None, name=None, sent=None, key=None):
        """Status, body, whether it is an earlier answer; OSError or HTTPException without any."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        headers = {"X-API-Key": key or self.key, "Content-Type": "application/json"}
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
        return reply.status, json.loads(content), reply.headers["Idempotency-Replayed"] == "true"

    def get(self, path):
        """With a key of its own, so that looking things up does not use up the clients' limit."""
        if not self.reader:
            self.reader = self.call("POST", "/api-keys", {
                "environment": "sandbox",
                "scopes": ["sessions:read", "webhooks:read"]})[1]["secret"]
        status, body, _ = self.call("GET", path, key=self.reader)
        assert status == 200, (path, status, body)
        return body


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
        status, reply, replayed = self.sandbox.call("POST", path, body, name, sent)
        self.in_flight = False
        assert status == 201 and not replayed, (status, reply)
        self.answered.append((path, body, name, reply))
        self.open = None
        return reply

    def run(self):
        try:
            for n in range(MOST_SESSIONS):
                name = f"{self.prefix}-{n}"
                session = self.ask("/sessions", {"external_ref": name}, name)
                self.ask(f"/sessions/{session['id']}/generate-one-time-link", {}, name + "-link")
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


def is_link(path):
    return path.endswith("-link")


def repeat(sandbox, path, body, name, kept):
    """Asks again with the same key; returns the object, and whether it was there already."""
    status, reply, replayed = sandbox.call("POST", path, body, name)
    assert status == 201, (name, status, reply)
    kept["links" if is_link(path) else "sessions"][name] = reply["id"]
    return reply, replayed


def look_up(sandbox, path, reply):
    """The object itself, as anybody reads it; once."""
    if is_link(path):
        links = sandbox.get(f"/sessions/{reply['session_id']}/links")["data"]
        assert [link["id"] for link in links] == [reply["id"]], (reply, links)
        return
    session = sandbox.get("/sessions/" + reply["id"])
    for field in ("id", "external_ref", "created_at"):
        assert session[field] == reply[field], (field, session, reply)
    page = sandbox.get("/sessions?external_ref=" + session["external_ref"])
    assert page["pagination"]["total"] == 1, page


def settle(sandbox, client, kept):
    """Holds the server to its answers, and asks again what it did not answer.

    Returns what the round made as (session, event), and whether the unanswered had been done.
    """
    replies = []
    for path, body, name, reply in client.answered:
        again, replayed = repeat(sandbox, path, body, name, kept)
        assert replayed, f"the idempotency record of {name} is lost"
        assert again == reply, (reply, again)
        replies.append((path, reply))
    was_done = False
    if client.open:
        reply, was_done = repeat(sandbox, *client.open, kept)
        replies.append((client.open[0], reply))
    for path, reply in replies:
        look_up(sandbox, path, reply)
    return {(reply["session_id"], "session.link_generated") if is_link(path)
            else (reply["id"], "session.created") for path, reply in replies}, was_done


def check_deliveries(sandbox, endpoint, events):
    """Of what the round made, one delivery each, newest first, however many pages it takes."""
    found = []
    for offset in itertools.count(0, 100):
        page = sandbox.get(f"/webhooks/endpoints/{endpoint}/deliveries?limit=100&offset={offset}")
        payloads = [delivery["payload"] for delivery in page["data"]]
        found += [(payload["session_id"], payload["event"]) for payload in payloads]
        if not payloads or not events.intersection(found[-100:]):
            break
    counts = collections.Counter(found)
    assert {counts[event] for event in events} == {1}, "deliveries lost or doubled"


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
    told = rows(database, "SELECT event, count(*), count(DISTINCT subject), count(DISTINCT"
                " json_extract(payload, '$.idempotency_key')) FROM deliveries GROUP BY event")
    assert sorted(told) == [(event, number, number, number) for event, number in
                            (("session.created", len(ids)), ("session.link_generated", len(links)))
                            if number], "deliveries lost or doubled"
    names = {row[0] for row in rows(database, "SELECT name FROM replies")}
    assert set(kept["sessions"]) | set(kept["links"]) <= names, "idempotency records lost"
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]


def wait_for_events(events):
    deadline = time.monotonic() + DEADLINE_S
    while not events <= Receiver.events():
        assert time.monotonic() < deadline, f"{len(events - Receiver.events())} never arrived"
        time.sleep(0.02)
    assert not Receiver.contradictions, Receiver.contradictions


def interrupt(database, number):
    """Lets clients write and kills the server at a random moment; returns the clients."""
    chance = random.Random(SEED * 1000 + number)
    sandbox = Sandbox(database)
    clients = [Client(sandbox, f"r{number}-c{n}") for n in range(CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(chance.uniform(0.005, 0.4))  # the random moment itself
    sandbox.process.kill()
    for client in clients:
        client.join()
    sandbox.kill()
    for client in clients:
        if client.problem:
            raise client.problem
    return clients


def play(database, number, endpoint, kept):
    """One round; returns its figures."""
    clients = interrupt(database, number)
    before = Receiver.events()
    sandbox = Sandbox(database)
    try:
        settled = [settle(sandbox, client, kept) for client in clients]
        events = set().union(*(made for made, _ in settled))
        if events:
            check_deliveries(sandbox, endpoint, events)
        wait_for_events(events)
    finally:
        sandbox.kill()
    check(database, kept)
    return collections.Counter(
        hit=any(client.in_flight for client in clients),
        in_flight=sum(client.in_flight for client in clients),
        done=sum(was_done for _, was_done in settled),
        resumed=len(events - before))


def make_endpoint(database, port):
    sandbox = Sandbox(database)
    try:
        status, reply, _ = sandbox.call("POST", "/webhooks/endpoints", {
            "url": f"http://127.0.0.1:{port}/hook",
            "enabled_events": ["session.created", "session.link_generated"]})
        assert status == 201, reply
        return reply["id"]
    finally:
        sandbox.kill()


def main():
    print(f"1..1\n# seed {SEED}, {ROUNDS} rounds", flush=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "sandbox.db")
        endpoint = make_endpoint(database, server.server_port)
        kept = {"sessions": {}, "links": {}}
        sums = collections.Counter()
        for number in range(ROUNDS):
            sums.update(play(database, number, endpoint, kept))
        print(f"# {sums['hit']} of {ROUNDS} rounds hit {sums['in_flight']} requests in flight,"
              f" {sums['done']} of them done and not answered; {len(kept['sessions'])} sessions,"
              f" {len(kept['links'])} links, {len(Receiver.told)} events, {sums['resumed']} of them"
              " after a restart: none lost, none twice")
        # At least half of the rounds must have been worth something.
        assert sums["hit"] * 2 >= ROUNDS, sums
        # A few rounds on a slow machine may all end before anything is delivered.
        assert ROUNDS < 100 or sums["resumed"] < len(Receiver.told), "nothing is delivered early"
        assert len(Receiver.told) == len(Receiver.events()), "an event came under two keys"
    print("ok 1 - /sandbox/kill-9")


if __name__ == "__main__":
    main()
