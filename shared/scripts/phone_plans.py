#!/usr/bin/env python3
"""Writes shared/src/phone/plans.txt and names.txt from libphonenumber's metadata (Apache-2.0, Google).

    python3 -m venv /tmp/plans && /tmp/plans/bin/pip install phonenumbers==9.0.43
    /tmp/plans/bin/python shared/scripts/phone_plans.py

What a line of plans.txt says is described where it is read, in shared/src/phone/plans.rs.
"""

import pathlib
import random
import re

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumber
from phonenumbers.geocoder import _region_display_name as name_of
from phonenumbers.shortnumberinfo import SUPPORTED_SHORT_REGIONS

HERE = pathlib.Path(__file__).resolve().parent.parent / "src" / "phone"

# Ranges that work inside the country only; an unfinished number would be taken for one of them.
GENERAL = {81: r"[25-9]\d{9}|[1-9]\d{8}", 1: r"[2-9]\d{9}"}
# Where the library's names are not those in use.
NAMES = {"AC": "Ascension Island", "TA": "Tristan da Cunha", "XK": "Kosovo", "CZ": "Czechia", "MK": "North Macedonia", "SZ": "Eswatini"}
LENGTHS = {81: (9, 10), 1: (10,)}
GROUP = re.compile(r"\(\\d(?:\{(\d+)(?:,(\d+))?\})?\)")
# Too rare to be met by chance: the ranges that the metadata has for them.
RARE = {"VA": ["06698"], "CC": ["89162"], "CX": ["89164"]}
# What is written in front of a number or within it and is no part of it, by the rules of `national_prefix_for_parsing`; see Plan::rules.
# Patterns that hold a whole number are shortened here: whether the rest is one, the plan says.
REWRITTEN = {
    "AR": "0?,11|[23]xxx?,15,9",
    "GA": "0",
    # the carrier's code and the prefix of a town are dialled one behind the other
    "CN": "1([12]x|79)xx0?",
}
# Gone since 2019 and left out of the metadata, but still in address books: Mexico's mobile and long-distance prefixes.
OLD = {"MX": "1|01|04[45]"}
# Emergency numbers that the metadata calls otherwise: the Japanese coast guard.
EMERGENCY = {"JP": ["118"]}
# Answered by every mobile network (3GPP TS 22.101), and so known to every line.
EVERYWHERE = {"112", "911"}
# How deep the prefixes of territories that share a calling code are followed.
DEPTH = 6


def metadata(calling_code, region):
    if region == "001":
        return PhoneMetadata.metadata_for_nongeo_region(calling_code)
    return PhoneMetadata.metadata_for_region(region)


def short(pattern):
    """A repeated `\\d` is what the patterns consist of; `x` says the same."""
    assert re.fullmatch(r"[\d\[\](){}|?:,\\d-]*", pattern), pattern
    return re.sub(r"\(\?:", "(", pattern.replace(r"\d", "x"))


def template(pattern, form):
    """`(\\d{2})(\\d{3,4})` and `0\\1-\\2` become `0b-cD`: b is two digits, cD three to four."""
    groups = []
    for least, most in GROUP.findall(pattern):
        least = int(least or 1)
        most = int(most or least)
        groups.append(chr(96 + least) + (chr(64 + most) if most > least else ""))
    if re.findall(r"\\(\d)", form) != [str(i + 1) for i in range(len(groups))]:
        return None
    return re.sub(r"\\(\d)", lambda m: groups[int(m[1]) - 1], form)


def fits(pattern, lengths):
    groups = [(int(least or 1), int(most or least or 1)) for least, most in GROUP.findall(pattern)]
    return any(sum(least for least, _ in groups) <= n <= sum(most for _, most in groups) for n in lengths)


def formats(data, lengths):
    abroad = {(f.pattern, lead(f)): f.format for f in data.intl_number_format}
    lines = []
    for f in data.number_format:
        international = abroad.get((f.pattern, lead(f)), "NA") if abroad else f.format
        # what is shorter than any whole number is dialled within a town only
        if international == "NA" or not fits(f.pattern, lengths):
            continue
        rule = f.national_prefix_formatting_rule
        national = f.format.replace("\\1", rule, 1) if rule else f.format
        home, away = template(f.pattern, national), template(f.pattern, international)
        assert away, (data.id, f)
        line = [short(lead(f)), home or ""]
        if (home or "").lstrip("0123456789 (") != away:
            line.append(away)
        lines.append(":".join(line))
    return lines


def lead(f):
    return f.leading_digits_pattern[-1] if f.leading_digits_pattern else ""


def trunk(data):
    """What is dialled before a number inside the country; the first is how it is written. Carrier codes are left out."""
    own = data.national_prefix
    others = data.national_prefix_for_parsing or ""
    if m := re.fullmatch(r"\[(\d+)\]", others):
        others = "|".join(m[1])
    others = others.removesuffix("?") if data.id == "BY" else others
    others = others.split("|") if re.fullmatch(r"\d+(\|\d+)*", others) else []
    return "|".join(dict.fromkeys(([own] if own else []) + [o for o in others if len(o) <= 2]))


