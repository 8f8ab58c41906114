"""Names in a French sentence."""


def of(name: str) -> str:
    """Put "de" before a name, elided before a vowel.

    >>> of("LinkedIn"), of("OpenAI"), of("Instagram")
    ('de LinkedIn', 'd’OpenAI', 'd’Instagram')
    """
    return f"d’{name}" if name[:1].lower() in "aeiouéèêàâîôûy" and name else f"de {name}"
