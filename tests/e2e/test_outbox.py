#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's outbox in a real window: what an invitation says, and the link in it."""

import json
import os
import re
import socket
import sys
import urllib.request

import pyatspi

sys.path.insert(0, os.path.join(os.environ["VRF_SOURCE_ROOT"], "tests", "support"))
from desk import BUTTON, Desk, Sandbox, is_sensitive, name_of, role_of, run, text_of, wait  # noqa: E402
from faults import FaultProxy  # noqa: E402

MAIN = "^Verifa Desk$"
NEW = "^New Verification$"
CREATED = "^Verification Created$"
OUTBOX = "^Outbox$"
# Typed by the test; must never be in a title or a log.
NAME = "Robin Example"
EMAIL = "robin@example.com"
BRAND = "<b>Example & House</b>"
SUBJECT = "^<b>Example & House</b>: Verify your identity$"


def ready(desk):
    desk.find_name("^Connected$")
    desk.focus(MAIN)


def menu_items(desk):
    return {name_of(n).replace("_", ""): n for n in desk.nodes(MAIN) if role_of(n) == "menu item"}


def open_menu(desk):
    """F10, until its items are there; what is hidden is not among them."""
    desk.focus(MAIN)
    desk.key("F10")
    return wait("the main menu", lambda: menu_items(desk) if "Refresh" in menu_items(desk) else None)


def open_outbox(desk):
    item = wait("Outbox in the main menu", lambda: open_menu_with(desk, "Outbox"))
    item.queryAction().doAction(0)
    desk.find_window(OUTBOX)
    desk.focus(OUTBOX)


def open_menu_with(desk, name):
    items = open_menu(desk)
    if name not in items:
        desk.key("Escape")
    return items.get(name)


def invite_from_form(desk):
    """New Verification with "Email invite to applicant"."""
    desk.find_window(NEW)
    desk.focus(NEW)
    desk.set_text("External Reference", "BK-1")
    desk.set_text("Applicant Name", NAME)
    desk.set_text("Applicant Email", EMAIL)
    switch = desk.find(("check box", "toggle button", "switch"), "^Email invite to applicant")
    switch.queryAction().doAction(0)
    desk.press("Create Verification")
    desk.find_name("^QR code for BK-1$")
    desk.focus(CREATED)
    desk.key("Escape")
    wait("the dialog to close", lambda: len(desk.frames()) == 1)


def invite(sandbox, count):
    for _ in range(count):
        sandbox.call("POST", "/sessions", {"send_email": True, "applicant_email": EMAIL,
                                           "applicant_name": NAME, "email_display_name": BRAND})


def mail_text(desk):
    return next((text_of(n) for n in desk.nodes(OUTBOX)
                 if role_of(n) == "label" and "/verify/" in text_of(n)), "")


def keep(desk, name):
    folder = os.environ.get("VRF_SCREENSHOTS")
    if folder:
        desk.screenshot(os.path.join(folder, name + ".png"))


def wait_focus(desk, pattern):
    """The keyboard is in the outbox, on this; the window behind it remembers a focus of its own."""
    def there():
        return any(re.search(pattern, name_of(n) or text_of(n)) for n in desk.nodes(OUTBOX)
                   if n.getState().contains(pyatspi.STATE_FOCUSED))
    wait("the focus on %r" % pattern, there)


def no_secrets(desk, *secrets):
    for secret in secrets:
        assert secret not in desk.read_log(), "%s is in the log" % secret
        for frame in desk.frames():
            assert secret not in name_of(frame), "%s is in a title" % secret


