#!/usr/bin/python3
"""Does a whole refund in the running demo as a screen reader does: over AT-SPI, by role and name alone.

Started by ./scripts/screen-reader, which gives it a session bus and a display of its own. It knows no place on the screen
and sends no key and no pointer: what it cannot find by role and name it cannot press. It ends with 1, and the tree as far
as it is readable, when something is not found within a minute, when the outcome is not announced, or when the focus is
not on it.
"""
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 60
# A new screen drops presses for a quarter of a second.
SETTLE = 0.5
NUMBER, MONEY, PIN = "297553638301777927", "$39.90", "482913"
BUTTON, CHOICE, STATUS = Atspi.Role.PUSH_BUTTON, Atspi.Role.RADIO_BUTTON, Atspi.Role.STATUS_BAR
# What accesskit makes of an alert.
OUTCOME = Atspi.Role.NOTIFICATION
announced = []


def heard(event):
    """Keeps what a screen reader would say aloud."""
    announced.append(event.any_data)


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


def number_typed(so_far):
    """The field of the number says what is in it."""
    field = find(Atspi.Role.ENTRY, "Transaction number")
    return field is not None and Atspi.Text.get_text(field, 0, -1) == so_far


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


def main():
    listener = Atspi.EventListener.new(heard)
    listener.register("object:announcement")
    press(BUTTON, "Refund")
    press(CHOICE, "Number pad")
    type_digits(NUMBER, number_typed)
    press(BUTTON, "Find the sale")
    press(CHOICE, "Changed mind")
    wait(CHOICE, "Changed mind", lambda node: has(node, Atspi.StateType.CHECKED))
    press(BUTTON, "Ask the manager…")
    wait(BUTTON, f"Refund {MONEY}")
    type_digits(PIN, pin_typed)
    press(BUTTON, f"Refund {MONEY}")
    outcome = wait(OUTCOME, f"Refunded: {MONEY} USD.*", lambda node: has(node, Atspi.StateType.FOCUSED))
    print(f"the focus is on: {outcome.get_name()}")
    turn(1)
    said = [words for words in announced if str(words).startswith(f"Refunded: {MONEY} USD.")]
    if not said:
        print(f"screen-reader: the outcome was not announced; heard: {announced}", file=sys.stderr)
        return 1
    print(f"announced, {len(announced)} in all: {said[0]}")
    press(BUTTON, "Finish")
    wait(BUTTON, "Refund")
    print("a whole refund, by role and name alone")
    return 0


if __name__ == "__main__":
    sys.exit(main())
