#!/usr/bin/env python3
"""Writes backend/src/dialling/time_zones.txt from libphonenumber's map of time zones (Apache-2.0, Google).

    python3 -m venv /tmp/zones && /tmp/zones/bin/pip install phonenumbers==9.0.43
    /tmp/zones/bin/python backend/scripts/time_zones.py

A line: IANA time zones apart by commas, or none where the numbers are of too many; a tab; the beginnings of the numbers.
"""

import pathlib

from phonenumbers.tzdata import TIMEZONE_DATA

# More of them tell nothing of the time at the far end.
MOST = 6

kept = {}
for prefix in sorted(TIMEZONE_DATA, key=len):
    zones = TIMEZONE_DATA[prefix] if len(TIMEZONE_DATA[prefix]) <= MOST else ()
    shorter = (kept[prefix[:n]] for n in range(len(prefix) - 1, 0, -1) if prefix[:n] in kept)
    if next(shorter, ()) != zones:
        kept[prefix] = zones

lines = {}
for prefix, zones in sorted(kept.items()):
    lines.setdefault(",".join(zones), []).append(prefix)
target = pathlib.Path(__file__).resolve().parent.parent / "src" / "domain" / "time_zones.txt"
target.write_text("".join(f"{zones}\t{' '.join(prefixes)}\n" for zones, prefixes in sorted(lines.items())))
