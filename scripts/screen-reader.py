#!/usr/bin/python3
"""Works with the running demo as a screen reader does: over AT-SPI, by role and name alone.

Started by ./scripts/screen-reader WAY FILE, which gives it a session bus and a display of its own, and the file with what the
demo said at its start. It knows no place on the screen and sends no key and no pointer: what it cannot find by role and
name it cannot press. It ends with 1, and the tree as far as it is readable, when something is not found within a minute, when
what has to be heard is not announced, or when the focus is not on a result.
"""
import pathlib
import re
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 60
# A new screen drops presses for a quarter of a second.
SETTLE = 0.5
# The demo's: refunded, declined, its answer lost, its request lost (assets/demo/README.md).
NUMBER, MONEY = "297553638301777927", "$39.90"
DECLINED, LOST, REQUEST_LOST = ("301846290573318462", "$128.00"), ("312097754168830295", "$64.75"), ("298410027366951840", "$22.40")
PIN, CASHIERS_PIN, WRONG = "482913", "7391", "551177"
BUTTON, CHOICE, STATUS = Atspi.Role.PUSH_BUTTON, Atspi.Role.RADIO_BUTTON, Atspi.Role.STATUS_BAR
# What accesskit makes of an alert.
OUTCOME = Atspi.Role.NOTIFICATION
announced = []
focused = []


def heard(event):
    """Keeps what a screen reader would say aloud."""
    announced.append(str(event.any_data))


def moved(event):
    """Keeps where the focus went, by name."""
    try:
        if event.detail1:
            focused.append(event.source.get_name() or "")
    except GLib.Error:
        pass


def turn(seconds=0.05):
    """Lets events come in for so long."""
    end = time.monotonic() + seconds
    context = GLib.MainContext.default()
    while time.monotonic() < end:
        while context.pending():
            context.iteration(False)
        time.sleep(0.01)


def nodes(root):
    """Everything below, in order; what goes away meanwhile is passed over."""
    try:
        yield root
        for at in range(root.get_child_count()):
            child = root.get_child_at_index(at)
            if child is not None:
                yield from nodes(child)
    except GLib.Error:
        return


def program():
    """The window's application on the accessibility bus; with two of them nobody knows which one is pressed."""
    found = [app for app in nodes_of_desktop() if (app.get_name() or "").lower().startswith("tillback")]
    if len(found) > 1:
        sys.exit(f"screen-reader: {len(found)} windows of Tillback are on one bus")
    return found[0] if found else None


def nodes_of_desktop():
    desktop = Atspi.get_desktop(0)
    return [app for at in range(desktop.get_child_count()) if (app := desktop.get_child_at_index(at)) is not None]


def find(role, name):
    """The first of that role whose name is that, or begins so where it ends in an asterisk."""
    app = program()
    for node in nodes(app) if app else []:
        try:
            said = node.get_name() or ""
            fits = said.startswith(name[:-1]) if name.endswith("*") else said == name
            if fits and node.get_role() == role:
                return node
        except GLib.Error:
            continue
    return None


def tell_tree():
    """What is there: twice, as this process knows it and as the program says when it is asked anew."""
    for anew in (False, True):
        print("  asked anew:" if anew else "  as known:", file=sys.stderr)
        if anew and program():
            program().clear_cache()
        tell_nodes()


def tell_nodes():
    for node in nodes(program()) if program() else []:
        try:
            if node.get_name():
                states = [state.value_nick for state in node.get_state_set().get_states()]
                print(f"    {node.get_role_name()}: {node.get_name()} ({' '.join(states)})", file=sys.stderr)
        except GLib.Error:
            continue


