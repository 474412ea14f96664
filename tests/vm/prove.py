"""The proofs themselves, inside the guest. Each line is one thing that holds; the first that does not ends it.

Nothing here asserts a time: what is waited for is an event, for as long as a slow emulator may take."""
import json
import os
import queue
import subprocess
import sys
import threading
import time

import gadget

PATIENCE = 180
NUMBER = "297553638301777927"
URL = "http://127.0.0.1:8099"
CONFIG = f"""[terminal]
name = "VM-1"
training = true
[gateway]
environment = "{URL}"
merchant_no = "200043"
store_no = "300014"
[scanner]
serial_port = "usb:05e0:1300:S123" # by its numbers
hid = true
[data]
folder = "data"
[ui]
idle_lock_seconds = 900
"""


def holds(what):
    print(f"ok    {what}", flush=True)


def fails(what):
    print(f"FAIL  {what}", flush=True)
    sys.exit(1)


class Process:
    """A process whose lines are read as they come."""

    def __init__(self, *command):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=open("/out/stderr.txt", "a"), text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def say(self, **order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def until(self, wanted, what):
        """The first line that is wanted."""
        end = time.monotonic() + PATIENCE
        seen = []
        while time.monotonic() < end:
            try:
                line = self.lines.get(timeout=1)
            except queue.Empty:
                continue
            seen.append(line)
            if wanted(line):
                holds(what)
                return line
        fails(what + "; seen: " + " | ".join(seen[-8:]))

    def shows(self, screen, what):
        return self.until(lambda line: json.loads(line)["screen"] == screen, what)

    def scanner(self, kind, state, what):
        def right(line):
            return any(one.startswith(f"{kind}: {state}") for one in json.loads(line).get("scanners", []))
        return self.until(right, what)

    def quiet(self, screens, seconds, what):
        """For so long no line shows one of these screens."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                line = self.lines.get(timeout=0.5)
            except queue.Empty:
                continue
            if json.loads(line)["screen"] in screens:
                fails(f"{what}: {line}")
        holds(what)

    def end(self):
        self.process.kill()
        self.process.wait()


def doctor(user=None):
    command = "./tillback --config till.toml doctor"
    if user:
        command = f"runuser -u {user} -- {command}"
    return subprocess.run(command, shell=True, capture_output=True, text=True).stdout


def check_doctor(text, name, state, words, what):
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if line.startswith(state) and f" {name}:" in line and words in "\n".join(lines[at:at + 2]):
            return holds(what)
    fails(what + "\n" + text)


def set_up():
    with open("till.toml", "w") as file:
        file.write(CONFIG)
    sandbox = Process("./tillback", "sandbox", "--listen", "127.0.0.1:8099")
    sandbox.until(lambda line: line.startswith("http"), "the sandbox gateway listens")
    for name, role, pin in [("Luis Ortega", "manager", "482913"), ("Mei Chen", "cashier", "7391")]:
        command = ["./tillback", "--config", "till.toml", "operators", "add", name, "--role", role]
        subprocess.run(command, input=pin + "\n", text=True, check=True, capture_output=True)
    return sandbox


def scanners_with_ports():
    gadget.make()
    check_doctor(doctor(), "serial scanner", "FAIL", "Plug it in", "doctor: no serial scanner, and what to do")
    check_doctor(doctor(), "USB scanner", "FAIL", "Plug it in", "doctor: no HID scanner, and what to do")
    till = Process("./tillback", "--config", "till.toml", "headless")
    till.scanner("Serial", "NotThere", "the serial scanner is not there")
    gadget.plug()
    till.scanner("Serial", "Good", "the serial scanner is found by its USB numbers")
    till.say(do="sign_in", name="Mei Chen", pin="7391")
    till.shows("ready", "somebody is signed in")
    for round in ["", ", after it was unplugged and plugged in again"]:
        for end in ["\r", "\r\n", ""]:
            gadget.serial("]C1" + NUMBER + end)
            till.shows("sale", f"a serial scan ending with {end!r} shows the sale{round}")
            till.say(do="cancel")
            till.shows("ready", "back")
            time.sleep(2)
        gadget.point_of_sale(NUMBER)
        till.shows("sale", f"a HID scan shows the sale{round}")
        till.say(do="cancel")
        till.shows("ready", "back")
        time.sleep(2)
        gadget.serial(NUMBER + "\r")
        gadget.point_of_sale(NUMBER)
        till.shows("sale", f"a code from both at once shows the sale{round}")
        till.say(do="cancel")
        till.shows("ready", "back")
        till.quiet(["scan", "sale"], 6, "and shows it once")
        if not round:
            gadget.unplug()
            till.scanner("Serial", "Lost", "unplugged: the serial scanner is lost")
            till.scanner("HidPos", "", "unplugged: the HID scanner is lost")
            gadget.plug()
            till.until(
                lambda line: all(": Good" in one for one in json.loads(line).get("scanners", [])),
                "plugged in again: both are found")
    till.end()
    check_doctor(doctor(), "serial scanner", "ok", "", "doctor: the serial scanner is there")
    check_doctor(doctor(), "USB scanner", "ok", "", "doctor: the HID scanner is there")


def permissions():
    """What a till's own user may do, without and with the group and the rule."""
    os.system("useradd -m clerk; chown -R clerk . ; mkdir -p /run/user; chmod -R a+rX .")
    text = doctor("clerk")
    check_doctor(text, "serial scanner", "FAIL", "dialout", "doctor names the group dialout")
    check_doctor(text, "USB scanner", "FAIL", "udev", "doctor names the udev rule")
    os.system("cp 60-tillback-scanners.rules /etc/udev/rules.d/ && udevadm control --reload; usermod -aG dialout clerk")
    gadget.unplug()
    time.sleep(2)
    gadget.plug()
    os.system("udevadm settle")
    for _ in range(30):
        text = doctor("clerk")
        if "ok    USB scanner" in text:
            break
        time.sleep(1)
    check_doctor(text, "serial scanner", "ok", "", "with the group the serial scanner can be used")
    check_doctor(text, "USB scanner", "ok", "", "with the rule the HID scanner can be used")


def feed_camera():
    with open("frames.txt", "w") as file:
        file.write(f"file '{os.getcwd()}/frames/01-tea-alipay.png'\nduration 1\n")
    command = "ffmpeg -hide_banner -loglevel error -re -stream_loop -1 -f concat -safe 0 -i frames.txt -r 5 " \
              "-vf scale=1280:720 -pix_fmt yuyv422 -f v4l2 /dev/video9"
    feed = subprocess.Popen(command.split(), stdin=subprocess.DEVNULL, stderr=open("/out/ffmpeg.txt", "w"))
    for _ in range(100):
        shown = subprocess.run(["v4l2-ctl", "-d9", "--all"], capture_output=True, text=True).stdout
        if "1280/720" in shown:
            return feed
        time.sleep(0.3)
    fails("the virtual camera is fed")


def cameras():
    os.environ["TILLBACK_BIN"] = os.path.abspath("tillback")
    feed = feed_camera()
    watched = Process("./watch_camera", "900", "Shop Camera")
    watched.until(lambda line: "Ready" in line and "Shop Camera" in line, "a camera is opened by its name")
    watched.until(lambda line: NUMBER in line, "it reads the receipt")
    os.kill(feed.pid, 19)
    watched.until(lambda line: "Hung" in line, "frozen: the camera's process is ended")
    os.kill(feed.pid, 18)
    watched.until(lambda line: "Ready" in line, "running again: it is opened again")
    watched.end()
    bus = "/sys/bus/platform/drivers/vivid"
    if not os.path.exists(f"{bus}/vivid.0"):
        print("note  no vivid in this guest: unplugging a camera was not tried", flush=True)
        return feed
    with open("/sys/class/video4linux/video20/name") as file:
        name = file.read().strip()
    watched = Process("./watch_camera", "900", name)
    watched.until(lambda line: "Ready" in line, "another camera is opened by its name")
    with open(f"{bus}/unbind", "w") as file:
        file.write("vivid.0")
    watched.until(lambda line: "Fault" in line, "unplugged: it is said")
    with open(f"{bus}/bind", "w") as file:
        file.write("vivid.0")
    watched.until(lambda line: "Ready" in line, "plugged in again: found by its name")
    watched.end()
    return feed


def picture(name):
    subprocess.run(["import", "-window", "root", f"/out/{name}.png"], check=False)


def key(name):
    subprocess.run(["xdotool", "key", name], check=False)
    time.sleep(3)


def window():
    if not os.path.exists("xorg.conf"):
        print("note  no xorg.conf: the window was not tried", flush=True)
        return
    subprocess.Popen(["Xorg", ":5", "-config", os.path.abspath("xorg.conf"), "-noreset", "-logfile", "/out/xorg.log", "vt7"],
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ["DISPLAY"] = ":5"
    for _ in range(200):
        if os.path.exists("/tmp/.X11-unix/X5"):
            break
        time.sleep(0.3)
    subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(3)
    till = subprocess.Popen(["./tillback", "--config", "till.toml"], stderr=open("/out/window.txt", "w"))
    time.sleep(30)
    # The first of the list is the manager.
    key("Down")
    for digit in "482913":
        key(digit)
    key("Return")
    picture("ready")
    key("F4")
    time.sleep(5)
    for kind, send in [("serial", lambda: gadget.serial("]C1Test/2975\x1d-yaZ\"\r")),
                       ("hid", lambda: gadget.point_of_sale("Test/2975\x1d-yaZ\"")),
                       ("keyboard", lambda: gadget.keyboard("Test/2975-yaZ\"\n"))]:
        send()
        time.sleep(8)
        picture(f"tried-{kind}")
    key("Down")
    time.sleep(15)
    picture("camera")
    key("Escape")
    gadget.keyboard(NUMBER + "\n")
    time.sleep(10)
    picture("sale")
    if till.poll() is not None:
        fails("the window stays open")
    # What it showed is for a person to look at.
    print("note  the window ran; its pictures are beside this file", flush=True)
    till.kill()


sandbox = set_up()
scanners_with_ports()
permissions()
feed = cameras()
window()
feed.kill()
sandbox.end()
print("ALL HOLD", flush=True)
