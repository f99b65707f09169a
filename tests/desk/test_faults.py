#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad servers and networks, in the real window: what it says, what its button does, what is kept.

Each row of the tables is one test. Messages are read through the accessibility tree.
"""

import http.client
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["VRF_SOURCE_ROOT"], "tests", "support"))
from desk import Desk, NotSeen, Sandbox, run, text_of, wait  # noqa: E402
from faults import FaultProxy  # noqa: E402

CREATE = r"^POST /api/v1/sessions$"
TYPED = {
    "External Reference": "BK-20471",
    "Applicant Name": "Robin Example",
    "Applicant Email": "robin@example.com",
}

UNREACHABLE = r"^The Server Cannot Be Reached$"
UNREADABLE = r"^The Answer Could Not Be Read$"
TROUBLE = r"^The Server Has Trouble$"
REFUSED = r"^The API Key Is Not Accepted$"

# While creating: fault, message shown, what to do, the button that tries again.
CREATE_FAULTS = [
    ("unreachable", UNREACHABLE, r"Check the network", "Try Again"),
    ("drop", UNREACHABLE, r"Check the network", "Try Again"),
    ("drop-after", UNREACHABLE, r"Check the network", "Try Again"),
    ("html-200", UNREADABLE, r"check the address", "Try Again"),
    ("html-502", TROUBLE, r"Wait a moment", "Try Again"),
    ("server-error", TROUBLE, r"Wait a moment", "Try Again"),
    ("truncated", UNREADABLE, r"never create a second", "Try Again"),
    ("broken-json", UNREADABLE, r"never create a second", "Try Again"),
    ("ten-megabytes", r"^The Answer Was Too Large to Read$", r"never create a second", "Try Again"),
    ("deep", UNREADABLE, r"never create a second", "Try Again"),
    ("missing-members", UNREADABLE, r"never create a second", "Try Again"),
    ("redirect", r"^Something Else Answered", r"Sign in to the network", "Try Again"),
    # A final answer: the next try is a new request with a key of its own.
    ("wrong-key", REFUSED, r"Nothing was created", "Create Verification"),
    ("expired-key", REFUSED, r"Nothing was created", "Create Verification"),
    ("forbidden", r"^The API Key May Not Create", r"needs the scope sessions:create",
     "Create Verification"),
]

CANNOT_REACH = r"^Cannot Reach Verifa$"
NOT_ACCEPTED = r"^Key Not Accepted$"

# At the start, with nothing known yet: fault, message shown, what to do, button.
START_FAULTS = [
    ("unreachable", CANNOT_REACH, r"Check the network", "Try Now"),
    ("drop", CANNOT_REACH, r"Check the network", "Try Now"),
    ("html-200", CANNOT_REACH, r"Check the address in Preferences", "Try Now"),
    ("html-502", CANNOT_REACH, r"problem of its own", "Try Now"),
    ("truncated", CANNOT_REACH, r"Check the address in Preferences", "Try Now"),
    ("ten-megabytes", CANNOT_REACH, r"Check the address in Preferences", "Try Now"),
    ("deep", CANNOT_REACH, r"Check the address in Preferences", "Try Now"),
    ("redirect", CANNOT_REACH, r"sign-in page", "Try Now"),
    ("wrong-key", NOT_ACCEPTED, r"Enter a valid key in Preferences", "Preferences"),
    ("expired-key", NOT_ACCEPTED, r"Enter a valid key in Preferences", "Preferences"),
    ("forbidden", NOT_ACCEPTED, r"sessions:read", "Preferences"),
]


def fill(desk):
    desk.focus("Verifa Desk")
    desk.key("ctrl+n")
    for title, value in TYPED.items():
        desk.set_text(title, value)


def still_filled(desk):
    for title, value in TYPED.items():
        held = text_of(desk.entry(title))
        assert held == value, "%s holds %r" % (title, held)


def create_fault(fault, message, advice, button):
    def test():
        with Sandbox() as sandbox, FaultProxy(sandbox.url) as proxy, \
                Desk(environment=sandbox.environment(url=proxy.url)) as desk:
            desk.find_name("^Connected$", 20)
            fill(desk)
            if fault == "unreachable":
                proxy.unreachable()
            else:
                proxy.spoil(fault, CREATE)
            desk.press("Create Verification")
            desk.find_name(message, 45, within="^New Verification$")
            assert desk.sees(advice, within="^New Verification$"), "nothing says what to do"
            still_filled(desk)
            assert not desk.sees_qr()
            proxy.heal()
            desk.press(button)
            desk.find_name("^QR code for BK-20471$", 30)
            check_keys(proxy, button)
            assert desk.alive()
    return ("creating: %s" % fault, test)


def check_keys(proxy, button):
    """One idempotency key until a final answer, so that no retry creates a second session."""
    keys = [headers.get("Idempotency-Key") for _, _, headers, _ in proxy.creates()]
    assert keys and None not in keys, keys
    wanted = 1 if button == "Try Again" else 2
    assert len(set(keys)) == wanted, "idempotency keys sent: %s" % keys
    listed = http.client.HTTPConnection(proxy.upstream, timeout=10)
    listed.request("GET", "/api/v1/sessions", headers={"X-API-Key": proxy.requests[0][2]["X-API-Key"]})
    total = json.loads(listed.getresponse().read())["pagination"]["total"]
    listed.close()
    assert total == 1, "%d sessions were created" % total


def try_now(desk, proxy):
    """Presses while the server still fails, and again once it works; by then the desk may have
    come back by itself, and the button be gone."""
    asked = len(proxy.requests)
    desk.press("Try Now")
    if proxy.is_reachable():
        wait("another request", lambda: len(proxy.requests) > asked)
    proxy.heal()
    try:
        desk.press("Try Now", 1)
    except NotSeen:
        desk.find_name("^Connected$")


def start_fault(fault, message, advice, button):
    def test():
        with Sandbox() as sandbox, FaultProxy(sandbox.url) as proxy:
            if fault == "unreachable":
                proxy.unreachable()
            else:
                proxy.spoil(fault)
            with Desk(environment=sandbox.environment(url=proxy.url)) as desk:
                desk.find_name(message, 45)
                assert desk.sees(advice), "nothing says what to do"
                assert not desk.sees("^Connected$"), "shown as connected without a round trip"
                desk.find_button(button)
                if button == "Try Now":
                    try_now(desk, proxy)
                    desk.find_name("^Connected$", 30)
                    desk.find_name("^No Verifications Yet$", 30)
                else:
                    proxy.heal()
                    desk.press("Preferences")
                    desk.find_window("^Preferences$")
                assert desk.alive()
    return ("starting: %s" % fault, test)


def unknown_enum():
    """A status from a newer API is shown as it was written."""
    with Sandbox() as sandbox, FaultProxy(sandbox.url) as proxy, \
            Desk(environment=sandbox.environment(url=proxy.url)) as desk:
        desk.find_name("^Connected$", 20)
        fill(desk)
        proxy.spoil("unknown-enum", r"sessions(/session_[0-9a-f]+)?$")
        desk.press("Create Verification")
        desk.find_name("quantum_pending", 20)
        assert desk.alive()


def clock_off():
    """A computer whose clock is wrong is told so; the countdown follows the server."""
    with Sandbox() as sandbox, FaultProxy(sandbox.url) as proxy:
        proxy.spoil("clock-off")
        with Desk(environment=sandbox.environment(url=proxy.url)) as desk:
            desk.find_name("clock", 20)
            assert desk.alive()


def wait_and_come_back():
    """A server that goes away while rows are shown: they stay, the bar says so, it heals by itself."""
    with Sandbox() as sandbox, FaultProxy(sandbox.url) as proxy, \
            Desk(environment=sandbox.environment(url=proxy.url)) as desk:
        desk.find_name("^Connected$", 20)
        fill(desk)
        desk.press("Create Verification")
        desk.find_name("^QR code for BK-20471$", 20)
        proxy.unreachable()
        wait("the window to say that it is offline", lambda: desk.sees("Offline"), 30)
        proxy.heal()
        wait("the window to be connected again", lambda: desk.sees("^Connected$"), 60)


if __name__ == "__main__":
    run([start_fault(*row) for row in START_FAULTS]
        + [create_fault(*row) for row in CREATE_FAULTS]
        + [("an unknown status keeps its word", unknown_enum),
           ("a wrong clock is named", clock_off),
           ("offline and back", wait_and_come_back)])
