#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does all day with Verifa Desk, in a real window: by keyboard, form, code and page."""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["VRF_SOURCE_ROOT"], "tests", "support"))
from desk import (BUTTON, Desk, Sandbox, decode_file, name_of, open_link, role_of, run,  # noqa: E402
                  text_of, wait)

MAIN = "^Verifa Desk$"
NEW = "^New Verification$"
CREATED = "^Verification Created$"
# Typed by the tests; must never be in a title or a log.
NAME = "Robin Example"
EMAIL = "robin@example.com"


def ready(desk):
    desk.find_name("^Connected$")
    desk.focus(MAIN)


def open_form(desk):
    desk.focus(MAIN)
    desk.key("ctrl+n")
    desk.find_window(NEW)
    desk.focus(NEW)


def type_reference(desk, reference):
    desk.key("ctrl+a")
    desk.type(reference)
    wait("the reference to be typed",
         lambda: text_of(desk.entry("External Reference")) == reference, 5)


def created(desk, reference):
    desk.find_name("^QR code for %s$" % re.escape(reference))
    desk.focus(CREATED)


def make(desk, reference):
    """Ctrl+N, the reference, Enter."""
    open_form(desk)
    type_reference(desk, reference)
    desk.key("Return")
    created(desk, reference)


def rows(desk):
    """The references of the table's rows, from top to bottom."""
    return [name_of(n).split(",")[0] for n in desk.nodes(MAIN)
            if role_of(n) == "table row" and "," in name_of(n)]


def shown(desk, *references):
    wait("the rows %s; there are %s" % (references, rows(desk)),
         lambda: sorted(rows(desk)) == sorted(references), 10)


def stays(what, probe, seconds=0.8):
    """A button acts a quarter of a second after it was pressed; so long nothing may happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert probe(), "not so: %s" % what
        time.sleep(0.2)


def no_secrets(desk, *secrets):
    for secret in secrets:
        assert secret not in desk.read_log(), "%s is in the log" % secret
        for frame in desk.frames():
            assert secret not in name_of(frame), "%s is in a title" % secret


def keyboard():
    """The whole day without a mouse."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        # In All: Today forgets them when midnight passes meanwhile.
        desk.key("ctrl+7")
        open_form(desk)
        type_reference(desk, "BK-1")
        desk.key("Return", "Return", "Return")
        created(desk, "BK-1")
        first = desk.decode_qr()
        assert len(sandbox.sessions()) == 1, "fast keys created %d sessions" % len(sandbox.sessions())

        # Create Another by its mnemonic, then by Ctrl+N.
        desk.key("alt+a")
        desk.find_window(NEW)
        desk.focus(NEW)
        type_reference(desk, "BK-2")
        desk.key("Return")
        created(desk, "BK-2")
        assert desk.decode_qr() != first
        desk.key("ctrl+n")
        desk.find_window(NEW)
        desk.focus(NEW)
        type_reference(desk, "draft")
        desk.key("Escape")
        wait("the form to close", lambda: len(desk.frames()) == 1)
        desk.focus(MAIN)
        desk.wait_focus("^BK-2,")
        shown(desk, "BK-1", "BK-2")

        # Enter opens the page, Esc comes back to the same row.
        desk.key("Return")
        desk.find_name("^Back$")
        desk.wait_focus("Show _?QR Code$")
        desk.find_name("^Session Details$")
        desk.key("Escape")
        desk.wait_focus("^BK-2,")
        desk.key("Down")
        desk.wait_focus("^BK-1,")
        desk.key("Return")
        desk.wait_focus("^(?!BK-1,)")
        desk.key("Escape")
        desk.wait_focus("^BK-1,")

        search(desk, sandbox)
        views(desk)
        panes(desk)
        desk.key("ctrl+question")
        desk.find_window("^Keyboard Shortcuts$")
        desk.find_name("^Open the selected session$")
        assert desk.alive()
        assert "Gtk-WARNING" not in desk.read_log(), desk.read_log()