def wait(role, name, ready=lambda node: True):
    """That control, once it is there and ready."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        node = find(role, name)
        try:
            if node is not None and ready(node):
                return node
        except GLib.Error:
            pass
        turn(0.1)
    print(f"screen-reader: no {Atspi.role_get_name(role)} {name!r} as it should be; there is:", file=sys.stderr)
    tell_tree()
    sys.exit(1)


def has(node, state):
    return node.get_state_set().contains(state)


def press(role, name):
    """Does the first action of a control that can be used."""
    wait(role, name, lambda node: has(node, Atspi.StateType.ENABLED) and Atspi.Action.get_n_actions(node) > 0)
    turn(SETTLE)
    wait(role, name, lambda node: Atspi.Action.do_action(node, 0))
    print(f"pressed {Atspi.role_get_name(role)} {name}")


def typed_in(name, so_far):
    """The field of that name says what is in it."""
    field = find(Atspi.Role.ENTRY, name)
    return field is not None and Atspi.Text.get_text(field, 0, -1) == so_far


def number_typed(so_far):
    """The field of Scan."""
    return typed_in("Transaction number", so_far)


def pin_typed(so_far):
    """Of a PIN the window tells how many digits there are."""
    return find(STATUS, f"PIN: {len(so_far)} digit{'' if len(so_far) == 1 else 's'}") is not None


def type_digits(digits, is_typed):
    """Presses one after another, each once the one before is there, as whoever listens does."""
    for at, digit in enumerate(digits, 1):
        press(BUTTON, digit)
        end = time.monotonic() + PATIENCE
        while not is_typed(digits[:at]):
            if time.monotonic() > end:
                print(f"screen-reader: the press on {digit!r} did nothing, {at} of {len(digits)}; there is:", file=sys.stderr)
                tell_tree()
                sys.exit(1)
            turn(0.1)


def fail(words):
    print(f"screen-reader: {words}", file=sys.stderr)
    sys.exit(1)


def hear(beginning, since=0, ending=""):
    """What begins and ends so is announced, after so many others; what it says."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        said = [words for words in announced[since:] if words.startswith(beginning) and words.endswith(ending)]
        if said:
            print(f"announced: {said[0]}")
            return said[0]
        turn(0.1)
    fail(f"not announced: {beginning!r}; heard: {announced[since:]}")


def result(beginning):
    """The result is there, announced, and has the focus, which was told."""
    outcome = wait(OUTCOME, f"{beginning}*", lambda node: has(node, Atspi.StateType.FOCUSED))
    hear(beginning)
    turn(0.5)
    if not any(name.startswith(beginning) for name in focused):
        fail(f"the focus was not told to be on {beginning!r}; told: {focused}")
    print(f"the focus is on: {outcome.get_name()}")


def ask_for(number, money):
    """From Ready to the approval."""
    press(BUTTON, "Refund")
    press(CHOICE, "Number pad")
    type_digits(number, number_typed)
    press(BUTTON, "Find the sale")
    press(CHOICE, "Changed mind")
    wait(CHOICE, "Changed mind", lambda node: has(node, Atspi.StateType.CHECKED))
    press(BUTTON, "Ask the manager…")
    wait(BUTTON, f"Refund {money}")


def pay_back(number, money):
    """From Ready to the request."""
    ask_for(number, money)
    type_digits(PIN, pin_typed)
    press(BUTTON, f"Refund {money}")


def sign_in(name, pin):
    press(CHOICE, name)
    type_digits(pin, pin_typed)
    press(BUTTON, "Unlock")


def refund():
    pay_back(NUMBER, MONEY)
    result(f"Refunded: {MONEY} USD.")
    press(BUTTON, "Finish")
    wait(BUTTON, "Refund")


def declined():
    pay_back(*DECLINED)
    result(f"Declined: {DECLINED[1]} USD.")
    press(BUTTON, "Finish")
    wait(BUTTON, "Refund")


def unknown():
    """The answer is lost; a query finds the refund. Somebody looks around meanwhile, and the focus comes back."""
    pay_back(*LOST)
    result(f"Not known yet: {LOST[1]} USD. Do not refund this again.")
    Atspi.Component.grab_focus(wait(BUTTON, "Leave it running"))
    wait(BUTTON, "Leave it running", lambda node: has(node, Atspi.StateType.FOCUSED))
    result(f"Refunded: {LOST[1]} USD.")
    press(BUTTON, "Finish")
    wait(BUTTON, "Refund")


