"""Stand-ins: short texts that a site shows in place of the text that was declared. Pure.

The structure of a page tells most of them (`crawler.faults`); these are the ones that come as an ordinary page of
status 200. Only a short text is judged, and only by its first blocks, each taken whole: a policy that speaks of
captchas or of maintenance does so in sentences among many others.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from diffing.fault import Fault, FaultReason

SHORT = 2_000
"""Characters of Markdown: of 16,303 distinct recorded texts 85 are shorter, of which about half are stand-ins."""
SCANT = 900
"""Characters below which a form to log in, or a question for consent, is the whole of a page."""
FIRST_BLOCKS = 4
LONGEST_BLOCK = 160
"""Characters of a block that may be a message; longer ones are prose."""

_MESSAGES: Mapping[FaultReason, re.Pattern[str]] = MappingProxyType(
    {
        FaultReason.BLOCKED: re.compile(
            r"just a moment\W*|checking (?:if the site connection is secure|your browser).*|access denied\W*"
            r"|(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human.*|are you (?:a )?(?:human|robot)\W*"
            r"|attention required\W.*|pardon our interruption.*|request unsuccessful.*|you have been blocked\W*"
            r"|(?:please )?enable (?:javascript|cookies)(?: and (?:javascript|cookies))?(?: to continue)?\W*"
            r"|.*detected unusual traffic from your.*|vérification de votre navigateur.*|accès refusé\W*"
            r"|zugriff verweigert\W*|acceso denegado\W*",
            re.IGNORECASE,
        ),
        FaultReason.NOT_FOUND: re.compile(
            r"(?:error |erreur )?404(?: error)?\W*|(?:404\W+)?(?:the |this |that )?page (?:was |is )?not found\W.*"
            r"|(?:404\W+)?page not found"
            r"|(?:sorry, )?we (?:can['’]t|cannot|could not|couldn['’]t) find (?:that|this|the) page.*"
            r"|(?:sorry, )?(?:the|this) page (?:you (?:were|are) looking for |you requested )?"
            r"(?:(?:could not|cannot|can['’]t) be found|doesn['’]t exist|does not exist|no longer exists).*"
            r"|page (?:introuvable|non trouvée)\W*|cette page n['’]existe (?:pas|plus).*|seite nicht gefunden\W*",
            re.IGNORECASE,
        ),
        FaultReason.MAINTENANCE: re.compile(
            r"(?:error |http )?50[0234]\W*"
            r"|50[0234] (?:bad gateway|service unavailable|internal server error|gateway time-?out)\W*"
            r"|(?:service|site|page) (?:temporarily )?unavailable\W*|bad gateway\W*|internal server error\W*"
            r"|we['’]ll be (?:right )?back(?: soon| shortly)?\W*|(?:component|system|application) error\W*.{0,80}"
            r"|an (?:unexpected )?error (?:has )?occurr?ed.*|something went wrong\W.*|something went wrong|error! .*"
            r"|(?!.*\b(?:if|when|while)\b).*(?:unavailable|down|closed) "
            r"(?:due to|for|during) (?:system |scheduled |planned )?maintenance.*"
            r"|.*page de maintenance.*|(?:le )?site (?:est )?en maintenance.*|service indisponible\W*",
            re.IGNORECASE,
        ),
        FaultReason.EMPTY: re.compile(
            r"loading\W*|please wait\W*|redirecting(?: you)?(?: to \S+)?\W*|chargement(?: en cours)?\W*"
            r"|(?:you need to |please )?enable javascript (?:to run this app|to view this page|in your browser).*"
            r"|this (?:site|page|app) (?:requires|needs) javascript.*",
            re.IGNORECASE,
        ),
    }
)  # fmt: skip
_DATE_LINE = re.compile(r"(?:last )?(?:updated|revised|modified|effective|version|mise à jour)\b.{0,60}", re.IGNORECASE)
_UNDERLINE = re.compile(r"[=-]{2,}")
_FORGOTTEN = re.compile(
    r"forg[eo]t(?:ten)? (?:your |my )?password|mot de passe oublié|passwort vergessen", re.IGNORECASE
)
_ENTER = re.compile(r"\b(?:log|sign) ?in\b|\bconnexion\b|\banmelden\b", re.IGNORECASE)
_ACCEPT = re.compile(r"\baccept all\b|\btout accepter\b|\balle akzeptieren\b|\bi agree\b", re.IGNORECASE)
_REFUSE = re.compile(r"\breject all\b|\btout refuser\b|\balle ablehnen\b|\bmanage (?:options|choices)\b", re.IGNORECASE)

_SAID: Mapping[FaultReason, tuple[str, str]] = MappingProxyType(
    {
        FaultReason.BLOCKED: (
            "the page is a check of its visitor, not the text",
            "declare another address of the text",
        ),
        FaultReason.NOT_FOUND: ("the page says that it does not exist", "find where the text has moved"),
        FaultReason.MAINTENANCE: (
            "the page tells of an error or of maintenance",
            "it is tried again at the next visit",
        ),
        FaultReason.EMPTY: ("the page says that it is still loading", 'set "executeClientScripts": true'),
        FaultReason.LOGIN: ("the page asks to log in", "declare an address that needs no account"),
        FaultReason.CONSENT: ("the page asks for consent first", "declare another address"),
    }
)


def fault_of_text(text: str, url: str) -> Fault | None:
    """What a text is instead of the one we came for; None when it seems to be that one.

    >>> fault_of_text("404\\n\\nPage not found\\n", "https://example.org/").reason
    <FaultReason.NOT_FOUND: 'not_found'>
    >>> fault_of_text("Privacy\\n=======\\n\\nWe may show you a page not found.\\n", "https://example.org/")
    """
    if len(text) >= SHORT:
        return None
    blocks = [_plain(block) for block in text.split("\n\n")]
    for block in [block for block in blocks if block][:FIRST_BLOCKS]:
        for reason, message in _MESSAGES.items():
            if len(block) <= LONGEST_BLOCK and message.fullmatch(block):
                return _fault(reason, url)
    if len(text) >= SCANT:
        return None
    if _FORGOTTEN.search(text) and _ENTER.search(text):
        return _fault(FaultReason.LOGIN, url)
    if _ACCEPT.search(text) and _REFUSE.search(text):
        return _fault(FaultReason.CONSENT, url)
    return _only_headings(text, url)


def _only_headings(text: str, url: str) -> Fault | None:
    """The fault of a text whose blocks are all headings, with at most a date: the body has not been loaded."""
    blocks = [block.strip() for block in text.strip().split("\n\n")]
    headings = [block for block in blocks if _is_heading(block)]
    others = [block for block in blocks if not _is_heading(block)]
    if not headings or not all(_DATE_LINE.fullmatch(block) for block in others):
        return None
    return Fault(
        reason=FaultReason.EMPTY,
        where=url,
        what="the declared part of the page holds headings and no text",
        todo='correct the selectors, or set "executeClientScripts": true',
    )


def _is_heading(block: str) -> bool:
    lines = block.splitlines()
    return block.startswith("#") or (len(lines) > 1 and bool(_UNDERLINE.fullmatch(lines[-1])))


def _plain(block: str) -> str:
    """A block as one line, without the marks of headings, lists and emphasis."""
    lines = [line for line in block.splitlines() if not _UNDERLINE.fullmatch(line.strip())]
    return " ".join(" ".join(lines).replace("*", " ").replace("\\", "").lstrip("#> -").split())


def _fault(reason: FaultReason, url: str) -> Fault:
    what, todo = _SAID[reason]
    return Fault(reason=reason, where=url, what=what, todo=todo)
