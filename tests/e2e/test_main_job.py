#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job: a real window, a QR code that zbarimg reads from a screenshot, a browser as the phone."""

import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.environ["VRF_SOURCE_ROOT"], "tests", "support"))
from desk import Desk, Phone, Sandbox, run, text_of, wait  # noqa: E402

MAIN_WINDOW = "Verifa Desk"
# The result has to be on the desk this long after the applicant's choice was answered.
SHOWN_WITHIN_S = 2.0


def create(desk, reference):
    """Ctrl+N, the reference, Enter: gives the URL read from the screen."""
    desk.focus(MAIN_WINDOW)
    desk.key("ctrl+n")
    desk.entry("External Reference")
    desk.focus("New Verification")
    desk.key("ctrl+a")
    desk.type(reference)
    wait("the reference to be typed",
         lambda: text_of(desk.entry("External Reference")) == reference, 5)
    desk.key("Return")
    desk.find_name("^QR code for %s$" % re.escape(reference))
    desk.focus("Verification Created")
    return desk.decode_qr()


def walk_phone(url, outcome):
    phone = Phone(url, "--outcome", outcome)
    report = phone.report()
    assert report["ok"], report
    return phone, report


def shown_in_time(desk, report, pattern):
    """The word is on the screen in time, counted from the answer that the phone got."""
    desk.find_name(pattern, 10, within="^Verification ")
    late = time.time() - report["finished_at_ms"] / 1000.0
    print("# %s shown %.2f s after the choice" % (pattern, late))
    assert late <= SHOWN_WITHIN_S, "shown only after %.2f s" % late


def check_session_page(desk, words):
    desk.press("View Session")
    desk.find_name("^Session Details$")
    for word in words:
        desk.find_name(word)


def approved():
    with Desk("--sandbox") as desk:
        url = create(desk, "BK-20417")
        assert re.match(r"^http://127\.0\.0\.1:\d+/verify/tok_[A-Za-z0-9_-]{43}$", url), url
        phone, report = walk_phone(url, "approve")
        shown_in_time(desk, report, "^Approved$")
        assert not desk.sees_qr(), "the QR code of a used link is still on the screen"
        phone.close()
        check_session_page(desk, ["Face match", r"0\.95", "Document Scan", "Facial Recognition",
                                  "Age Verification"])
        assert desk.alive()


def rejected():
    with Desk("--sandbox") as desk:
        url = create(desk, "BK-20418")
        phone, report = walk_phone(url, "reject")
        shown_in_time(desk, report, "^Rejected$")
        phone.close()
        check_session_page(desk, ["Face match", r"0\.21", "Facial Recognition"])
        # What is said to the guest never names a reason.
        said = [n for n in desk.all_names() if "Say to the guest" in n]
        assert said and not any("face" in n.lower() for n in said), said


def needs_review():
    with Desk("--sandbox") as desk:
        url = create(desk, "BK-20419")
        phone, report = walk_phone(url, "needs_review")
        shown_in_time(desk, report, "Needs Review|Under Review")
        phone.close()
        check_session_page(desk, ["Under Review", "Needs Review", r"0\.62"])


def expired_then_new_link():
    # 20 minutes of the server's clock pass in 10 s.
    with Sandbox("--time-scale", "120") as sandbox, \
            Desk(environment=sandbox.environment()) as desk:
        first = create(desk, "BK-20420")
        desk.find_window("^Verification Expired$", 30)
        assert not desk.sees_qr(), "the QR code of a dead link is still on the screen"
        desk.press("New Link")
        desk.find_window("^Verification Created$")
        second = desk.decode_qr()
        assert second != first, "the new link is the old one"


if __name__ == "__main__":
    run([
        ("a guest is approved and the desk sees it within 2 s", approved),
        ("a guest is rejected", rejected),
        ("a guest needs review", needs_review),
        ("a link expires and New Link shows a fresh code", expired_then_new_link),
    ])