def search(desk, sandbox):
    session_id = next(s["id"] for s in sandbox.sessions() if s["external_ref"] == "BK-1")
    desk.key("ctrl+f")
    desk.wait_focus("^Search")
    desk.type("bk-2")
    shown(desk, "BK-2")
    desk.key("ctrl+a")
    desk.type(session_id)
    shown(desk, "BK-1")
    desk.key("Escape")
    shown(desk, "BK-1", "BK-2")
    desk.wait_focus("^BK-")


def views(desk):
    for number, title, there in ((1, "Now", ("BK-1", "BK-2")), (2, "Needs Attention", ()), (4, "Approved", ()),
                                 (5, "Rejected", ()), (6, "Expired", ()), (7, "All", ("BK-1", "BK-2")),
                                 (3, "Today", ("BK-1", "BK-2"))):
        desk.key("ctrl+%d" % number)
        wait("the view %s" % title, lambda t=title: any(
            role_of(n) == "label" and name_of(n) == t for n in desk.nodes(MAIN)))
        shown(desk, *there)
        if there:
            desk.wait_focus("^BK-")


def panes(desk):
    seen = []
    for _ in range(3):
        before = desk.focused()
        desk.key("F6")
        wait("F6 to move on from %r" % before, lambda b=before: desk.focused() != b, 5)
        seen.append(desk.focused())
    assert any(s.startswith("BK-") for s in seen), seen
    assert any(s.startswith("Today") for s in seen), seen


def refresh():
    """F5 shows at once what another desk has made."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        # Past the first rounds, which come in quick succession.
        sandbox.call("POST", "/sessions", {"external_ref": "ELSEWHERE-1"})
        desk.focus(MAIN)
        desk.key("F5")
        wait("the row of the other desk", lambda: rows(desk) == ["ELSEWHERE-1"], 5)


def guard():
    """A reference that is in use, and one that was approved lately."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        make(desk, "BK-7")
        link = desk.decode_qr()
        desk.key("ctrl+n")
        desk.find_window(NEW)
        desk.focus(NEW)
        type_reference(desk, "BK-7")
        desk.find_name("^BK-7 already has a verification$")
        desk.find_name("Show Its QR Code")
        desk.key("Return")
        created(desk, "BK-7")
        assert desk.decode_qr() == link, "another code than the one that is going on"
        assert len(sandbox.sessions()) == 1
        desk.key("ctrl+n")
        desk.find_window(NEW)
        desk.focus(NEW)
        type_reference(desk, "BK-7")
        desk.find_name("^BK-7 already has a verification$")
        desk.key("ctrl+Return")
        created(desk, "BK-7")
        wait("a second session despite the guard", lambda: len(sandbox.sessions()) == 2)
        for session in sandbox.sessions():
            sandbox.call("POST", "/sessions/%s/simulate" % session["id"], {"action": "approve"})
        desk.key("Escape")
        wait("the dialog to close", lambda: len(desk.frames()) == 1)
        open_form(desk)
        type_reference(desk, "BK-7")
        desk.find_name("^BK-7 was approved before$")


def form():
    """Validation says what to do; everything that is filled in reaches the server."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        open_form(desk)
        desk.press("Generate")
        reference = wait("a reference", lambda: text_of(desk.entry("External Reference")))
        assert re.match(r"^FD-\d{4}-[0-9A-HJKMNP-TV-Z]{4}$", reference), reference
        desk.set_text("Applicant Name", NAME)
        switch = desk.find(("check box", "toggle button", "switch"), "^Email invite to applicant")
        switch.queryAction().doAction(0)
        desk.press("Create Verification")
        desk.find_name("^Type an email address, or turn the invite off", within=NEW)
        desk.set_text("Applicant Email", "not an address")
        desk.press("Create Verification")
        desk.find_name("^Type an address such as", within=NEW)
        stays("nothing created with a bad address", lambda: not sandbox.sessions())
        desk.set_text("Applicant Email", EMAIL)
        # Folded away, they are not there; Enter on the row unfolds them.
        desk.focus(NEW)
        unfold(desk)
        fill_options(desk)
        desk.press("Create Verification")
        created(desk, reference)
        check_sent(sandbox, reference)
        no_secrets(desk, NAME, EMAIL, sandbox.key)


def low_form():
    """However low the window and long the form: the button that creates is always to be seen."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        open_form(desk)
        type_reference(desk, "BK-61")
        unfold(desk)
        desk.resize(NEW, 400, 420)
        wait("the button at the window's foot", lambda: 300 < foot_of_button(desk) <= 420, 10)
        desk.focus(NEW)
        desk.set_text("Brand Name", "Example House")
        assert 300 < foot_of_button(desk) <= 420, "the button moved to %d" % foot_of_button(desk)
        desk.press("Create Verification")
        created(desk, "BK-61")