def rules(data):
    """What is dropped or put in so that digits become a number: `lead,keep,drop,put`, of which the last ones may be missing."""
    if data.id in REWRITTEN:
        return REWRITTEN[data.id]
    found = [OLD[data.id]] if data.id in OLD else []
    parsing = data.national_prefix_for_parsing or ""
    transform = data.national_prefix_transform_rule or ""
    local = re.match(r"\((\[[\d-]+\]|\d)(\\d\{\d\})\)\$", parsing)
    if local and (put := re.fullmatch(r"(\d+)\\1", transform)):
        found.append(f",{short(local[1] + local[2])},,{put[1]}")
        parsing = parsing[local.end():].lstrip("|")
    # whole numbers that begin like a prefix: the plan has them
    parsing = re.sub(r"^\(000[^|]*\)\$\|", "", parsing)
    if data.id == "BR":
        parsing = parsing.replace(r"(\d{10,11})", "")
    known = set(trunk(data).split("|"))
    if parsing and not known.issuperset(parsing.split("|")) and data.id not in ("BY", "LT", "RU", "KZ"):
        found.append(short(parsing))
    return ";".join(found)


def emergency(region):
    """A pattern, or the numbers one by one without those that are known everywhere, whichever is shorter."""
    if region not in SUPPORTED_SHORT_REGIONS:
        return ""
    desc = PhoneMetadata.short_metadata_for_region(region).emergency
    pattern = desc.national_number_pattern if desc else None
    every = (f"{n:0{length}}" for length in range(2, 7) for n in range(10**length)) if pattern else ()
    numbers = [n for n in every if re.fullmatch(pattern, n)] + EMERGENCY.get(region, [])
    listed = "|".join(sorted(set(numbers) - EVERYWHERE))
    return short(pattern) if pattern and len(short(pattern)) < len(listed) and region not in EMERGENCY else listed


def elsewhere(calling_code, regions):
    """Which prefixes belong to another territory than the main one, found by asking about random numbers."""
    chance = random.Random(calling_code)
    found = {region: [] for region in regions[1:]}
    lengths = sorted({n for r in regions for n in metadata(calling_code, r).general_desc.possible_length})

    def owners(prefix):
        seen = set()
        for _ in range(4000 if len(prefix) > 2 else 1500):
            rest = chance.choice(lengths) - len(prefix)
            if rest < 0:
                continue
            digits = prefix + "".join(chance.choices("0123456789", k=rest))
            number = PhoneNumber(country_code=calling_code, national_number=int(digits))
            region = phonenumbers.region_code_for_number(number)
            if region:
                seen.add(region)
        return seen

    def follow(prefix):
        seen = owners(prefix)
        if not seen or seen == {regions[0]}:
            return
        if len(seen) == 1:
            found[seen.pop()].append(prefix)
        elif len(prefix) < DEPTH:
            for digit in "0123456789":
                follow(prefix + digit)

    for digit in "123456789":
        follow(digit)
    return found


def area_codes():
    """The same for +1, where area codes never cross a border; those that no territory uses yet are left out."""
    found = {}
    for area in range(200, 1000):
        for tail in ("2345678", "2221212", "5551234", "4567890", "9876543", "3000000"):
            number = PhoneNumber(country_code=1, national_number=int(f"{area}{tail}"))
            region = phonenumbers.region_code_for_number(number)
            if region and region != "US":
                found.setdefault(region, []).append(str(area))
                break
    return found


def main():
    lines = []
    for calling_code, regions in sorted(COUNTRY_CODE_TO_REGION_CODE.items()):
        data = metadata(calling_code, regions[0])
        general = GENERAL.get(calling_code, data.general_desc.national_number_pattern)
        fields = [str(calling_code), regions[0].replace("001", ""), trunk(data), short(data.international_prefix or "")]
        lengths = LENGTHS.get(calling_code, data.general_desc.possible_length)
        shapes = [f for f in formats(data, lengths) if not (calling_code == 81 and f.startswith("0"))]
        lines.append("\t".join(fields + [short(general), rules(data), emergency(regions[0])] + shapes))
        if len(regions) > 1:
            others = area_codes() if calling_code == 1 else elsewhere(calling_code, regions)
            for region in regions[1:]:
                own = metadata(calling_code, region)
                ranges = "|".join(RARE.get(region) or others.get(region, []))
                lines.append("\t".join(["", region, short(own.international_prefix or ""), ranges, rules(own), emergency(region)]).rstrip("\t"))
    (HERE / "plans.txt").write_text("\n".join(lines) + "\n")
    names = [(code, NAMES.get(code) or name_of(code, "en")) for code in sorted(phonenumbers.SUPPORTED_REGIONS)]
    (HERE / "names.txt").write_text("".join(f"{code}\t{name}\n" for code, name in names))


main()
