"""French: a table of sentences of our own and what a reader takes them to say, for each shipped topic.

One that only looks like it stands under "" (AI training) and under "silent" (ad data with Microsoft).
"""

import pytest

from tests.support.flagging import stances

TRAINING = {
    "permits": [
        "Nous utilisons vos publications pour entraîner nos modèles d'IA.",
        "Vos photos servent à affiner nos modèles d'images.",
        "Nous pouvons utiliser vos messages pour le pré-entraînement de grands modèles de langage.",
        "Les contenus que vous publiez seront utilisés pour développer de nouveaux modèles d'apprentissage "
        "automatique.",
        "Vos échanges avec l'assistant alimentent nos modèles.",
        "Vos données sont utilisées à des fins d'apprentissage de nos algorithmes.",
        "Nous utilisons vos enregistrements vocaux pour améliorer nos modèles de reconnaissance vocale.",
        "Vos commentaires servent à évaluer et à tester nos modèles.",
        "Vos données d'utilisation permettent d'optimiser nos algorithmes de recommandation.",
        "Nous utilisons les données collectées pour améliorer notre IA.",
        "Nos modèles apprennent à partir de vos conversations.",
        "Nous traitons vos données pour la formation de nos modèles d'intelligence artificielle.",
        "Vos données peuvent servir à instruire nos algorithmes.",
        "Nous utilisons vos informations afin de former nos modèles.",
        "Nos filiales peuvent utiliser vos données pour entraîner leurs modèles d'IA.",
        "Vous nous accordez une licence pour utiliser vos contenus afin d'entraîner des intelligences artificielles.",
        "Sauf opposition de votre part, nous entraînons nos modèles sur vos publications.",
        "À compter du 3 novembre 2025, nous utiliserons vos données pour entraîner des modèles d'IA générative.",
        "Nous nous fondons sur notre intérêt légitime pour entraîner nos modèles avec vos données.",
        "Des prestataires relisent certaines conversations pour améliorer nos modèles d'IA.",
        "Par défaut, vos contenus sont utilisés pour l'entraînement de l'IA.",
        "Nous partageons vos publications avec des tiers qui entraînent des modèles d'IA.",
        "Nous ne vendons pas vos données, mais nous les utilisons pour entraîner nos modèles.",
        "L'entreprise se réserve le droit d'utiliser vos contenus pour entraîner ses modèles.",
        "Tes publications peuvent être utilisées pour entraîner nos modèles d'IA.",
        "On utilise tes messages pour entraîner notre IA.",
        "Développer et améliorer nos systèmes d'intelligence artificielle à partir de vos données.",
        "Nous utilisons des données anonymisées pour entraîner nos algorithmes d'apprentissage automatique.",
        "Avec votre consentement, nous utilisons vos enregistrements pour entraîner nos modèles.",
        "Le client autorise l'éditeur à utiliser les données à des fins d'apprentissage automatique.",
        "Vos contenus peuvent être intégrés à nos données d'entraînement.",
        "Vos demandes servent à améliorer les performances de nos modèles.",
        "Nous utilisons vos images pour rendre nos algorithmes plus performants.",
        "Vos données permettent de mettre au point nos systèmes d'intelligence artificielle.",
        "Nous utilisons des informations accessibles au public pour contribuer à l'entraînement de nos modèles d'IA.",
        "Les informations partagées sur nos produits servent à développer et améliorer l'IA.",
        "Vos enregistrements sont écoutés afin d'entraîner notre assistant vocal.",
        "Vos échanges servent à entraîner le chatbot et sont effacés au bout de trente jours.",
        "Nous pouvons utiliser vos données pour la recherche et le développement de modèles d'intelligence "
        "artificielle.",
        "| Entraînement de nos modèles d'IA | Contenus publiés | Intérêt légitime |",
        "Si vous êtes majeur, nous utiliserons vos publications publiques pour entraîner notre IA.",
        "Nos partenaires pourront exploiter vos contenus pour entraîner des modèles d'IA.",
        "Finalité : amélioration de nos algorithmes. Données : historique d'achats.",
        "Vos conversations sont conservées pour améliorer l'intelligence artificielle de notre assistant.",
        "Nous nous réservons le droit d'utiliser les contenus publiés pour entraîner des outils "
        "d'intelligence artificielle.",
        "Dans le cadre de nos activités de recherche, les contenus que vous générez peuvent servir à "
        "entraîner nos modèles.",
        "Vos données peuvent être incorporées à nos modèles d'apprentissage automatique.",
        "Les transcriptions de vos appels sont utilisées afin d'entraîner notre IA vocale.",
        "La société se réserve le droit d'exploiter les contenus transmis à des fins d'apprentissage automatique.",
        "Les photos sont analysées afin que nos modèles de reconnaissance deviennent plus précis.",
        "Nous pouvons traiter vos données afin de développer, entraîner, tester et valider des systèmes "
        "d'intelligence artificielle.",
        "Si vous ne vous y opposez pas avant le 3 novembre, vos publications serviront à entraîner notre IA.",
        "Comptes gratuits : vos conversations sont utilisées pour améliorer le modèle.",
        "L'entraînement de nos modèles de langage repose sur les contenus publics de nos membres.",
        "Nous avons commencé à entraîner nos modèles sur les demandes adressées au support.",
        "Vos messages servent à réentraîner nos algorithmes.",
        "Le traitement a pour finalité l'amélioration des modèles d'IA à partir de vos échanges.",
    ],
    "denies": [
        "Nous n'utilisons pas vos contenus pour entraîner nos modèles d'IA.",
        "Vos messages privés ne sont jamais utilisés pour entraîner l'IA.",
        "Aucune donnée client n'est utilisée pour l'entraînement de nos modèles.",
        "Vos fichiers ne serviront pas à entraîner des modèles d'intelligence artificielle.",
        "Ni nous ni nos sous-traitants n'utilisons vos données pour entraîner des modèles.",
        "Nous nous engageons à ne pas utiliser vos données pour entraîner une IA.",
        "Nos fournisseurs n'ont pas le droit d'utiliser vos données pour entraîner leurs modèles.",
        "Vos conversations sont traitées sans être utilisées pour l'entraînement de modèles.",
        "Nous avons cessé d'utiliser vos publications pour entraîner nos modèles.",
        "Vos données sont exclues de l'entraînement de nos modèles.",
        "Nous ne partageons pas vos contenus à des fins d'entraînement d'IA.",
        "L'éditeur s'engage à ne pas utiliser vos données pour entraîner des modèles d'intelligence artificielle.",
        "Vos données ne seront en aucun cas utilisées pour entraîner une IA.",
        "Nous nous interdisons d'utiliser vos documents pour entraîner nos modèles.",
        "Nos modèles ne sont pas entraînés sur vos données.",
        "Nous n'autorisons pas des tiers à entraîner leurs modèles avec vos contenus.",
        "Les données des clients ne servent pas à l'apprentissage de nos algorithmes.",
        "Nous n'utilisons plus vos conversations pour entraîner l'IA.",
        "L'IA fonctionne sans que vos données ne servent à entraîner les modèles.",
        "Il est exclu que vos données soient utilisées pour entraîner des modèles d'IA.",
        "Nous n'entraînerons jamais d'IA sur vos œuvres.",
        "Les contenus des offres payantes ne sont pas utilisés pour l'entraînement de nos modèles.",
        "Vos documents restent privés et n'alimentent aucun modèle d'IA.",
        "Nos sous-traitants n'utilisent pas vos données pour entraîner leurs propres modèles.",
        "Vos enregistrements ne sont ni conservés ni utilisés pour entraîner des modèles.",
        "Nous ne vendons pas vos données et ne les utilisons pas pour entraîner des IA.",
    ],
    "limits": [
        "Vous pouvez vous opposer à l'utilisation de vos données pour entraîner nos modèles.",
        "Vous pouvez refuser que vos publications servent à l'entraînement de l'IA.",
        "Si vous ne souhaitez pas que vos données soient utilisées pour entraîner nos modèles, désactivez ce "
        "paramètre.",
        "Nous n'utiliserons vos conversations pour entraîner nos modèles qu'avec votre consentement.",
        "Nous n'entraînerons pas nos modèles sur vos contenus sans votre accord.",
        "Tu peux t'opposer à l'utilisation de tes données pour entraîner l'IA.",
        "Vous disposez d'un droit d'opposition au traitement de vos données pour le développement de l'IA.",
        "Vous pouvez demander à ce que vos données ne soient pas utilisées pour entraîner nos modèles.",
        "Vous pouvez à tout moment désactiver l'utilisation de vos conversations pour l'amélioration de nos modèles.",
        "Remplissez ce formulaire pour vous opposer à l'entraînement de l'IA avec vos données.",
        "Vos données ne seront pas utilisées pour entraîner nos modèles, sauf si vous y consentez.",
        "Il vous suffit de décocher la case pour que vos échanges ne servent pas à entraîner nos modèles.",
        "Vous pouvez choisir si vos conversations servent à entraîner nos modèles.",
        "Nous n'utiliserons pas vos fichiers pour entraîner une IA sans vous demander votre accord.",
        "Un administrateur peut désactiver l'utilisation des données pour l'entraînement des modèles.",
        "Pour vous opposer à l'utilisation de vos publications pour l'entraînement de l'IA, complétez le formulaire.",
        "Nous entraînons nos modèles uniquement sur les données des utilisateurs qui y ont consenti.",
    ],
    "": [
        "Le non-respect des conditions peut entraîner la suspension de votre compte et la perte de vos données.",
        "Toute violation entraîne l'application de nos modèles de sanctions.",
        "Ce retard pourrait entraîner des modifications de votre contenu.",
        "J'ai pris le train avec mes données.",
        "Le modèle de train figure sur votre billet.",
        "Nos formations sur l'intelligence artificielle sont ouvertes à tous.",
        "Nos salariés suivent une formation à la protection des données et à l'IA.",
        "Vous ne pouvez pas utiliser nos contenus pour entraîner des modèles d'IA.",
        "Il est interdit d'extraire des données du site pour l'entraînement d'une intelligence artificielle.",
        "L'utilisateur s'interdit d'utiliser le service pour développer des modèles concurrents.",
        "Vous pouvez entraîner vos propres modèles avec nos outils.",
        "Nous utilisons l'IA pour détecter les contenus illicites.",
        "Nous améliorons nos services grâce à l'intelligence artificielle.",
        "Nous utilisons vos données pour améliorer nos services.",
        "Nous relevons le modèle de votre appareil.",
        "Le formulaire de rétractation suit le modèle ci-dessous.",
        "Nos modèles de robes sont créés à Paris.",
        "Les grands modèles de langage sont entraînés sur de vastes corpus.",
        "Les sites affiliés perçoivent une commission.",
        "Les contenus générés par l'IA peuvent comporter des erreurs.",
        "La fouille de textes et de données aux fins d'entraînement d'IA est interdite.",
        "Les données de conduite servent à former les moniteurs.",
        "Nous nous opposons à toute fouille de nos contenus pour entraîner des systèmes d'IA.",
        "Une erreur de votre part entraînera l'annulation de la commande.",
        "Le Client s'engage à ne pas utiliser le service pour entraîner des modèles d'IA.",
        "Toute utilisation de nos articles pour l'entraînement de systèmes d'IA est interdite sans notre accord.",
        "L'éditeur se réserve les droits de fouille de textes et de données, y compris pour l'entraînement d'IA.",
        "Nos conseillers suivent une formation et utilisent des outils d'IA.",
        "Cette situation entraîne la suppression de vos données.",
        "La modification du modèle de contrat entraîne de nouvelles conditions.",
        "Une IA analyse vos messages afin de détecter les fraudes.",
        "Vous restez propriétaire des modèles que vous entraînez.",
        "Les entraînements de l'équipe sont filmés.",
        "L'assistant est fondé sur l'IA et peut se tromper.",
        "Nous utilisons des algorithmes pour personnaliser votre expérience.",
        "Il appartient à l'utilisateur de vérifier les réponses du modèle.",
        "Vous n'êtes pas autorisé à utiliser les réponses pour entraîner un modèle.",
        "L'API ne peut pas être utilisée pour entraîner des modèles d'apprentissage.",
        "Tout manquement entraînera la résiliation du contrat et l'effacement des données.",
        "Notre IA propose des réponses à partir de vos messages.",
        "Le modèle d'IA peut commettre des erreurs.",
        "Les transporteurs ferroviaires reçoivent vos données de train.",
        "Vous trouverez le modèle de formulaire en annexe.",
        "Les algorithmes détectent les fraudes sur votre compte.",
        "Nous développons une IA responsable.",
        "Formation : nos équipes sont sensibilisées à la protection des données et aux modèles d'IA.",
    ],
}