def foot_of_button(desk):
    box = desk.find_button("Create Verification").queryComponent().getExtents(1)
    return box.y + box.height


def unfold(desk):
    """Tab to More options, and Enter; the fields are there once it is open."""
    seen = []
    for _ in range(14):
        seen.append(desk.focused())
        before = desk.focused()
        desk.key("Tab")
        try:
            wait("the focus to move", lambda b=before: desk.focused() != b, 0.5)
        except AssertionError:
            pass  # a row and the switch in it have one name
        if desk.focused() == "More options":
            desk.key("Return")
            desk.entry("Country")
            return
    raise AssertionError("Tab never comes to More options: %s" % seen)


def fill_options(desk):
    for title, value in (("Country, Two Letters", "gb"), ("Tags, Separated by Commas", "vip, late"),
                         ("First Name", "Robin"), ("Last Name", "Example"),
                         ("Date of Birth, YYYY-MM-DD", "1990-02-03"), ("Phone", "+442079460000"),
                         ("Redirect URL", "https://example.com/done"), ("Brand Name", "Example House"),
                         ("Support Link", "https://example.com/help"),
                         ("Metadata, key=value", "room=12")):
        desk.set_text(title, value)


def check_sent(sandbox, reference):
    session = next(s for s in sandbox.sessions() if s["external_ref"] == reference)
    session = sandbox.call("GET", "/sessions/" + session["id"])
    assert sorted(session["tags"]) == ["late", "vip"], session
    assert session["metadata"]["room"] == "12", session
    assert session["metadata"]["applicant_name"] == NAME, session
    assert session.get("country") in ("GB", None), session
    assert session.get("workflow_id"), "no workflow was sent"


def code():
    """Copying and saving the code; the phone that opens it; New Link and Expire."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        make(desk, "BK-31")
        size = [n for n in desk.x_windows()]
        link = desk.decode_qr()
        desk.find_name(r"^Link good until \d\d:\d\d$")
        assert desk.sees(r"^(19:\d\d|20:00)$", CREATED), "no countdown"
        desk.key("ctrl+c")
        wait("the link on the clipboard", lambda: desk.clipboard().decode() == link)
        press_menu(desk, "Copy QR Code as Image")
        picture = os.path.join(desk.home, "pasted.png")
        wait("the picture on the clipboard", lambda: paste_image(desk, picture) == link)
        save(desk, "Save QR Code as PNG", link, "QR code for BK-31.png")
        save(desk, "Save QR Code as SVG", link, "QR code for BK-31.svg")
        assert len(desk.x_windows()) == len(size)
        desk.focus(CREATED)
        desk.key("ctrl+c")
        wait("the link on the clipboard", lambda: desk.clipboard().decode() == link)

        open_link(link)
        desk.find_name("^Phone connected$", within=CREATED)
        assert not desk.sees_qr(), "the code is still shown"
        press_menu(desk, "New Link")
        second = answer(desk, "New Link", link)
        assert second != link
        wait("the dead link to leave the clipboard", lambda: desk.clipboard() == b"", 10)
        desk.key("Delete")
        desk.find_name("^Expire This Verification", timeout=5)
        desk.press("Expire")
        desk.find_window("^Verification Expired$")
        assert not desk.sees_qr()
        assert desk.alive()


def narrowing():
    """The open code follows its window: beside the words, or above them, always of a size to read."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        make(desk, "BK-36")
        link = desk.decode_qr()
        for width, height, beside in ((600, 800, False), (800, 600, True), (400, 800, False)):
            desk.resize(CREATED, width, height)
            wait("the code %s the words at %d pixels" % ("beside" if beside else "above", width),
                 lambda b=beside: is_beside(desk) == b, 10)
            assert code_box(desk).width >= 280, "the code was squeezed to %d pixels" % code_box(desk).width
            assert desk.decode_qr() == link


