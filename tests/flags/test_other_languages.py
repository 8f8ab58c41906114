"""Topics in German, Spanish, Italian, Dutch and Portuguese: a table of sentences of our own for each."""

import pytest

from tests.support.flagging import flagged, said

TRAINING = {
    "de": {
        "permits": [
            "Wir trainieren unsere KI-Modelle mit Ihren Beiträgen.",
            "Wir setzen Ihre Fotos zum Trainieren unserer Sprachmodelle ein.",
            "Ihre Nachrichten werden zum Training von künstlicher Intelligenz verwendet.",
            "Wir nutzen Ihre Eingaben, um unsere KI-Systeme zu verbessern.",
            "Sofern Sie nicht widersprechen, verwenden wir Ihre Beiträge für das KI-Training.",
            "Sie räumen uns das Recht ein, Ihre Inhalte zum Trainieren von KI zu verwenden.",
            "Wir trainieren unsere Modelle mit öffentlichen Beiträgen, aber nicht mit Ihren privaten Nachrichten.",
            "Ihre Chats fließen in das Modelltraining ein.",
            "Wir trainieren ab dem 3. November 2025 unsere KI-Modelle mit Ihren Beiträgen.",
        ],
        "denies": [
            "Wir trainieren unsere KI-Modelle nicht mit Ihren Nachrichten.",
            "Ihre Dateien werden niemals zum Training von KI verwendet.",
            "Wir verwenden keine Kundendaten, um KI-Modelle zu trainieren.",
            "Für das Training unserer KI verwenden wir Ihre privaten Chats nicht.",
            "Ihre Inhalte werden vertraulich behandelt und nicht zum Training unserer KI genutzt.",
        ],
        "limits": [
            "Sie können der Nutzung Ihrer Beiträge zum Training unserer KI jederzeit in der App widersprechen.",
            "Wir trainieren unsere KI nicht ohne Ihre Einwilligung mit Ihren Nachrichten.",
            "Wenn Sie nicht möchten, dass wir Ihre Chats zum Training unserer Modelle nutzen, schalten Sie es ab.",
        ],
        "": [
            "Sie dürfen unsere Inhalte nicht zum Trainieren von KI verwenden.",
            "Es ist untersagt, mit unseren Texten KI-Modelle zu trainieren.",
            "KI-Funktionen können Fehler machen.",
            "Wir nutzen Ihre Daten, um unsere Dienste zu verbessern.",
            "Wir verbessern unsere Dienste mit KI.",
            "Wir schulen unsere Mitarbeiter im Umgang mit künstlicher Intelligenz.",
            "Wir entwickeln unser Geschäftsmodell mit Ihren Daten weiter.",
            "Unsere API ermöglicht es Ihnen, eigene Modelle zu trainieren.",
        ],
    },
    "nl": {
        "permits": [
            "Wij trainen onze AI-modellen met uw berichten.",
            "We gebruiken je foto's om onze taalmodellen te trainen.",
            "Uw gesprekken worden gebruikt voor het trainen van kunstmatige intelligentie.",
            "We gebruiken uw invoer om onze AI-systemen te verbeteren.",
            "Tenzij u bezwaar maakt, gebruiken we uw berichten om onze AI te trainen.",
            "U verleent ons het recht uw inhoud te gebruiken om AI te trainen.",
            "We trainen onze modellen met openbare berichten, maar niet met uw privéchats.",
        ],
        "denies": [
            "We trainen onze modellen niet met uw berichten.",
            "Uw bestanden worden nooit gebruikt om AI te trainen.",
            "We gebruiken geen klantgegevens voor het trainen van AI-modellen.",
            "Voor de training van onze AI gebruiken wij uw privéchats niet.",
        ],
        "limits": [
            "U kunt bezwaar maken tegen het gebruik van uw berichten voor het trainen van onze AI.",
            "We trainen onze AI niet met uw berichten zonder uw toestemming.",
            "Als u niet wilt dat we uw chats gebruiken om onze modellen te trainen, wijzig dan uw instellingen.",
        ],
        "": [
            "U mag onze inhoud niet gebruiken om AI te trainen.",
            "Het is verboden onze teksten te gebruiken voor het trainen van taalmodellen.",
            "AI-functies kunnen fouten maken.",
            "We gebruiken uw gegevens om onze diensten te verbeteren.",
            "We verbeteren onze diensten met AI.",
            "We trainen onze medewerkers in het gebruik van kunstmatige intelligentie.",
            "Je kunt je eigen modellen trainen met onze API.",
        ],
    },
    "es": {
        "permits": [
            "Utilizamos sus publicaciones para entrenar nuestros modelos de inteligencia artificial.",
            "Podemos usar tus fotos para el entrenamiento de nuestra IA.",
            "Sus mensajes se utilizan para entrenar modelos de lenguaje.",
            "Usamos la información que nos facilita para mejorar nuestros modelos de IA.",
            "A menos que se oponga, usaremos sus publicaciones para entrenar nuestra IA.",
            "Usted nos concede una licencia para usar su contenido para entrenar inteligencia artificial.",
            "Entrenamos nuestros modelos con publicaciones que no son privadas.",
            "No vendemos sus datos, pero los usamos para entrenar nuestra IA.",
        ],
        "denies": [
            "No utilizamos sus mensajes para entrenar nuestros modelos.",
            "Sus archivos nunca se usan para entrenar la IA.",
            "Para entrenar nuestros modelos de IA no utilizamos sus conversaciones privadas.",
            "Ningún dato de los clientes se emplea para el entrenamiento de modelos.",
        ],
        "limits": [
            "Puede oponerse al uso de sus publicaciones para entrenar nuestra IA.",
            "No entrenaremos nuestra IA con sus mensajes sin su consentimiento.",
            "Si no desea que usemos sus chats para entrenar nuestros modelos, cambie la configuración.",
        ],
        "": [
            "No puede utilizar nuestro contenido para entrenar una IA.",
            "Queda prohibido usar estos textos para entrenar modelos de lenguaje.",
            "Las funciones de IA pueden equivocarse.",
            "Usamos sus datos para mejorar nuestros servicios.",
            "Mejoramos nuestros servicios con IA.",
            "Ofrecemos cursos de entrenamiento sobre inteligencia artificial.",
            "Nuestra API le permite entrenar modelos con sus datos.",
        ],
    },
    "it": {
        "permits": [
            "Utilizziamo i tuoi post per addestrare i nostri modelli di intelligenza artificiale.",
            "Possiamo usare le tue foto per l'addestramento della nostra IA.",
            "I tuoi messaggi vengono utilizzati per addestrare modelli linguistici.",
            "Usiamo le tue informazioni per migliorare i nostri modelli di IA.",
            "A meno che tu non ti opponga, useremo i tuoi contenuti per addestrare la nostra IA.",
            "Ci concedi una licenza per usare i tuoi contenuti per l'addestramento dell'AI.",
            "Addestriamo i nostri modelli con post che non sono privati.",
            "Non vendiamo i tuoi dati, ma li usiamo per addestrare la nostra IA.",
        ],
        "denies": [
            "Non utilizziamo i tuoi messaggi per addestrare i nostri modelli.",
            "I tuoi file non vengono mai usati per addestrare l'IA.",
            "Per addestrare i nostri modelli non utilizziamo le tue conversazioni private.",
            "Nessun dato dei clienti è usato per l'addestramento dei modelli.",
        ],
        "limits": [
            "Puoi opporti all'uso dei tuoi post per addestrare la nostra IA.",
            "Non addestreremo la nostra IA con i tuoi messaggi senza il tuo consenso.",
            "Se non vuoi che usiamo le tue chat per addestrare i nostri modelli, cambia le impostazioni.",
        ],
        "": [
            "Non puoi usare i nostri contenuti per addestrare un'IA.",
            "È vietato usare questi testi per addestrare modelli linguistici.",
            "Le funzioni di IA possono sbagliare.",
            "Usiamo i tuoi dati per migliorare i nostri servizi.",
            "Miglioriamo i nostri servizi con l'IA.",
            "Offriamo un corso di addestramento sull'intelligenza artificiale.",
            "Comunichiamo i dati ai fornitori che addestrano il personale docente.",
            "La nostra API ti consente di addestrare modelli con i tuoi dati.",
        ],
    },
    "pt": {
        "permits": [
            "Utilizamos as suas publicações para treinar os nossos modelos de inteligência artificial.",
            "Podemos usar suas fotos para o treinamento da nossa IA.",
            "As suas mensagens são utilizadas para treinar modelos de linguagem.",
            "Usamos suas informações para melhorar nossos modelos de IA.",
            "A menos que se oponha, usaremos as suas publicações para treinar a nossa IA.",
            "Você nos concede uma licença para usar seu conteúdo para treinar inteligência artificial.",
            "Treinamos os nossos modelos com publicações que não são privadas.",
            "Não vendemos seus dados, mas os usamos para treinar nossa IA.",
        ],
        "denies": [
            "Não utilizamos as suas mensagens para treinar os nossos modelos.",
            "Seus arquivos nunca são usados para treinar a IA.",
            "Para treinar os nossos modelos de IA não utilizamos as suas conversas privadas.",
            "Nenhum dado de clientes é usado para o treino de modelos.",
        ],
        "limits": [
            "Pode opor-se à utilização das suas publicações para treinar a nossa IA.",
            "Não treinaremos a nossa IA com as suas mensagens sem o seu consentimento.",
            "Se não quiser que usemos seus chats para treinar nossos modelos, altere as configurações.",
        ],
        "": [
            "Você não pode usar nosso conteúdo para treinar uma IA.",
            "É proibido usar estes textos para treinar modelos de linguagem.",
            "Os recursos de IA podem errar.",
            "Usamos seus dados para melhorar nossos serviços.",
            "Melhoramos nossos serviços com IA.",
            "Oferecemos cursos de treinamento sobre inteligência artificial.",
            "A nossa API permite que você treine modelos com os seus dados.",
        ],
    },
}
ADS = {
    "de": {
        "permits": [
            "Wir geben Ihre Daten zu Werbezwecken an Microsoft weiter.",
            "Wir setzen das Tracking von Microsoft Advertising ein.",
        ],
        "denies": ["Wir geben Ihre Daten nicht zu Werbezwecken an Microsoft weiter."],
        "limits": ["Sie können der Weitergabe Ihrer Daten an LinkedIn zu Werbezwecken widersprechen."],
        "": ["Sie können sich mit Ihrem Microsoft-Konto anmelden.", "Wir zeigen Ihnen Werbung unserer Partner."],
    },
    "nl": {
        "permits": [
            "We delen uw gegevens met Microsoft voor gerichte advertenties.",
            "Onze site gebruikt een pixel van LinkedIn Ads.",
        ],
        "denies": ["We delen uw gegevens niet met Microsoft voor advertenties."],
        "limits": ["U kunt bezwaar maken tegen het delen van uw gegevens met LinkedIn voor advertenties."],
        "": ["U kunt inloggen met uw Microsoft-account.", "We tonen u advertenties van onze partners."],
    },
    "es": {
        "permits": [
            "Compartimos sus datos con Microsoft con fines publicitarios.",
            "Utilizamos cookies de Microsoft Advertising.",
        ],
        "denies": [
            "No compartimos sus datos con Microsoft con fines publicitarios.",
            "Microsoft no recibe datos nuestros para publicidad.",
        ],
        "limits": ["Puede oponerse a que compartamos sus datos con LinkedIn para publicidad."],
        "": ["Puede iniciar sesión con su cuenta de Microsoft.", "Le mostramos anuncios de nuestros socios."],
    },
    "it": {
        "permits": [
            "Condividiamo i tuoi dati con Microsoft per finalità pubblicitarie.",
            "Il sito usa i cookie di Microsoft Advertising.",
        ],
        "denies": [
            "Non condividiamo i tuoi dati con Microsoft per finalità pubblicitarie.",
            "Microsoft non riceve da noi dati per la pubblicità.",
        ],
        "limits": ["Puoi opporti alla condivisione dei tuoi dati con LinkedIn per la pubblicità."],
        "": ["Puoi accedere con il tuo account Microsoft.", "Ti mostriamo annunci dei nostri partner."],
    },
    "pt": {
        "permits": [
            "Partilhamos os seus dados com a Microsoft para fins publicitários.",
            "O site usa cookies do Microsoft Advertising.",
        ],
        "denies": [
            "Não compartilhamos seus dados com a Microsoft para publicidade.",
            "A Microsoft não recebe dados nossos para publicidade.",
        ],
        "limits": ["Pode opor-se à partilha dos seus dados com o LinkedIn para publicidade."],
        "": ["Você pode entrar com sua conta da Microsoft.", "Mostramos anúncios dos nossos parceiros."],
    },
}
CASES = [
    (topic, language, stance, text)
    for topic, table in (("ai_training", TRAINING), ("microsoft_ads", ADS))
    for language, stances in table.items()
    for stance, texts in stances.items()
    for text in texts
]


