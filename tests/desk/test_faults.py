#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad servers and networks, in the real window: what it says, what its button does, what is kept.

Each row of the tables is one test. Messages are read through the accessibility tree.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["VRF_SOURCE_ROOT"], "tests", "support"))
from desk import Desk, Sandbox, run, text_of, wait  # noqa: E402
from faults import FaultProxy  # noqa: E402

CREATE = r"^POST /api/v1/sessions$"
TYPED = {
    "External Reference": "BK-20471",
    "Applicant Name": "Robin Example",
    "Applicant Email": "robin@example.com",
}

# While creating: fault, message shown, button, whether the button's second try creates it.
CREATE_FAULTS = [
    ("unreachable", r"could not be reached|cannot be reached", "Try Again", True),
    ("drop", r"could not be reached|broke off|cannot be reached", "Try Again", True),
    ("drop-after", r"could not be reached|broke off|cannot be reached", "Try Again", True),
    ("wrong-key", r"refused the key", "Try Again", True),
    ("expired-key", r"refused the key", "Try Again", True),
    ("forbidden", r"may not|not allowed", "Try Again", True),
    ("html-200", r"web page", "Try Again", True),
    ("html-502", r"trouble|502", "Try Again", True),
    ("server-error", r"trouble|500", "Try Again", True),
    ("truncated", r"cut short|broke off|could not be read|could not be reached", "Try Again", True),
    ("broken-json", r"could not be read|cannot be read|not understood", "Try Again", True),
    ("ten-megabytes", r"too large|too long", "Try Again", True),
    ("deep", r"could not be read|cannot be read|not understood", "Try Again", True),
    ("missing-members", r"could not be read|cannot be read|not understood", "Try Again", True),
    ("redirect", r"redirect|another address", "Try Again", True),
]

# At the start, with nothing known yet: fault, message shown, button, what is seen once it is pressed
# and the server is well again.
START_FAULTS = [
    ("unreachable", r"Cannot Reach Verifa", "Try Now"),
    ("wrong-key", r"refused the key", "Preferences"),
    ("expired-key", r"refused the key", "Preferences"),
    ("html-200", r"web page", "Try Now"),
    ("html-502", r"Cannot Reach Verifa|trouble", "Try Now"),
    ("truncated", r"Cannot Reach Verifa|could not be read", "Try Now"),
    ("ten-megabytes", r"too large|too long", "Try Now"),
    ("deep", r"could not be read|cannot be read|not understood", "Try Now"),
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


def create_fault(fault, message, button, heals):
    def test():
        with Sandbox() as sandbox, FaultProxy(sandbox.url) as proxy, \
                Desk(environment=sandbox.environment(url=proxy.url)) as desk:
            desk.find_name("^No Verifications Yet$|^Connected$", 20)
            fill(desk)
            if fault == "unreachable":
                proxy.unreachable()
            else:
                proxy.spoil(fault, CREATE)
            desk.press("Create Verification")
            desk.find_name(message, 45)
            still_filled(desk)
            assert desk.alive()
            proxy.heal()
            if heals:
                desk.press(button)
                desk.find_name("^QR code for BK-20471$", 30)
            keys = {headers.get("Idempotency-Key") for _, _, headers, _ in proxy.creates()}
            assert len(keys) == 1 and None not in keys, "idempotency keys sent: %s" % keys
    return ("creating: %s" % fault, test)


def start_fault(fault, message, button):
    def test():
        with Sandbox() as sandbox, FaultProxy(sandbox.url) as proxy:
            if fault == "unreachable":
                proxy.unreachable()
            else:
                proxy.spoil(fault)
            with Desk(environment=sandbox.environment(url=proxy.url)) as desk:
                desk.find_name(message, 45)
                assert not desk.sees("^Connected$"), "shown as connected without a round trip"
                desk.find_button(button)
                proxy.heal()
                if button == "Try Now":
                    desk.press("Try Now")
                    desk.find_name("^No Verifications Yet$", 30)
                assert desk.alive()
    return ("starting: %s" % fault, test)


def unknown_enum():
    """A status from a newer API is shown as it was written."""
    with Sandbox() as sandbox, FaultProxy(sandbox.url) as proxy, \
            Desk(environment=sandbox.environment(url=proxy.url)) as desk:
        desk.find_name("^No Verifications Yet$", 20)
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
        desk.find_name("^No Verifications Yet$", 20)
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