MICROSOFT_ADS = {
    "told": [
        "Nous partageons vos données avec Microsoft à des fins de publicité ciblée.",
        "Nous utilisons le pixel Microsoft Advertising pour mesurer les conversions.",
        "Nous utilisons Bing Ads pour vous présenter des annonces après votre visite.",
        "Le cookie MUID permet à Microsoft de diffuser de la publicité ciblée.",
        "Nos partenaires publicitaires sont notamment Xandr et Google.",
        "La balise LinkedIn Insight permet de recibler les visiteurs.",
        "LinkedIn dépose des cookies publicitaires sur notre site.",
        "Nous ne transmettons pas vos données à Microsoft à des fins publicitaires.",
        "Vous pouvez refuser la publicité personnalisée de Microsoft.",
        "Cookies publicitaires : Bing, LinkedIn, Facebook.",
        "Vos données peuvent être communiquées à des régies publicitaires telles que Microsoft.",
        "Nous transmettons votre adresse e-mail hachée à LinkedIn pour cibler nos campagnes.",
        "Nous collaborons avec Microsoft afin de vous présenter des publicités pertinentes selon votre navigation.",
        "Notre site utilise le suivi des conversions de Microsoft.",
        "Les données de votre visite sont envoyées à LinkedIn pour mesurer nos campagnes publicitaires.",
        "| LinkedIn | li_fat_id | Suivi des conversions et reciblage | 30 jours |",
        "| MUID | Microsoft | Publicité ciblée | 13 mois |",
        "Des listes de remarketing sont créées avec Bing.",
    ],
    "silent": [
        "Connectez-vous avec votre compte LinkedIn.",
        "Nos données sont hébergées sur Microsoft Azure.",
        "Pour bloquer les cookies dans Internet Explorer, consultez l'aide de Microsoft.",
        "Partagez cette page sur LinkedIn.",
        "Nous utilisons Microsoft Teams pour nos réunions.",
        "Suivez-nous sur LinkedIn et Facebook.",
        "Nous consultons votre profil LinkedIn lors d'un recrutement.",
        "Microsoft Clarity nous aide à comprendre l'utilisation du site.",
        "Retrouvez nos offres d'emploi sur LinkedIn.",
        "La newsletter est hébergée par Microsoft en Irlande.",
        "Consultez la politique de confidentialité de Microsoft.",
        "Vous pouvez importer votre CV depuis LinkedIn.",
    ],
}


@pytest.mark.parametrize("text", TRAINING["permits"])
def test_people_s_data_trains_ai(text: str) -> None:
    assert stances(text, "fr") == {"permits"}


@pytest.mark.parametrize("text", TRAINING["denies"])
def test_it_does_not(text: str) -> None:
    assert stances(text, "fr") == {"denies"}


@pytest.mark.parametrize("text", TRAINING["limits"])
def test_it_does_within_a_limit(text: str) -> None:
    assert stances(text, "fr") == {"limits"}


@pytest.mark.parametrize("text", TRAINING[""])
def test_what_only_looks_like_it_says_nothing(text: str) -> None:
    assert stances(text, "fr") == set()


@pytest.mark.parametrize("text", MICROSOFT_ADS["told"])
def test_ad_data_to_or_from_the_group_is_told(text: str) -> None:
    assert stances(text, "fr", "microsoft_ads")


@pytest.mark.parametrize("text", MICROSOFT_ADS["silent"])
def test_a_mere_mention_of_the_group_is_not(text: str) -> None:
    assert stances(text, "fr", "microsoft_ads") == set()
