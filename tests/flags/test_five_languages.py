"""More sentences of our own in the five languages without labels: who may use whose data to train what."""

import pytest

from tests.support.flagging import stances

TRAINING = {
    "de": {
        "permits": [
            "Ihre Inhalte können zur Entwicklung und Verbesserung unserer KI-Modelle verwendet werden.",
            "Wir können Ihre öffentlichen Beiträge nutzen, um generative KI zu trainieren.",
            "Unsere Partner dürfen Ihre Daten zum Training ihrer KI-Modelle nutzen.",
            "Ihre Sprachaufnahmen helfen uns, unsere Algorithmen zu verbessern.",
            "Wenn Sie nicht widersprechen, werden Ihre Beiträge zum Training unserer KI verwendet.",
        ],
        "denies": [
            "Ihre Daten werden nicht für das Training von KI-Modellen verwendet.",
            "Wir werden Ihre Inhalte nie zum Trainieren von KI nutzen.",
            "Unsere Dienstleister dürfen Ihre Daten nicht zum Training ihrer Modelle verwenden.",
        ],
        "limits": [
            "Sie können jederzeit der Verwendung Ihrer Daten für KI-Training widersprechen.",
            "Nur mit Ihrer Einwilligung verwenden wir Ihre Chats zum Training unserer KI.",
            "Deaktivieren Sie diese Einstellung, damit Ihre Chats nicht zum Training unserer Modelle verwendet werden.",
        ],
        "": [
            "Nutzer dürfen unsere Inhalte nicht zum Training von KI-Systemen verwenden.",
            "Die KI kann fehlerhafte Ergebnisse liefern.",
            "Unsere Mitarbeiter nehmen an Schulungen zu KI und Datenschutz teil.",
            "Text- und Data-Mining zum Training von KI ist untersagt.",
        ],
    },
    "es": {
        "permits": [
            "Podemos usar tus publicaciones públicas para entrenar IA generativa.",
            "Tu contenido puede utilizarse para desarrollar y mejorar nuestros modelos de IA.",
            "Nuestros socios pueden usar tus datos para entrenar sus modelos de inteligencia artificial.",
            "Si no te opones, usaremos tus publicaciones para entrenar nuestra IA.",
        ],
        "denies": [
            "Tus datos no se utilizan para entrenar modelos de IA.",
            "Nunca usaremos tus mensajes para entrenar inteligencia artificial.",
        ],
        "limits": [
            "Puedes oponerte al uso de tus datos para entrenar nuestros modelos.",
            "No usaremos tus archivos para entrenar IA sin tu consentimiento.",
        ],
        "": [
            "No puedes usar nuestro contenido para entrenar modelos de IA.",
            "La IA puede cometer errores.",
            "Nuestros empleados reciben formación sobre IA.",
            "Está prohibido extraer datos para entrenar inteligencia artificial.",
        ],
    },
    "it": {
        "permits": [
            "Possiamo usare i tuoi post pubblici per addestrare l'IA generativa.",
            "I tuoi contenuti possono essere utilizzati per sviluppare e migliorare i nostri modelli di IA.",
            "I nostri partner possono usare i tuoi dati per addestrare i loro modelli di intelligenza artificiale.",
            "Se non ti opponi, useremo i tuoi post per addestrare la nostra IA.",
        ],
        "denies": [
            "I tuoi dati non vengono utilizzati per addestrare modelli di IA.",
            "Non useremo mai i tuoi messaggi per addestrare l'intelligenza artificiale.",
        ],
        "limits": [
            "Puoi opporti all'uso dei tuoi dati per addestrare i nostri modelli.",
            "Non useremo i tuoi file per addestrare l'IA senza il tuo consenso.",
        ],
        "": [
            "Non puoi usare i nostri contenuti per addestrare modelli di IA.",
            "L'IA può commettere errori.",
            "I nostri dipendenti seguono corsi di formazione sull'IA.",
            "È vietato estrarre dati per addestrare l'intelligenza artificiale.",
        ],
    },
    "nl": {
        "permits": [
            "We kunnen uw openbare berichten gebruiken om generatieve AI te trainen.",
            "Uw inhoud kan worden gebruikt voor het ontwikkelen en verbeteren van onze AI-modellen.",
            "Onze partners mogen uw gegevens gebruiken om hun AI-modellen te trainen.",
            "Als u geen bezwaar maakt, gebruiken we uw berichten om onze AI te trainen.",
        ],
        "denies": [
            "Uw gegevens worden niet gebruikt om AI-modellen te trainen.",
            "We zullen uw berichten nooit gebruiken om kunstmatige intelligentie te trainen.",
        ],
        "limits": [
            "U kunt bezwaar maken tegen het gebruik van uw gegevens voor AI-training.",
            "We gebruiken uw bestanden niet voor AI-training zonder uw toestemming.",
        ],
        "": [
            "U mag onze inhoud niet gebruiken om AI-modellen te trainen.",
            "AI kan fouten maken.",
            "Onze medewerkers volgen trainingen over AI.",
            "Het is verboden gegevens te verzamelen voor het trainen van AI.",
        ],
    },
    "pt": {
        "permits": [
            "Podemos usar suas publicações públicas para treinar IA generativa.",
            "Seu conteúdo pode ser utilizado para desenvolver e melhorar nossos modelos de IA.",
            "Nossos parceiros podem usar seus dados para treinar os modelos de inteligência artificial deles.",
            "Se você não se opuser, usaremos suas publicações para treinar nossa IA.",
        ],
        "denies": [
            "Seus dados não são utilizados para treinar modelos de IA.",
            "Nunca usaremos suas mensagens para treinar inteligência artificial.",
        ],
        "limits": [
            "Você pode se opor ao uso dos seus dados para treinar nossos modelos.",
            "Não usaremos seus arquivos para treinar IA sem o seu consentimento.",
        ],
        "": [
            "Você não pode usar nosso conteúdo para treinar modelos de IA.",
            "A IA pode cometer erros.",
            "Nossos funcionários recebem treinamento sobre IA.",
            "É proibido extrair dados para treinar inteligência artificial.",
        ],
    },
}


@pytest.mark.parametrize(
    ("language", "stance", "text"),
    [(la, stance, text) for la, table in TRAINING.items() for stance, texts in table.items() for text in texts],
)
def test_a_sentence_is_read_as_a_reader_takes_it(language: str, stance: str, text: str) -> None:
    assert stances(text, language) == ({stance} if stance else set())
