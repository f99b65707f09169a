#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the capture page's list of countries and US states in one language, as an ES module.

    make-places.py ISO_CODES_PREFIX LANGUAGE OUTPUT

Names come from iso-codes: its JSON lists and its translations. A language of which iso-codes has no
translation on this system gets the English names, and the page then asks the browser for better
ones. The order is by code: the page sorts as its language does.
"""
import gettext
import json
import os
import sys

# Names people type that no list of ISO has. ISO's three letters are found without being here.
ALIASES = {
    "AE": ["UAE", "Emirates"],
    "BO": ["Bolivia"],
    "CD": ["DRC", "Congo-Kinshasa", "Zaire"],
    "CG": ["Congo-Brazzaville"],
    "CI": ["Ivory Coast", "Cote d'Ivoire"],
    "CV": ["Cape Verde"],
    "CZ": ["Czech Republic"],
    "FK": ["Malvinas"],
    "GB": ["UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland"],
    "KP": ["North Korea"],
    "KR": ["South Korea"],
    "LA": ["Laos"],
    "MK": ["Macedonia"],
    "MM": ["Burma"],
    "NL": ["Holland"],
    "RU": ["Russia"],
    "SZ": ["Swaziland"],
    "TL": ["East Timor"],
    "TR": ["Turkey", "Turkiye"],
    "TW": ["Formosa"],
    "US": ["America", "United States of America"],
    "VA": ["Vatican"],
}
# Nobody lives there who could have a document of it.
NO_STATES = {"US-UM"}


def read(prefix, name):
    with open(os.path.join(prefix, "share", "iso-codes", "json", f"iso_{name}.json"), encoding="utf-8") as file:
        return json.load(file)[name]


class Untranslated(gettext.NullTranslations):
    """A name without a translation is told apart from one that stays the same."""

    def gettext(self, message):
        return None


def translator(prefix, domain, language):
    """A function that translates a name, or gives None."""
    path = os.path.join(prefix, "share", "locale", language, "LC_MESSAGES", f"iso_{domain}.mo")
    if language == "en" or not os.path.exists(path):
        return lambda text: None
    with open(path, "rb") as file:
        catalogue = gettext.GNUTranslations(file)
    catalogue.add_fallback(Untranslated())
    return catalogue.gettext


def countries(prefix, language):
    translate = translator(prefix, "3166-1", language)
    for entry in sorted(read(prefix, "3166-1"), key=lambda one: one["alpha_2"]):
        names = [entry[key] for key in ("common_name", "name") if key in entry]
        translated = [name for name in map(translate, names) if name]
        name = (translated or names)[0]
        others = [entry["alpha_3"], *ALIASES.get(entry["alpha_2"], []), *names]
        words = list(dict.fromkeys(word for word in others if word.casefold() != name.casefold()))
        yield [entry["alpha_2"], name, words]


def states(prefix, language):
    translate = translator(prefix, "3166-2", language)
    for entry in sorted(read(prefix, "3166-2"), key=lambda one: one["code"]):
        if not entry["code"].startswith("US-") or entry["code"] in NO_STATES:
            continue
        name = translate(entry["name"]) or entry["name"]
        yield [entry["code"][3:], name, [entry["name"]] if name != entry["name"] else []]


def main():
    prefix, language, output = sys.argv[1:]
    is_translated = language == "en" or translator(prefix, "3166-1", language)("Germany") is not None
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    with open(output, "w", encoding="utf-8") as file:
        file.write("// Made by build-aux/make-places.py from iso-codes (LGPL-2.1-or-later): [code, name, other words].\n")
        file.write(f"export const isTranslated = {json.dumps(is_translated)};\n")
        for name, rows in (("countries", countries), ("states", states)):
            lines = ",\n".join(json.dumps(row, **compact) for row in rows(prefix, language))
            file.write(f"export const {name} = [\n{lines},\n];\n")


if __name__ == "__main__":
    main()