def evidence():
    """The request is lost; the gateway is asked, and a manager decides on what they saw."""
    pay_back(*REQUEST_LOST)
    result(f"Not known yet: {REQUEST_LOST[1]} USD. Do not refund this again.")
    press(BUTTON, "Leave it running")
    press(BUTTON, "Refunds: 1 to look at")
    press(BUTTON, "Not known yet,*")
    press(BUTTON, "Ask the gateway now")
    hear("Asked at ")
    press(BUTTON, "Decide by hand…")
    press(CHOICE, "The customer has the money")
    press(CHOICE, "Seen in the dashboard")
    press(CHOICE, "Number pad")
    type_digits("4471", lambda so_far: typed_in("Refund or case number", so_far))
    press(BUTTON, "On to the manager’s PIN")
    type_digits(PIN, pin_typed)
    press(BUTTON, "Put it on record")
    hear("It is on record, with your name.")
    wait(STATUS, f"Refunded. {REQUEST_LOST[1]} USD.*")


def reprint():
    """A manager has slips written as text; an original after the refund, two copies from Refunds."""
    press(BUTTON, "Settings…")
    type_digits(PIN, pin_typed)
    press(BUTTON, "Open")
    press(CHOICE, "Printer")
    press(CHOICE, "Text files")
    wait(CHOICE, "Text files", lambda node: has(node, Atspi.StateType.CHECKED))
    press(BUTTON, "Back")
    pay_back(NUMBER, MONEY)
    result(f"Refunded: {MONEY} USD.")
    press(BUTTON, "Print")
    hear("Written: ", ending="-1.txt")
    press(BUTTON, "Finish")
    press(BUTTON, "Refunds")
    press(BUTTON, "Refunded,*")
    for slip in (2, 3):
        press(BUTTON, "Print again")
        hear("Written: ", ending=f"-{slip}.txt")
    slips = pathlib.Path(next(line.split(None, 1)[1] for line in SAID.read_text().splitlines() if line.split()[:1] == ["slips"]))
    texts = [path.read_text() for path in sorted(slips.iterdir())]
    copies = [re.findall(r"COPY \d+", text) for text in texts]
    if copies != [[], ["COPY 1"], ["COPY 2"]]:
        fail(f"not an original, COPY 1 and COPY 2: {copies}")
    print("an original, COPY 1 and COPY 2")


def people():
    """One goes, another comes, and the first one comes back."""
    for name, pin in (("Luis Ortega", PIN), ("Mei Chen", CASHIERS_PIN)):
        press(BUTTON, "Lock")
        sign_in(name, pin)
        wait(BUTTON, "Refund")
        wait(Atspi.Role.LABEL, name)


def pin():
    """A wrong PIN to sign in, and one to confirm: said, and nothing sent."""
    press(BUTTON, "Lock")
    sign_in("Mei Chen", WRONG)
    hear("That PIN is not right.")
    type_digits(CASHIERS_PIN, pin_typed)
    press(BUTTON, "Unlock")
    ask_for(NUMBER, MONEY)
    before = len(announced)
    type_digits(WRONG, pin_typed)
    press(BUTTON, f"Refund {MONEY}")
    hear("That PIN is not right.", before)
    type_digits(PIN, pin_typed)
    press(BUTTON, f"Refund {MONEY}")
    result(f"Refunded: {MONEY} USD.")


def main(way):
    for event, listen in (("object:announcement", heard), ("object:state-changed:focused", moved)):
        Atspi.EventListener.new(listen).register(event)
    way()
    print(f"{len(announced)} announced in all: {announced}")
    print(f"{way.__name__}: done, by role and name alone")


if __name__ == "__main__":
    SAID = pathlib.Path(sys.argv[2])
    main({way.__name__: way for way in (refund, declined, unknown, evidence, reprint, people, pin)}[sys.argv[1]])
