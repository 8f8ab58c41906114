"""Dates, deadlines, regions, recipients and legal bases in German, Spanish, Italian, Dutch and Portuguese."""

import pytest

from diffing.fact import FactName
from diffing.facts.vocabulary import LANGUAGES
from tests.support.facts import read, said, values


def test_seven_languages_are_read() -> None:
    assert LANGUAGES == ("en", "fr", "de", "es", "it", "nl", "pt")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Ab dem 3. November 2025 verwenden wir deine Beiträge, um unsere KI zu trainieren."),
        ("de", "Ab Montag, dem 3. November 2025 werden wir KI mit deinen Beiträgen trainieren."),
        ("de", "Diese Richtlinie tritt am 3. November 2025 in Kraft; wir trainieren KI mit deinen Beiträgen."),
        ("es", "A partir del 3 de noviembre de 2025 usaremos tus publicaciones para entrenar nuestra IA."),
        ("es", "Esta política entra en vigor el 3 de noviembre de 2025: entrenamos la IA con tus datos."),
        ("it", "Dal 3 novembre 2025 useremo i tuoi post per addestrare la nostra IA."),
        ("it", "Questa informativa entra in vigore il 3 novembre 2025: addestriamo l'IA con i tuoi post."),
        ("nl", "Vanaf 3 november 2025 gebruiken wij je berichten om onze AI te trainen."),
        ("nl", "Vanaf maandag 3 november 2025 zullen we AI trainen met je berichten."),
        ("pt", "A partir de 3 de novembro de 2025 usaremos as tuas publicações para treinar a nossa IA."),
        ("pt", "Esta política entra em vigor em 3 de novembro de 2025: treinamos a IA com os teus dados."),
    ],
)
def test_the_day_from_which_it_holds_is_read(language: str, sentence: str) -> None:
    assert said(sentence, FactName.EFFECTIVE_DATE, language=language) == ["2025-11-03"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Zuletzt aktualisiert: 3. November 2025."),
        ("es", "Última actualización: 3 de noviembre de 2025."),
        ("it", "Ultimo aggiornamento: 3 novembre 2025."),
        ("nl", "Laatst bijgewerkt: 3 november 2025."),
        ("pt", "Última atualização: 3 de novembro de 2025."),
    ],
)
def test_the_day_of_the_last_update_is_no_effective_date(language: str, sentence: str) -> None:
    assert values(read(sentence, language=language), FactName.EFFECTIVE_DATE) == []
    assert said(sentence, FactName.EFFECTIVE_DATE, language=language) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Du kannst bis zum 3. November 2025 widersprechen, dass wir KI mit deinen Daten trainieren."),
        ("es", "Puedes oponerte hasta el 3 de noviembre de 2025 a que entrenemos la IA con tus datos."),
        ("it", "Puoi opporti entro il 3 novembre 2025 all'addestramento dell'IA con i tuoi dati."),
        ("nl", "Je kunt tot 3 november 2025 bezwaar maken tegen het trainen van AI met je gegevens."),
        ("pt", "Podes opor-te até 3 de novembro de 2025 a que treinemos a IA com os teus dados."),
    ],
)
def test_the_deadline_to_object_is_read(language: str, sentence: str) -> None:
    assert said(sentence, FactName.OPT_OUT_BY, language=language) == ["2025-11-03"]
    assert said(sentence, FactName.EFFECTIVE_DATE, language=language) == []


@pytest.mark.parametrize(
    ("language", "sentence", "regions"),
    [
        ("de", "Wir trainieren KI mit Beiträgen von Mitgliedern in der EU und der Schweiz.", ["EU", "CH"]),
        ("de", "Wir trainieren KI mit Beiträgen, außerhalb der EU.", []),
        ("es", "Entrenamos la IA con publicaciones de miembros en la Unión Europea y Suiza.", ["EU", "CH"]),
        ("es", "Los datos con los que entrenamos la IA se almacenan en Estados Unidos.", []),
        ("it", "Addestriamo l'IA con i post dei membri nel Regno Unito e in Svizzera.", ["UK", "CH"]),
        ("nl", "We trainen AI met berichten van leden in de EU, de EER en Zwitserland.", ["EU", "EEA", "CH"]),
        ("pt", "Treinamos a IA com publicações de membros no Reino Unido e na Suíça.", ["UK", "CH"]),
        ("pt", "Fora da UE, treinamos a IA com publicações.", []),
    ],
)
def test_regions_where_people_live_are_read(language: str, sentence: str, regions: list[str]) -> None:
    assert said(sentence, FactName.REGION, language=language) == regions


@pytest.mark.parametrize(
    ("language", "sentence", "recipients"),
    [
        ("de", "Wir teilen deine Daten mit Microsoft und unseren Werbepartnern.", ["Microsoft", "partners"]),
        ("de", "Wir geben deine Daten nicht an Dritte weiter, um KI zu trainieren.", []),
        (
            "de",
            "Wir übermitteln Beiträge an verbundene Unternehmen und Dienstleister.",
            ["affiliates", "service_providers"],
        ),
        ("es", "Compartimos tus datos con Microsoft y con nuestros socios.", ["Microsoft", "partners"]),
        ("es", "No compartimos tus datos con terceros para entrenar la IA.", []),
        ("it", "Condividiamo i tuoi dati con Microsoft e con terzi.", ["Microsoft", "third_parties"]),
        ("it", "Non condividiamo i tuoi dati con terzi per addestrare l'IA.", []),
        ("nl", "Wij delen je gegevens met Microsoft en met derden.", ["Microsoft", "third_parties"]),
        ("nl", "Wij delen je gegevens niet met adverteerders.", []),
        ("pt", "Partilhamos os teus dados com a Microsoft e com parceiros.", ["Microsoft", "partners"]),
        ("pt", "Não partilhamos os teus dados com anunciantes.", []),
    ],
)
def test_who_gets_the_data_is_read(language: str, sentence: str, recipients: list[str]) -> None:
    assert said(sentence, FactName.RECIPIENT, language=language) == recipients


@pytest.mark.parametrize(
    ("language", "sentence", "basis"),
    [
        ("de", "Wir trainieren KI auf Grundlage unserer berechtigten Interessen.", "legitimate_interests"),
        ("de", "Wir trainieren KI nur mit deiner Einwilligung.", "consent"),
        ("es", "Entrenamos la IA sobre la base de nuestro interés legítimo.", "legitimate_interests"),
        ("es", "Entrenamos la IA con tu consentimiento.", "consent"),
        ("it", "Addestriamo l'IA sulla base del nostro legittimo interesse.", "legitimate_interests"),
        ("it", "Addestriamo l'IA con il tuo consenso.", "consent"),
        ("nl", "We trainen AI op grond van ons gerechtvaardigd belang.", "legitimate_interests"),
        ("nl", "We trainen AI met jouw toestemming.", "consent"),
        ("pt", "Treinamos a IA com base no nosso interesse legítimo.", "legitimate_interests"),
        ("pt", "Treinamos a IA com o teu consentimento.", "consent"),
    ],
)
def test_the_legal_basis_is_read(language: str, sentence: str, basis: str) -> None:
    assert said(sentence, FactName.LEGAL_BASIS, language=language) == [basis]


@pytest.mark.parametrize("language", ["de", "es", "it", "nl", "pt"])
def test_what_a_language_has_no_words_for_is_absent(language: str) -> None:
    sentence = "We train AI on your posts, unless you opt out under Settings > Privacy."
    found = read(sentence, sentence, language=language)
    assert {fact.name for fact in found} & {FactName.DATA_USED, FactName.DEFAULT, FactName.RETROACTIVE} == set()
