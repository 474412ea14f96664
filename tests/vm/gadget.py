"""An emulated USB device of three scanners: one that types, one in HID point-of-sale mode, one on a serial port."""
import os
import time

ROOT = "/sys/kernel/config/usb_gadget/scanners"
KEYBOARD = bytes.fromhex(
    "05010906a101050719e029e715002501750195088102950175088103" "95067508150025650507190029658100c0")
# Report 2: byte count, three bytes of identifier, 59 bytes of data.
SCANNER = bytes.fromhex(
    "058c0902a1010912a1028502150026ff0075089501" "0501093b8102" "9503058c09fb09fc09fd8102" "953b09fe820201c0c0")
US = {**{str((i + 1) % 10): 0x1E + i for i in range(10)}, "\n": 0x28}
US.update({chr(ord("a") + i): 0x04 + i for i in range(26)})
US.update({"-": 0x2D, "/": 0x38, "]": 0x30, '"': 0x34})


def write(path, value):
    mode = "wb" if isinstance(value, bytes) else "w"
    with open(os.path.join(ROOT, path), mode) as file:
        file.write(value)


def make():
    """The device with its three functions, not plugged in."""
    for folder in ["strings/0x409", "configs/c.1", "functions/hid.keys", "functions/hid.pos", "functions/acm.0"]:
        os.makedirs(os.path.join(ROOT, folder), exist_ok=True)
    write("idVendor", "0x05e0")
    write("idProduct", "0x1300")
    write("strings/0x409/manufacturer", "Emulated")
    write("strings/0x409/product", "Counter Scanner")
    write("strings/0x409/serialnumber", "S123")
    for name, protocol, length, descriptor in [("keys", "1", "8", KEYBOARD), ("pos", "0", "64", SCANNER)]:
        write(f"functions/hid.{name}/protocol", protocol)
        write(f"functions/hid.{name}/subclass", protocol)
        write(f"functions/hid.{name}/report_length", length)
        write(f"functions/hid.{name}/report_desc", descriptor)
    for name in ["hid.keys", "hid.pos", "acm.0"]:
        os.symlink(f"{ROOT}/functions/{name}", f"{ROOT}/configs/c.1/{name}")


def plug():
    write("UDC", sorted(os.listdir("/sys/class/udc"))[0] + "\n")
    for _ in range(300):
        if all(os.path.exists(f"/dev/{name}") for name in ["hidg0", "hidg1", "ttyGS0", "ttyACM0"]):
            break
        time.sleep(0.1)
    os.system("stty -F /dev/ttyGS0 raw -echo")


def unplug():
    write("UDC", "\n")


def serial(text):
    port = os.open("/dev/ttyGS0", os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    os.write(port, text.encode())
    os.close(port)


def point_of_sale(text, identifier="]C1"):
    data = text.encode()
    with open("/dev/hidg1", "wb", buffering=0) as device:
        device.write(bytes([2, len(data)]) + identifier.encode() + data.ljust(59, b"\0"))


def keyboard(text):
    with open("/dev/hidg0", "wb", buffering=0) as device:
        for character in text:
            shift = 0x02 if character.isupper() or character == '"' else 0
            device.write(bytes([shift, 0, US[character.lower()], 0, 0, 0, 0, 0]))
            device.write(bytes(8))
