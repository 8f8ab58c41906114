"""Places in a sentence: "the Netherlands", "au Canada"; names come from Babel (Unicode CLDR)."""

from babel import Locale

ENGLISH_THE = frozenset({"NL", "PH", "AE", "BS", "GM", "MV", "DO", "CF", "KM", "SB", "MH", "SC", "KY", "FK", "FO"})
"""Countries whose English name takes "the"."""

FRENCH_PLURAL = frozenset({"NL", "PH", "AE", "BS", "MV", "SC", "KM", "SB", "MH", "KY", "FO", "FJ", "TO", "BM"})
"""Countries one is "aux" in French."""

FRENCH_BARE = frozenset(
    {
        "CY",
        "MT",
        "SG",
        "CU",
        "MC",
        "MG",
        "OM",
        "BH",
        "TW",
        "MU",
        "HT",
        "PR",
        "BB",
        "DM",
        "GD",
        "KN",
        "LC",
        "TT",
        "TV",
        "NR",
        "KI",
        "PW",
        "WS",
        "ST",
        "AD",
        "DJ",
        "MO",
        "GI",
        "SM",
        "RE",
        "YT",
    }
)
"""Countries without an article in French: one is "à" them (Andorra, Haiti and the like by custom "en" or "à")."""

FRENCH_MASCULINE_E = frozenset({"MX", "KH", "MZ", "ZW", "SR", "BZ"})
"""Countries whose French name ends in e and is masculine all the same."""


def place(code: str, language: str) -> str | None:
    """A country as a sentence needs it: with its article in English, with its preposition in French.

    code: ISO 3166-1 alpha-2. None when Babel has no name for it.

    >>> place("NL", "en"), place("CH", "fr"), place("CA", "fr"), place("NL", "fr")
    ('the Netherlands', 'en Suisse', 'au Canada', 'aux Pays-Bas')
    """
    name = Locale.parse(language).territories.get(code)
    if name is None:
        return None
    if language == "fr":
        return f"{_french_preposition(code, name)} {name}"
    return f"the {name}" if code in ENGLISH_THE else str(name)


def _french_preposition(code: str, name: str) -> str:
    if code in FRENCH_PLURAL:
        return "aux"
    if code in FRENCH_BARE:
        return "à"
    feminine = name.split()[0].split("-")[0].endswith(("e", "é")) and code not in FRENCH_MASCULINE_E
    return "en" if feminine or name[0] in "AEIOUÉÎ" else "au"
