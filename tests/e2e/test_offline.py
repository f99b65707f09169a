#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk remembers, in a real window: rows before any answer, offline too, with their age; search in all of it."""

import os
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["VRF_SOURCE_ROOT"], "tests", "support"))
from desk import Desk, Sandbox, name_of, role_of, run, wait  # noqa: E402

SESSIONS = 400


def rows(desk):
    return [name_of(n).split(",")[0] for n in desk.nodes("^Verifa Desk$")
            if role_of(n) == "table row" and "," in name_of(n)]


def index_of(home):
    found = list(pathlib.Path(home).rglob("index.db"))
    assert len(found) == 1, found
    return found[0]


def quit_desk(desk):
    desk.focus("^Verifa Desk$")
    desk.key("ctrl+q")
    desk.process.wait(15)


def load_everything(sandbox, home):
    """A desk that has read the whole list once and was closed."""
    with Desk(environment=sandbox.environment(), home=home) as desk:
        desk.find_name("^Connected$")
        desk.focus("^Verifa Desk$")
        desk.key("ctrl+7")
        desk.find_name("^All, %d$" % SESSIONS, timeout=60)
        wait("rows", lambda: len(rows(desk)) >= 30)
        newest = rows(desk)[:10]
        quit_desk(desk)
    return newest


def offline_start():
    """No server at all: the list stands there, says how old it is, and finds the oldest session."""
    home = tempfile.mkdtemp(prefix="verifa-desk-test.")
    try:
        with Sandbox("--seed", str(SESSIONS)) as sandbox:
            newest = load_everything(sandbox, home)
            environment = sandbox.environment()
            oldest = sandbox.call("GET", f"/sessions?limit=1&offset={SESSIONS - 1}")["data"][0]
        with Desk(environment=environment, home=home) as desk:
            wait("the rows of before", lambda: rows(desk)[:10] == newest)
            desk.find_name(r"^Offline\. This is from ")
            desk.find_name("^All, %d$" % SESSIONS)
            assert not desk.sees("^Connected$")
            # It is far below what was recalled.
            assert oldest["external_ref"] not in rows(desk)
            desk.focus("^Verifa Desk$")
            desk.key("ctrl+f")
            desk.type(oldest["external_ref"])
            wait("the oldest one", lambda: oldest["external_ref"] in rows(desk))
            quit_desk(desk)
            assert "CRITICAL" not in desk.read_log(), desk.read_log()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def nothing_personal():
    """The file has references and states, and no name, however long one looks."""
    home = tempfile.mkdtemp(prefix="verifa-desk-test.")
    try:
        with Sandbox() as sandbox:
            sandbox.call("POST", "/sessions", {"external_ref": "room-7-marker", "metadata": {
                "applicant_name": "Nora Marker", "note": "metamarker"}})
            with Desk(environment=sandbox.environment(), home=home) as desk:
                desk.find_name("^Connected$")
                wait("the row", lambda: "room-7-marker" in rows(desk))
                desk.find_name("^Nora Marker$")
                quit_desk(desk)
        index = index_of(home)
        assert index.stat().st_mode & 0o777 == 0o600 and index.parent.stat().st_mode & 0o777 == 0o700
        files = b"".join(path.read_bytes() for path in index.parent.iterdir())
        assert b"room-7-marker" in files
        for secret in (b"Nora", b"metamarker", b"/verify/", b"tok_"):
            assert secret not in files, secret
    finally:
        shutil.rmtree(home, ignore_errors=True)


def server_forgets():
    """What the server does not have any more goes from the list and from the disk."""
    home = tempfile.mkdtemp(prefix="verifa-desk-test.")
    try:
        with Sandbox() as sandbox:
            sandbox.call("POST", "/sessions", {"external_ref": "gone-marker"})
            environment = sandbox.environment()
            port = environment["VERIFA_API_URL"].rsplit(":", 1)[1]
            with Desk(environment=environment, home=home) as desk:
                wait("the row", lambda: "gone-marker" in rows(desk))
                quit_desk(desk)
        key = environment["VERIFA_API_KEY"]
        with Sandbox("--port", port, "--sandbox-key", key) as sandbox:
            sandbox.call("POST", "/sessions", {"external_ref": "new-marker"})
            with Desk(environment=environment, home=home) as desk:
                desk.find_name("^Connected$")
                wait("the list of today", lambda: rows(desk) == ["new-marker"])
                quit_desk(desk)
        index = index_of(home)
        files = b"".join(path.read_bytes() for path in index.parent.iterdir())
        assert b"new-marker" in files and b"gone-marker" not in files
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    run([
        ("offline, the list stands there with its age, and is searched", offline_start),
        ("the index has nothing personal", nothing_personal),
        ("what the server has deleted is forgotten", server_forgets),
    ])
