import pytest

from diffing.language import language_of

ENGLISH = "We keep your address and your phone number for as long as your account with us is open."
FRENCH = "Nous gardons votre adresse et votre numéro de téléphone tant que votre compte chez nous reste ouvert."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr"),
        (ENGLISH.upper(), "en"),
        ("Wir bewahren Ihre Anschrift und Ihre Telefonnummer auf, solange Ihr Konto bei uns besteht.", "de"),
        ("Bewaren wij uw adres en uw telefoonnummer? Ja, zolang uw rekening bij ons open is.", "nl"),
        (
            "お客様のアカウントが有効である限り、お客様の住所と電話番号を当社で保管いたします。ご了承ください。よろしくお願い申し上げます。",
            "ja",
        ),
    ],
)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "OK", "* * *", "12345 67890 " * 20, "\0" * 100, "https://example.org/"])
def test_what_is_too_short_or_no_language_is_unknown(text: str) -> None:
    assert language_of(text) == ""


def test_prose_counts_for_more_than_menus_and_addresses() -> None:
    menu = "\n".join(f"*   [English](https://example.org/en/privacy/policy/{n})" for n in range(200))
    assert language_of(f"{menu}\n\n{FRENCH}\n\n{FRENCH}") == "fr"


def test_a_huge_text_is_only_sampled() -> None:
    assert language_of(f"{ENGLISH}\n\n{FRENCH * 20_000}" * 2 + "word " * 100_000) in {"en", "fr"}


def test_the_same_text_always_has_the_same_language() -> None:
    assert len({language_of(f"{ENGLISH}\n\n{FRENCH}") for _ in range(3)}) == 1
