#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program verifa-sandbox as a person meets it: its options, its ready line, the tutorial by hand.

Usage: cli.py PATH-TO-verifa-sandbox. Prints TAP.
"""

import concurrent.futures
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback

PROGRAM = sys.argv[1]
DEADLINE_S = 60


class Sandbox:
    """A running program; ends with the `with`."""

    def __init__(self, *options, database=":memory:"):
        self.process = subprocess.Popen(
            [PROGRAM, "--database", database, *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        self.ready = json.loads(line)
        self.port = int(self.ready["api_url"].rsplit(":", 1)[1])
        self.key = self.ready["sandbox_key"]
        self.live = self.ready["live_key"]

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def call(self, method, path, body=None, key=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if key != "":
            headers["X-API-Key"] = key or self.key
        text = None
        if body is not None:
            text = json.dumps(body)
            headers["Content-Type"] = "application/json"
        if not path.startswith("/_sandbox/"):
            path = "/api/v1" + path
        connection.request(method, path, body=text, headers=headers)
        reply = connection.getresponse()
        content = reply.read()
        self.headers = reply.headers
        connection.close()
        return reply.status, json.loads(content) if content else None

    def create(self, body=None):
        status, session = self.call("POST", "/sessions", body or {})
        assert status == 201, session
        return session

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=DEADLINE_S)
        return self.process.returncode, errors


def wait_for(what):
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        value = what()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("it never happened")


def refused(*options, database=":memory:"):
    """One sentence on stderr, nothing on stdout, status 2."""
    done = subprocess.run([PROGRAM, "--database", database, *options], capture_output=True,
                          text=True, timeout=DEADLINE_S)
    assert done.returncode == 2, (options, done)
    assert done.stdout == "", done.stdout
    assert done.stderr.startswith("verifa-sandbox: "), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_ready_line(_):
    with Sandbox() as sandbox:
        assert sorted(sandbox.ready) == [
            "api_url", "capture_url", "database", "live_key", "sandbox_key"], sandbox.ready
        assert sandbox.ready["capture_url"] == sandbox.ready["api_url"] + "/verify"
        assert sandbox.key.startswith("vk_sandbox_") and len(sandbox.key) == 11 + 32
        assert sandbox.live.startswith("vk_live_") and len(sandbox.live) == 8 + 32
        assert sandbox.ready["database"] == ":memory:"


def test_tutorial(_):
    with Sandbox() as sandbox:
        session = sandbox.create({"external_ref": "tutorial_user_1"})
        path = "/sessions/" + session["id"]
        assert session["status"] == "pending" and session["is_sandbox"] is True
        assert session["external_ref"] == "tutorial_user_1"
        assert session["capture_url"].startswith(sandbox.ready["capture_url"] + "/tok_")
        assert session["qr_code_data_url"].startswith("data:image/png;base64,")
        assert sandbox.call("GET", path)[1]["status"] == "pending"
        assert sandbox.call("GET", path + "/result") == (404, {
            "error": "not_found", "detail": "No result yet.", "status_code": 404})
        status, answer = sandbox.call("POST", path + "/simulate", {"action": "approve"})
        assert (status, answer["status"], answer["simulated"]) == (200, "completed", True)
        assert sandbox.call("GET", path)[1]["status"] == "completed"
        status, result = sandbox.call("GET", path + "/result")
        assert status == 200 and result["status"] == "approved", result
        assert result["extracted_data"]["first_name"] == "Jane"


def test_four_actions(_):
    wanted = {"approve": ("completed", "approved"), "decline": ("completed", "rejected"),
              "require-review": ("under_review", "needs_review"), "expire": ("expired", None)}
    with Sandbox() as sandbox:
        for action, (status, result) in wanted.items():
            path = "/sessions/" + sandbox.create()["id"]
            assert sandbox.call("POST", path + "/simulate", {"action": action})[0] == 200
            assert sandbox.call("GET", path)[1]["status"] == status
            code, body = sandbox.call("GET", path + "/result")
            assert (code, body.get("status")) == ((200, result) if result else (404, None)), body


def test_refusals(_):
    with Sandbox() as sandbox:
        path = "/sessions/" + sandbox.create()["id"]
        assert sandbox.call("GET", path, key="")[0] == 401
        assert sandbox.call("GET", path, key="vk_sandbox_wrong")[0] == 401
        status, body = sandbox.call(
            "POST", path + "/simulate", {"action": "approve"}, key=sandbox.live)
        assert (status, body["error"]) == (403, "forbidden"), body
        assert sandbox.call("GET", path, key=sandbox.live)[0] == 404
        status, body = sandbox.call("POST", "/sessions", {"country": "Germany"})
        assert status == 422 and body["errors"][0]["field"] == "country", body
        assert sandbox.call("POST", path + "/nonsense")[0] == 404
        assert sandbox.call("DELETE", path)[0] == 405


def test_replay(_):
    with Sandbox() as sandbox:
        key = {"Idempotency_Key": "one"}
        first = sandbox.call("POST", "/sessions", {"external_ref": "a"}, **key)
        again = sandbox.call("POST", "/sessions", {"external_ref": "a"}, **key)
        assert first == again and sandbox.headers["Idempotency-Replayed"] == "true"
        status, body = sandbox.call("POST", "/sessions", {"external_ref": "b"}, **key)
        assert (status, body["error"]) == (422, "idempotency_mismatch"), body
        assert sandbox.call("GET", "/sessions")[1]["pagination"]["total"] == 1


def test_expiry(_):
    with Sandbox("--time-scale", "600") as sandbox:
        path = "/sessions/" + sandbox.create()["id"]
        assert "scale=600" in sandbox.headers["X-Sandbox-Time"]
        wait_for(lambda: sandbox.call("GET", path)[1]["status"] == "expired")
        status, resumed = sandbox.call("POST", path + "/resume")
        assert (status, resumed["status"]) == (200, "pending"), resumed


def test_survives_kill(folder):
    database = os.path.join(folder, "new", "sandbox.db")
    ids = []
    for _ in range(3):
        with Sandbox(database=database) as sandbox:
            listed = sandbox.call("GET", "/sessions")[1]["data"]
            assert [one["id"] for one in listed] == ids[::-1], listed
            ids.append(sandbox.create()["id"])
            key = sandbox.key
            sandbox.process.kill()
    with Sandbox(database=database) as sandbox:
        assert sandbox.key == key
        assert sandbox.call("GET", "/sessions")[1]["pagination"]["total"] == 3
    assert os.stat(database).st_mode & 0o777 == 0o600
    assert os.stat(os.path.dirname(database)).st_mode & 0o777 == 0o700


def in_parallel(number, work):
    """Does it so many times at once; the results in any order."""
    with concurrent.futures.ThreadPoolExecutor(number) as pool:
        return list(pool.map(work, range(number)))


def test_many_at_once(_):
    """More clients than it serves at a time: each is answered, none is turned away."""
    with Sandbox("--plan", "enterprise") as sandbox:
        made = in_parallel(200, lambda n: sandbox.create({"external_ref": "guest-%d" % n})["id"])
        assert len(set(made)) == 200, len(set(made))
        _, page = sandbox.call("GET", "/sessions?limit=1")
        assert page["pagination"]["total"] == 200, page["pagination"]


def test_survives_kill_at_work(folder):
    """What was answered before the end is there afterwards, whatever else was under way."""
    database = os.path.join(folder, "a.db")
    made = []

    def make(_):
        try:
            while len(made) < 250:
                made.append(sandbox.create()["id"])
                if len(made) == 100:
                    sandbox.process.kill()
        except (OSError, http.client.HTTPException):
            pass

    with Sandbox("--plan", "enterprise", database=database) as sandbox:
        in_parallel(8, make)
    with Sandbox(database=database) as sandbox:
        assert 100 <= len(made) < 250, len(made)
        for session in made:
            assert sandbox.call("GET", "/sessions/" + session)[0] == 200, session


def test_unreadable(_):
    """What is no request at all is refused in the words of every other refusal."""
    with Sandbox() as sandbox:
        for head in (b"nonsense", b"GET /api/v1/sessions?q=% HTTP/1.1\r\nHost: localhost",
                     b"GET /api/v1/sessions HTTP/1.1"):
            with socket.create_connection(("127.0.0.1", sandbox.port), timeout=DEADLINE_S) as client:
                client.sendall(head + b"\r\n\r\n")
                reply = client.makefile("rb").read()
            top, body = reply.split(b"\r\n\r\n", 1)
            assert b" 400 " in top.splitlines()[0], reply
            assert b"X-Sandbox-Time: " in top, reply
            assert json.loads(body)["error"] == "bad_request", reply
        with socket.create_connection(("127.0.0.1", sandbox.port), timeout=DEADLINE_S) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: guest.example\r\n\r\n")
            assert b"421 Misdirected Request" in client.makefile("rb").readline()


def test_stops(folder):
    for number in (signal.SIGTERM, signal.SIGINT):
        database = os.path.join(folder, "%d.db" % number)
        with Sandbox(database=database) as sandbox:
            sandbox.create()
            status, errors = sandbox.stop(number)
            assert status == 0, errors
            assert sandbox.key not in errors and sandbox.live not in errors
        wal = database + "-wal"
        assert not os.path.exists(wal) or os.path.getsize(wal) == 0


def test_finishes_requests(_):
    """A request that has begun when the signal comes is answered."""
    with Sandbox() as sandbox:
        connection = socket.create_connection(("127.0.0.1", sandbox.port), timeout=DEADLINE_S)
        connection.sendall(
            ("POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\n"
             "Content-Type: application/json\r\nContent-Length: 2\r\n"
             "Expect: 100-continue\r\n\r\n" % sandbox.key).encode())
        replies = connection.makefile("rb")
        assert replies.readline().startswith(b"HTTP/1.1 100")
        while replies.readline() != b"\r\n":
            pass
        sandbox.process.send_signal(signal.SIGTERM)

        def closed():
            try:
                socket.create_connection(("127.0.0.1", sandbox.port), timeout=1).close()
                return False
            except OSError:
                return True
        wait_for(closed)
        connection.sendall(b"{}")
        answer = replies.readline()
        assert answer.startswith(b"HTTP/1.1 201"), answer
        replies.close()
        connection.close()
        sandbox.process.communicate(timeout=DEADLINE_S)
        assert sandbox.process.returncode == 0


def test_options(_):
    with Sandbox("--sandbox-key", "vk_sandbox_mine", "--live-key", "vk_live_mine",
                 "--public-url", "https://desk.example:8443/", "--plan", "free") as sandbox:
        assert (sandbox.key, sandbox.live) == ("vk_sandbox_mine", "vk_live_mine")
        assert sandbox.ready["api_url"].startswith("http://127.0.0.1:")
        assert sandbox.ready["capture_url"] == "https://desk.example:8443/verify"
        session = sandbox.create()
        assert session["capture_url"].startswith("https://desk.example:8443/verify/tok_")
        assert sandbox.headers["X-RateLimit-Limit"] == "300"


def test_seed(_):
    with Sandbox("--seed", "500") as sandbox:
        page = sandbox.call("GET", "/sessions?limit=100")[1]
        assert page["pagination"]["total"] == 500
        assert sandbox.call("GET", "/sessions?external_ref=BK-20411")[1]["pagination"]["total"] == 1
        assert page["data"][0]["metadata"]["applicant_name"]
        times = [one["created_at"] for one in page["data"]]
        assert times == sorted(times, reverse=True)


def test_bad_options(_):
    refused("--nonsense")
    refused("stray")
    refused("--port", "70000")
    refused("--port", "x")
    refused("--plan", "gold")
    refused("--time-scale", "0")
    refused("--time-scale", "-1")
    refused("--seed", "-5")
    refused("--listen", "0.0.0.0")
    refused("--listen", "nowhere")
    refused("--public-url", "ftp://x")
    refused("--public-url", "https://x/path")
    refused("--sandbox-key", "vk_live_wrong")
    refused("--live-key", "x")


def test_lan(_):
    """Phones see the pages of sandbox sessions, and nothing else."""
    refused("--lan=0")
    refused("--lan=soon")
    try:
        sandbox = Sandbox("--lan=1")
    except AssertionError as error:
        assert "no network" in str(error), error
        return
    with sandbox:
        session = sandbox.create()
        live = sandbox.call("POST", "/sessions", {}, key=sandbox.live)[1]
        assert session["capture_url"].startswith(sandbox.ready["capture_url"] + "/tok_")
        host = sandbox.ready["capture_url"].split("/")[2]
        assert not host.startswith("127."), host

        def status(path):
            connection = http.client.HTTPConnection(host, timeout=DEADLINE_S)
            connection.request("GET", path, headers={
                "Accept": "application/json", "X-API-Key": sandbox.key})
            reply = connection.getresponse()
            reply.read()
            connection.close()
            return reply.status
        assert status("/api/v1/sessions") == 404
        assert status("/verify/" + session["capture_url"].rsplit("/", 1)[1]) == 200
        assert status("/verify/" + live["capture_url"].rsplit("/", 1)[1]) == 404
        code, errors = sandbox.stop()
        assert code == 0 and "Warning: for 1 minutes" in errors, errors


def test_lan_switch(_):
    """Phones are let in and out while it runs; only capture URLs of sandbox sessions follow."""
    def base(url):
        return "/".join(url.split("/")[:3])

    with Sandbox() as sandbox:
        home = sandbox.ready["api_url"]
        session = sandbox.create()
        live = sandbox.call("POST", "/sessions", {}, key=sandbox.live)[1]

        def urls():
            return [base(sandbox.call("GET", "/sessions/" + one["id"], key=key)[1]["capture_url"])
                    for one, key in ((session, sandbox.key), (live, sandbox.live))]

        def tool(method, body=None):
            return sandbox.call(method, "/_sandbox/lan", body)
        closed = {"open": False, "url": None, "ends_at": None}
        assert tool("GET") == (200, closed)
        assert tool("POST", {"minutes": 1441})[0] == 422
        status, lan = tool("POST", {})
        if status == 409:
            assert "no network" in lan["detail"] and urls() == [home, home], lan
            return
        assert (status, lan["open"]) == (200, True) and lan["url"] != home, lan
        assert urls() == [lan["url"], home]
        assert tool("POST", {"minutes": 1})[1]["ends_at"] < lan["ends_at"]
        host = lan["url"].split("/")[2]
        connection = http.client.HTTPConnection(host, timeout=DEADLINE_S)
        connection.request("GET", "/verify/" + session["capture_url"].rsplit("/", 1)[1])
        assert connection.getresponse().status == 200
        connection.close()
        assert tool("DELETE") == (200, closed) and tool("DELETE") == (200, closed)
        assert urls() == [home, home]
        try:
            http.client.HTTPConnection(host, timeout=DEADLINE_S).connect()
        except ConnectionRefusedError:
            return
        raise AssertionError("phones still get in")


def test_port_in_use(_):
    with Sandbox() as sandbox:
        assert str(sandbox.port) in refused("--port", str(sandbox.port))


def test_bad_databases(folder):
    database = os.path.join(folder, "a.db")
    with Sandbox(database=database):
        refused(database=database)
    refused(database=os.path.join("/proc", "no", "a.db"))
    refused(database=folder)
    with sqlite3.connect(os.path.join(folder, "newer.db")) as newer:
        newer.execute("PRAGMA user_version = 999")
    newer.close()
    refused(database=os.path.join(folder, "newer.db"))
    with open(os.path.join(folder, "text.db"), "w", encoding="utf-8") as file:
        file.write("This is no database. " * 100)
    refused(database=os.path.join(folder, "text.db"))


def test_one_process(folder):
    """The second is told which file, and what can be done; the first goes on."""
    database = os.path.join(folder, "desk.db")
    with Sandbox(database=database) as first:
        sentence = refused(database=database)
        assert database in sentence and "used by another process" in sentence, sentence
        assert "end that one, or use another database" in sentence, sentence
        first.create()
        first.process.kill()
        first.process.wait()
        # What was killed holds nothing.
        with Sandbox(database=database) as second:
            assert second.call("GET", "/sessions")[1]["pagination"]["total"] == 1


TESTS = [test_ready_line, test_tutorial, test_four_actions, test_refusals, test_replay, test_expiry,
         test_survives_kill,
         test_many_at_once, test_survives_kill_at_work, test_unreadable, test_stops, test_finishes_requests, test_options, test_seed,
         test_bad_options, test_lan, test_lan_switch, test_port_in_use, test_bad_databases,
         test_one_process]


def main():
    failed = 0
    print("1..%d" % len(TESTS), flush=True)
    for number, test in enumerate(TESTS, 1):
        try:
            with tempfile.TemporaryDirectory() as folder:
                test(folder)
            print("ok %d %s" % (number, test.__name__), flush=True)
        except Exception:  # any failure is a failed test
            failed += 1
            for line in traceback.format_exc().splitlines():
                print("# " + line)
            print("not ok %d %s" % (number, test.__name__), flush=True)
    return 1 if failed else 0


sys.exit(main())
