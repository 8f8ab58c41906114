"""Names in a sentence."""


def of(name: str) -> str:
    """Put French "de" before a name, elided before a vowel.

    >>> of("LinkedIn"), of("OpenAI"), of("Instagram")
    ('de LinkedIn', 'd’OpenAI', 'd’Instagram')
    """
    return f"d’{name}" if name[:1].lower() in "aeiouéèêàâîôûy" and name else f"de {name}"


def possessive(name: str) -> str:
    """A name in the English possessive.

    >>> possessive("LinkedIn"), possessive("Amazon Web Services")
    ("LinkedIn's", "Amazon Web Services'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"
