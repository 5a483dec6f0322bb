"""A day in a calendar (RFC 5545), in pure Python."""

from datetime import date, timedelta


def day_event(*, uid: str, day: date, title: str, place: str, url: str, stamp: str) -> str:
    """One event that lasts all of `day`. `stamp` is the UTC moment of its last change, as 20220704T080000Z."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Passerelles//Ateliers//FR",
        "BEGIN:VEVENT",
        f"UID:{_escaped(uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        *([f"LOCATION:{_escaped(place)}"] if place else []),
        f"URL:{url}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """`line` cut at 75 octets, never inside a character (section 3.1)."""
    pieces, current = [], b""
    for character in line:
        octets = character.encode()
        if len(current) + len(octets) > (75 if not pieces else 74):
            pieces.append(current.decode())
            current = b""
        current += octets
    return "\r\n ".join([*pieces, current.decode()])