def first_invitation():
    """From no mail, by its own button, to the link of the first."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        open_outbox(desk)
        desk.find_name("^No Invitations Yet$")
        wait_focus(desk, "New Verification$")
        keep(desk, "outbox-empty")
        desk.key("Return")
        invite_from_form(desk)

        open_outbox(desk)
        desk.find_name(": Verify your identity$", within=OUTBOX)
        wait_focus(desk, ": Verify your identity")
        link = sandbox.sessions()[0]["capture_url"]
        wait("the mail's text", lambda: link in mail_text(desk))
        assert mail_text(desk).startswith("Hello %s,\n" % NAME), mail_text(desk)
        assert desk.sees("To %s" % EMAIL, within=OUTBOX)
        assert desk.sees("Invitation", within=OUTBOX)
        desk.press("Copy Link")
        desk.find_name("^Link copied$")
        assert desk.clipboard().decode() == link, desk.clipboard()
        keep(desk, "outbox")
        no_secrets(desk, NAME, EMAIL, sandbox.key, link)


def many():
    """Keys alone: another mail, its link, one pane where two do not fit; Clear asks."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        invite(sandbox, 2)
        newest, oldest = (s["capture_url"] for s in sandbox.sessions())
        open_outbox(desk)
        desk.find_name(SUBJECT, within=OUTBOX)
        wait("the newest mail", lambda: newest in mail_text(desk))
        wait_focus(desk, "Verify your identity")
        desk.key("Down")
        wait("the oldest mail", lambda: oldest in mail_text(desk))
        desk.key("ctrl+c")
        wait("its link on the clipboard", lambda: desk.clipboard().decode() == oldest)

        desk.resize(OUTBOX, 360, 560)
        desk.key("Return")
        wait("the mail alone", lambda: is_sensitive(desk.find_button("Back")))
        wait_focus(desk, "Copy _?Link")
        keep(desk, "outbox-narrow-mail")
        desk.resize(OUTBOX, 840, 560)

        invite(sandbox, 1)
        desk.key("F5")
        wait("the third mail", lambda: subjects(desk) == 3)
        assert oldest in mail_text(desk), "another mail was chosen by a refresh"
        clear(desk, sandbox)
        desk.key("Escape")
        wait("the outbox to close", lambda: len(desk.frames()) == 1)
        assert "WARNING" not in desk.read_log() and "CRITICAL" not in desk.read_log(), desk.read_log()


def subjects(desk):
    return sum(1 for n in desk.nodes(OUTBOX) if role_of(n) == "list item")


def clear(desk, sandbox):
    """Enter does not clear, the button does."""
    desk.press("Clear Outbox")
    desk.find_name("^Clear the Outbox\\?$")
    desk.focus("Clear|Verifa|Outbox")
    desk.press("Cancel")
    wait("the question to close", lambda: not desk.sees("^Clear the Outbox\\?$"))
    assert total(sandbox) == 3
    desk.press("Clear Outbox")
    desk.find_name("^Clear the Outbox\\?$")
    desk.press("Clear")
    desk.find_name("^No Invitations Yet$")
    wait("the outbox to be empty", lambda: total(sandbox) == 0)