@pytest.mark.parametrize(("topic", "language", "stance", "text"), CASES)
def test_a_sentence_says_what_a_reader_takes_from_it(topic: str, language: str, stance: str, text: str) -> None:
    found = {statement.stance.value for statement in said(text, topic, language=language)}
    assert found == ({stance} if stance else set())


@pytest.mark.parametrize("language", TRAINING)
def test_a_promise_that_loses_its_negation_introduces(language: str) -> None:
    before, after = TRAINING[language]["denies"][0], TRAINING[language]["permits"][0]
    (flag,) = (flag for flag in flagged(before, after, language=language) if flag.topic == "ai_training")
    assert (flag.stance.value, flag.effect.value) == ("permits", "introduces")


@pytest.mark.parametrize(
    ("language", "stem", "item"),
    [
        ("de", "Sie dürfen nicht:", "mit unseren Inhalten KI-Modelle trainieren;"),
        ("nl", "U mag niet:", "met onze inhoud AI-modellen trainen;"),
        ("es", "No puedes:", "entrenar modelos de IA con nuestro contenido;"),
        ("it", "Non puoi:", "addestrare modelli di IA con i nostri contenuti;"),
        ("pt", "Você não pode:", "treinar modelos de IA com o nosso conteúdo;"),
    ],
)
def test_an_item_inherits_the_ban_of_its_stem(language: str, stem: str, item: str) -> None:
    assert said(item, language=language, stem=stem) == ()


@pytest.mark.parametrize(
    ("language", "stem", "item"),
    [
        ("de", "Wir verwenden Ihre Daten, um:", "unsere KI-Modelle zu trainieren;"),
        ("nl", "We gebruiken uw gegevens om:", "onze AI-modellen te trainen;"),
        ("es", "Utilizamos sus datos para:", "entrenar nuestros modelos de IA;"),
        ("it", "Utilizziamo i tuoi dati per:", "addestrare i nostri modelli di IA;"),
        ("pt", "Usamos seus dados para:", "treinar nossos modelos de IA;"),
    ],
)
def test_an_item_inherits_who_acts_from_its_stem(language: str, stem: str, item: str) -> None:
    assert [statement.stance.value for statement in said(item, language=language, stem=stem)] == ["permits"]