def code_box(desk):
    return desk.find_name("^QR code for", within=CREATED).queryComponent().getExtents(1)


def is_beside(desk):
    words = desk.find_name("^Link good until", within=CREATED).queryComponent().getExtents(1)
    return words.x >= code_box(desk).x + code_box(desk).width


def press_menu(desk, item, last=False):
    desk.focus("^Verification ")
    wait("the menu button", lambda: next(
        (n for n in desk.nodes("^Verification ") if role_of(n) in BUTTON and name_of(n) == "More Actions"
         and n.queryAction().nActions), None)).queryAction().doAction(0)
    found = wait("the menu's %s" % item, lambda: [
        n for n in desk.nodes() if role_of(n) == "menu item" and name_of(n).replace("_", "").startswith(item)])
    found[-1 if last else 0].queryAction().doAction(0)


def paste_image(desk, path):
    data = desk.clipboard("image")
    with open(path, "wb") as picture:
        picture.write(data)
    return decode_file(path) if data else None


def save(desk, item, link, name):
    press_menu(desk, item)
    desk.find_window("^Save QR Code$")
    desk.focus("^Save QR Code$")
    path = os.path.join(desk.home, name)
    desk.key("ctrl+a")
    desk.type(path)
    desk.key("Return")
    wait("the file %s" % name, lambda: os.path.exists(path) and os.path.getsize(path))
    if path.endswith(".svg"):
        subprocess.run(["/usr/bin/python3", "-c", RENDER, path, path + ".png"], check=True)
        path += ".png"
    assert decode_file(path) == link, "%s says %r" % (name, decode_file(path))


RENDER = """
import sys, gi
gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf
GdkPixbuf.Pixbuf.new_from_file_at_size(sys.argv[1], 600, 600).savev(sys.argv[2], "png", [], [])
"""


def answer(desk, button, old):
    desk.find_name("^Make a New Link")
    desk.press(button)
    return wait("another code", lambda: (lambda c: c if c != old else None)(desk.decode_qr()), 10)


