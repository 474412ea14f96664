#!/usr/bin/env python3
"""Takes out of an installer what is new each time it is made: the package code, and the times of creating and saving.

    settle-msi.py FILE.msi SECONDS      SECONDS since 1970, in place of the time of day

wixl has no way to say them. They stand in the file's summary, a property set as in Microsoft's [MS-OLEPS], and are written
over in their places; the file's length and everything else stay. The package code becomes a name-based UUID (version 5) of
the file's other bytes: the same content has the same code, another content another one, which is what Windows Installer
asks of it. **Whatever looks otherwise than expected ends in an error, never in a changed file.**
"""

import hashlib
import struct
import sys
import uuid

SUMMARY = uuid.UUID("f29f85e0-4ff9-1068-ab91-08002b27b3d9").bytes_le
PACKAGE_CODE, CREATED, SAVED = 9, 12, 13
TEXT, TIME = 0x1E, 0x40
# Of "Tillback's installers"; any fixed one will do.
NAMESPACE = uuid.UUID("6e0b7e0c-6b55-4b1b-9b4c-6d2e9c1d7a10")


def places(data):
    """Where the three values stand: property -> (kind, offset of the value)."""
    at = data.find(SUMMARY)
    if at < 28 or data.find(SUMMARY, at + 1) >= 0:
        raise ValueError("there is no summary, or more than one")
    head = at - 28  # byte order, version, system, class, number of sections: before the section's id
    order, _version, _system, sections = struct.unpack_from("<HHI16xI", data, head)
    if order != 0xFFFE or sections != 1:
        raise ValueError("the summary does not begin as one does")
    section = head + struct.unpack_from("<I", data, at + 16)[0]
    _size, count = struct.unpack_from("<II", data, section)
    found = {}
    for entry in range(min(count, 64)):
        name, offset = struct.unpack_from("<II", data, section + 8 + 8 * entry)
        kind = struct.unpack_from("<I", data, section + offset)[0]
        found[name] = (kind, section + offset + 4)
    return found


def settle(data, seconds):
    """The same installer without what is new each time."""
    data = bytearray(data)
    found = places(data)
    for name in (CREATED, SAVED):
        kind, at = found[name]
        if kind != TIME:
            raise ValueError("a time of the summary is none")
        # Windows counts tenths of microseconds since 1601.
        struct.pack_into("<Q", data, at, (seconds + 11_644_473_600) * 10_000_000)
    kind, at = found[PACKAGE_CODE]
    length = struct.unpack_from("<I", data, at)[0]
    code = slice(at + 4, at + 4 + 38)
    if kind != TEXT or length != 39 or data[code][:1] != b"{" or data[code][-1:] != b"}":
        raise ValueError("the package code is no UUID in braces")
    data[code] = b"\0" * 38
    name = uuid.uuid5(NAMESPACE, hashlib.sha256(data).hexdigest())
    data[code] = b"{%s}" % str(name).upper().encode()
    return bytes(data)


def main():
    path, seconds = sys.argv[1], int(sys.argv[2])
    with open(path, "rb") as file:
        data = file.read()
    try:
        settled = settle(data, seconds)
    except (ValueError, KeyError, struct.error) as error:
        sys.exit(f"{path} is left as it was: {error}")
    with open(path, "wb") as file:
        file.write(settled)


if __name__ == "__main__":
    main()