def tool(sandbox, method, path, body=None):
    request = urllib.request.Request(
        sandbox.url + "/_sandbox" + path, method=method,
        data=json.dumps(body).encode() if body is not None else None,
        headers={"X-API-Key": sandbox.key, "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=15) as reply:
        return json.loads(reply.read())


def total(sandbox):
    return tool(sandbox, "GET", "/outbox")["pagination"]["total"]


def disable_endpoint(sandbox, label):
    """Nobody listens there; ten sessions are told, until the sandbox gives up."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = "http://127.0.0.1:%d/hook" % closed.getsockname()[1]
    before = total(sandbox)
    sandbox.call("POST", "/webhooks/endpoints", {"url": url, "label": label,
                                                 "enabled_events": ["session.created"]})
    for _ in range(10):
        sandbox.call("POST", "/sessions", {})
    tool(sandbox, "POST", "/clock", {"scale": 100000})
    wait("the mail to the admins", lambda: total(sandbox) == before + 1)
    tool(sandbox, "POST", "/clock", {"scale": 1})


def to_admins():
    """A mail of no session is shown as what it is, without a link to copy; its neighbour has one."""
    with Sandbox() as sandbox:
        invite(sandbox, 1)
        disable_endpoint(sandbox, BRAND)
        with Desk(environment=sandbox.environment()) as desk:
            ready(desk)
            open_outbox(desk)
            desk.find_name(": A webhook endpoint has been disabled$", within=OUTBOX)
            wait("its text", lambda: "Endpoint: %s\n" % BRAND in admin_text(desk))
            assert desk.sees("Webhook disabled", within=OUTBOX)
            assert not has_button(desk, "Copy Link")
            wait_focus(desk, "has been disabled")
            keep(desk, "outbox-admins")
            desk.key("ctrl+c")
            assert not desk.sees("^Link copied$", within=OUTBOX)
            desk.key("Down")
            wait("the invitation", lambda: mail_text(desk))
            wait("its link's button", lambda: has_button(desk, "Copy Link"))
            desk.key("Up")
            wait("the link's button to go", lambda: not has_button(desk, "Copy Link"))
            assert "WARNING" not in desk.read_log() and "CRITICAL" not in desk.read_log(), desk.read_log()


def admin_text(desk):
    return next((text_of(n) for n in desk.nodes(OUTBOX)
                 if role_of(n) == "label" and "10 deliveries in a row" in text_of(n)), "")


def has_button(desk, label):
    return any(role_of(n) in BUTTON and re.search(r"(^|[ _])%s$" % label, name_of(n))
               for n in desk.nodes(OUTBOX))


def back_at_once():
    """Escape while the mail is still sliding in goes back to the list, and a second one leaves."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment(), animated=True) as desk:
        ready(desk)
        invite(sandbox, 2)
        newest, oldest = (s["capture_url"] for s in sandbox.sessions())
        open_outbox(desk)
        wait("the newest mail", lambda: newest in mail_text(desk))
        wait_focus(desk, "Verify your identity")
        desk.resize(OUTBOX, 360, 560)
        # The arrow chooses another mail only if the keyboard is in the list again.
        for key, chosen in (("Down", oldest), ("Up", newest)) * 3:
            desk.key("Return", "Escape", key)
            wait("the next mail", lambda: chosen in mail_text(desk))
            assert not is_sensitive(desk.find_button("Back")), "the mail stayed"
        desk.key("Return")
        wait("the mail alone", lambda: is_sensitive(desk.find_button("Back")))
        desk.key("Escape")
        wait("the list alone", lambda: not is_sensitive(desk.find_button("Back")))
        keep(desk, "outbox-narrow-list")
        desk.key("Escape")
        wait("the outbox to close", lambda: len(desk.frames()) == 1)


def not_live():
    """With a live key mails are sent: there is nothing to open."""
    with Sandbox() as sandbox:
        with Desk(environment=sandbox.environment(key=sandbox.live_key)) as desk:
            ready(desk)
            assert "Outbox" not in open_menu(desk)


def trouble():
    """A list and a mail that do not load: what was wrong is said, and Try Again helps."""
    with Sandbox() as sandbox, FaultProxy(sandbox.url) as proxy:
        invite(sandbox, 1)
        with Desk(environment=sandbox.environment(proxy.url)) as desk:
            ready(desk)
            proxy.spoil("broken-json", "GET /_sandbox/outbox")
            open_outbox(desk)
            desk.find_name("^The Outbox Did Not Load$", timeout=60)
            wait_focus(desk, "Try Again$")
            keep(desk, "outbox-trouble")
            proxy.heal()
            proxy.spoil("broken-json", "GET /_sandbox/outbox/mail_")
            desk.key("Return")
            desk.find_name("^The Mail Did Not Load$", timeout=60)
            assert not is_sensitive(desk.find_button("Copy Link"))
            proxy.heal()
            desk.press("Try Again")
            wait("the mail", lambda: mail_text(desk))


def dark():
    """Opened in the dark it is the same mail."""
    with Sandbox() as sandbox:
        invite(sandbox, 1)
        look = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
        with Desk(environment={**sandbox.environment(), **look}) as desk:
            ready(desk)
            open_outbox(desk)
            wait("the mail", lambda: mail_text(desk))
            keep(desk, "outbox-dark")


if __name__ == "__main__":
    run([
        ("from no mail to the link of the first", first_invitation),
        ("several mails by keyboard, wide and narrow, and cleared", many),
        ("back from a mail that is still coming", back_at_once),
        ("what does not load is said, and tried again", trouble),
        ("a mail to the admins has no link", to_admins),
        ("a live key has no outbox", not_live),
        ("the outbox in the dark", dark),
    ])