def outcomes():
    """Every sandbox outcome from the desk's own menu, then the page: result, masks, what is legal."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        for number, (item, word, title) in enumerate((
                ("Decline", "^Rejected$", "Finished"), ("Require Review", "Under Review", "Created"),
                ("Expire", "^Link expired$", "Expired"), ("Approve", "^Approved$", "Finished"))):
            make(desk, "BK-4%d" % number)
            press_menu(desk, item, last=True)
            desk.find_window("^Verification %s$" % title)
            desk.find_name(word, within="^Verification ")
            wait("the code to be gone", lambda: not desk.sees_qr(), 5)
            named(desk)
            if number < 3:
                desk.focus("^Verification ")
                desk.key("Escape")
                wait("the dialog to close", lambda: len(desk.frames()) == 1)
        desk.press("View Session")
        desk.find_name("^Session Details$")
        desk.find_name("^Face match")
        desk.find_name("^Not possible")
        masks(desk)
        named(desk)
        no_secrets(desk, sandbox.key)


def masks(desk):
    """Personal data is covered; Ctrl+R shows it as long as it is held."""
    hidden = wait("masked values", lambda: [name_of(n) for n in desk.nodes(MAIN)
                                            if name_of(n).endswith(", hidden")])
    desk.focus(MAIN)
    desk.key("Tab")
    subprocess.run(["xdotool", "keydown", "ctrl", "keydown", "r"], check=True)
    wait("the values", lambda: not desk.sees(", hidden$", MAIN), 5)
    subprocess.run(["xdotool", "keyup", "r", "keyup", "ctrl"], check=True)
    wait("the values to be covered", lambda: sum(
        name_of(n).endswith(", hidden") for n in desk.nodes(MAIN)) == len(hidden), 5)


def named(desk):
    """A screen reader can say what each control is."""
    for node in desk.nodes():
        if role_of(node) in BUTTON + ("text", "check box", "combo box", "slider"):
            assert name_of(node) and not re.match("(Gtk|Adw|Vrf)[A-Z]", name_of(node)), \
                "a %s is called %r" % (role_of(node), name_of(node))


def activity():
    """F12 lists what the desk asks, without what it asks by itself; a call is copied without the key."""
    with Sandbox() as sandbox, Desk(environment=sandbox.environment()) as desk:
        ready(desk)
        make(desk, "BK-71")
        desk.key("Escape")
        desk.focus(MAIN)
        desk.key("F12")
        desk.find_name("^API Activity$")
        desk.find_name("^/sessions$")
        desk.find_name(r"^201 · [\d,]+ ms$")
        assert not desk.sees(r"^/sessions\?limit=100"), "a poll is shown"
        desk.press("Show Polling")
        desk.find_name(r"^/sessions\?limit=")
        desk.press("Show Polling")
        desk.wait_gone(r"^/sessions\?limit=100")
        desk.press("Copy as curl")
        wait("the command", lambda: desk.clipboard().startswith(b"curl "))
        copied = desk.clipboard().decode()
        assert "/api/v1/sessions" in copied and "-X POST" in copied and "$VERIFA_API_KEY" in copied
        assert sandbox.key not in copied and "BK-71" not in copied, "the command tells too much"
        desk.press("Clear")
        desk.find_name("^What the desk asks of the server")
        desk.focus(MAIN)
        desk.key("F12")
        desk.wait_gone("^API Activity$")


def connection_test():
    """Preferences tell what the key may do; a greeter's may see verifications and no more."""
    with Sandbox() as sandbox:
        key = sandbox.call("POST", "/api-keys", {"label": "Greeter", "environment": "sandbox",
                                                 "scopes": ["sessions:create", "sessions:read"]})
        with Desk(environment=sandbox.environment(key=key["secret"])) as desk:
            ready(desk)
            desk.key("ctrl+comma")
            desk.find_window("^Preferences$")
            desk.press("Test Connection")
            desk.find_name("^Create, change and redact$")
            names = desk.all_names()
            for said, times in (("Accepted", 1), ("Allowed", 1), ("Not allowed for this key", 5)):
                assert names.count(said) == times, "%s: %d" % (said, names.count(said))


def scaled():
    """The code is read at twice the scale and in the dark."""
    look = {"GDK_SCALE": "2", "ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
    with Sandbox() as sandbox, Desk("--new", "BK-51", environment={**sandbox.environment(), **look}) as desk:
        desk.find_window(NEW)
        wait("the reference", lambda: text_of(desk.entry("External Reference")) == "BK-51")
        desk.press("Create Verification")
        created(desk, "BK-51")
        assert desk.decode_qr() == sandbox.sessions()[0]["capture_url"]


if __name__ == "__main__":
    run([
        ("the keyboard is enough", keyboard),
        ("F5 shows what is new", refresh),
        ("a reference in use is noticed", guard),
        ("the form says what to do and sends everything", form),
        ("the button of a low form", low_form),
        ("the code is copied, saved, opened, renewed, expired", code),
        ("the code follows its window's width", narrowing),
        ("every outcome from the desk, and the page of one", outcomes),
        ("what is asked of the server", activity),
        ("the connection is tested", connection_test),
        ("the code at twice the scale and in the dark", scaled),
    ])
