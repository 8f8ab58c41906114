import pytest

from diffing.language import LANGUAGES, language_of

ENGLISH = "We keep your address and your phone number for as long as your account with us is open."
FRENCH = "Nous gardons votre adresse et votre numéro de téléphone tant que votre compte chez nous reste ouvert."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr"),
        (ENGLISH.upper(), "en"),
    ],
)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


IN_ALL = {
    "bg": "Пазим вашия адрес и телефонния ви номер, докато профилът ви при нас е отворен.",
    "cs": "Vaši adresu a telefonní číslo uchováváme, dokud je váš účet u nás otevřený.",
    "da": "Vi gemmer din adresse og dit telefonnummer, så længe din konto hos os er åben.",
    "de": "Wir bewahren Ihre Anschrift und Ihre Telefonnummer auf, solange Ihr Konto bei uns besteht.",
    "el": "Διατηρούμε τη διεύθυνση και τον αριθμό τηλεφώνου σας όσο ο λογαριασμός σας είναι ανοιχτός.",
    "en": ENGLISH,
    "es": "Guardamos su dirección y su número de teléfono mientras su cuenta con nosotros esté abierta.",
    "et": "Säilitame teie aadressi ja telefoninumbrit seni, kuni teie konto on meie juures avatud.",
    "fi": "Säilytämme osoitteesi ja puhelinnumerosi niin kauan kuin tilisi on meillä avoinna.",
    "fr": FRENCH,
    "ga": "Coinnímid do sheoladh agus d'uimhir theileafóin chomh fada agus atá do chuntas linn oscailte.",
    "hr": "Vašu adresu i telefonski broj čuvamo sve dok je vaš račun kod nas otvoren i dok ga koristite.",
    "hu": "Címét és telefonszámát addig őrizzük meg, amíg nálunk vezetett fiókja nyitva van.",
    "it": "Conserviamo il suo indirizzo e il suo numero di telefono finché il suo conto presso di noi è aperto.",
    "lt": "Jūsų adresą ir telefono numerį saugome tol, kol jūsų paskyra pas mus yra atidaryta.",
    "lv": "Mēs glabājam jūsu adresi un tālruņa numuru tik ilgi, kamēr jūsu konts pie mums ir atvērts.",
    "mt": "Inżommu l-indirizz u n-numru tat-telefon tiegħek sakemm il-kont tiegħek magħna jkun miftuħ.",
    "nl": "Wij bewaren uw adres en uw telefoonnummer zolang uw rekening bij ons open is.",
    "no": "Vi lagrer adressen og telefonnummeret ditt så lenge kontoen din hos oss er åpen.",
    "pl": "Przechowujemy Twój adres i numer telefonu tak długo, jak długo Twoje konto u nas jest otwarte.",
    "pt": "Guardamos o seu endereço e o seu número de telefone enquanto a sua conta connosco estiver aberta.",
    "ro": "Păstrăm adresa și numărul dumneavoastră de telefon atât timp cât contul dumneavoastră este deschis.",
    "sk": "Osobné údaje uchovávame len tak dlho, ako je to potrebné na poskytovanie našich služieb. Máte právo požiadať"
    " o prístup k svojim údajom, o ich opravu alebo vymazanie a namietať proti ich spracúvaniu.",
    "sl": "Vaš naslov in telefonsko številko hranimo, dokler je vaš račun pri nas odprt.",
    "sv": "Vi sparar din adress och ditt telefonnummer så länge ditt konto hos oss är öppet.",
    "tr": "Adresinizi ve telefon numaranızı, hesabınız açık olduğu sürece saklıyoruz.",
    "uk": "Ми зберігаємо вашу адресу та номер телефону, доки ваш обліковий запис у нас відкритий.",
    "ru": "Мы храним ваш адрес и номер телефона до тех пор, пока ваша учётная запись у нас открыта.",
    "ar": "نحتفظ بعنوانك ورقم هاتفك طالما أن حسابك لدينا مفتوح ولم تطلب منا حذفه.",
    "he": "אנו שומרים את הכתובת ואת מספר הטלפון שלך כל עוד החשבון שלך אצלנו פתוח.",
    "hi": "जब तक हमारे यहाँ आपका खाता खुला है, तब तक हम आपका पता और आपका फ़ोन नंबर रखते हैं।",
    "id": "Kami menyimpan alamat dan nomor telepon Anda selama akun Anda pada kami masih terbuka.",
    "ja": "お客様のアカウントが有効である限り、お客様の住所と電話番号を当社で保管いたします。ご了承ください。",
    "ko": "당사는 귀하의 계정이 열려 있는 동안 귀하의 주소와 전화번호를 안전하게 보관하며, 요청하시면 삭제합니다.",
    "th": "เราเก็บที่อยู่และหมายเลขโทรศัพท์ของคุณไว้ตราบเท่าที่บัญชีของคุณกับเรายังเปิดอยู่",
    "vi": "Chúng tôi lưu giữ địa chỉ và số điện thoại của bạn chừng nào tài khoản của bạn còn mở.",
    "zh": "只要您在我们这里的账户保持开通，我们就会保存您的地址和电话号码，直到您要求我们删除这些信息为止。",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_the_languages_is_told_by_a_sentence(language: str) -> None:
    assert language_of(IN_ALL[language]) == language


def test_titles_in_capitals_and_rows_of_dots_count_for_nothing() -> None:
    contents = "CONDITIONS GÉNÉRALES DE VENTE DU SITE WWW.EXEMPLE.TEST"
    assert (
        language_of(f"{contents} {'.' * 200} 1\n\nPRÉAMBULE {'.' * 200} 2\n\nCHAMP D'APPLICATION {'.' * 200} 3") == "fr"
    )


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
