"""Faults by reason: is a fetched page the text we came for, or something that stands in its place? Pure.

A page is judged by its status, headers and structure. Words alone never make a fault: a policy that mentions
captchas, log-ins or maintenance is a policy. So signs in a page of status 200 count only while it has little text.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from diffing.capture import Capture
from diffing.fault import Fault, FaultReason

SHORT = 2_000
"""Characters of visible text: a title that speaks of a stand-in counts only below. Policies have 3,000 and more."""
SCANT = 900
"""Characters of visible text: a script of a bot protection counts only below; ordinary pages may carry one too."""
LOOKED_AT = 200_000
"""Bytes at the beginning of a page that are searched for signs of a stand-in."""

_BLOCK_HEADERS: Mapping[str, str] = {
    "cf-mitigated": "Cloudflare",
    "x-amzn-waf-action": "AWS WAF",
    "x-vercel-mitigated": "Vercel",
    "x-sucuri-block": "Sucuri",
}
_BLOCK_SIGNS: Mapping[str, re.Pattern[bytes]] = {
    "Cloudflare": re.compile(rb"_cf_chl_opt|id=[\"']challenge-form|id=[\"']cf-error-details|cf-browser-verification"),
    "Akamai": re.compile(rb"sec-if-cpt-container|/_sec/cp_challenge|bm-verify=|errors\.edgesuite\.net"),
    "AWS WAF": re.compile(rb"awswaf\.com/|AwsWafIntegration|gokuProps"),
    "DataDome": re.compile(rb"captcha-delivery\.com|var dd=\{"),
    "PerimeterX": re.compile(rb"_pxCaptcha|px-captcha|_pxAppId"),
    "Imperva": re.compile(rb"_Incapsula_Resource|Incapsula incident ID"),
    "F5": re.compile(rb"The requested URL was rejected\. Please consult with your administrator"),
    "Kasada": re.compile(rb"KPSDK\.|/ips\.js\?"),
    "a captcha": re.compile(rb"class=[\"'](?:g-recaptcha|h-captcha|cf-turnstile)"),
}
_NOT_FOUND = re.compile(
    r"(?:error\s*)?404\b.{0,40}|not found|(?:the |this )?page (?:was |could )?not (?:be )?found"
    r"|(?:this |the )?page (?:does not|doesn[’']t) exist|page (?:introuvable|non trouvée)|seite nicht gefunden"
    r"|página no encontrada|pagina niet gevonden",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"(?:site |scheduled |under |down for |en )?maintenance|(?:service|site|page|temporarily|website)? ?"
    r"(?:temporarily )?unavailable|we'?ll be (?:right )?back(?: soon)?|50[0-4]\b.{0,40}|internal server error"
    r"|bad gateway|service indisponible|site en maintenance",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s+[|\u2013\u2014·-]\s+|:\s+")
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|authwall|checkpoint|uas/login|accounts/login|auth)(?:[/?.]|$)", re.IGNORECASE
)
_CONSENT_HOST = re.compile(r"^(?:consent|guce)\.")


def fault_of_status(capture: Capture) -> Fault | None:
    """Why an answer is no page at all, from its status and headers; None for a success."""
    status, headers = capture.status, capture.headers
    vendor = _vendor_by_header(headers)
    if vendor is None and not 200 <= status < 300:
        vendor = _vendor_by_sign(capture.body) if status in {401, 403, 405, 406, 418, 429, 503, 999} else None
    if vendor is not None or status == 999:
        return _blocked(capture.url, vendor or "the publisher")
    if 200 <= status < 300:
        return None
    if status in {404, 410}:
        return _fault(capture.url, FaultReason.NOT_FOUND, f"the page is gone (status {status})", _MOVED)
    if status == 429:
        return _fault(capture.url, FaultReason.RATE_LIMITED, f"we asked too often{_wait(headers)}", "ask less often")
    if status == 503 and "retry-after" in headers:
        return _fault(capture.url, FaultReason.MAINTENANCE, f"the site is down for now{_wait(headers)}", _LATER)
    if 300 <= status < 400:
        return _fault(capture.url, FaultReason.REDIRECTS, f"a redirect that leads nowhere (status {status})", _MOVED)
    return _fault(capture.url, FaultReason.HTTP_STATUS, f"the server answered with status {status}", _LATER)


def fault_of_page(capture: Capture, soup: BeautifulSoup) -> Fault | None:
    """What a page of status 200 is instead of the text we came for; None when it seems to be that text."""
    size = len((soup.body or soup).get_text(" ", strip=True))
    if size >= SHORT:
        return None
    vendor = _vendor_by_sign(capture.body) if size < SCANT else None
    if vendor is not None:
        return _blocked(capture.url, vendor)
    titles = [part for title in _titles(soup) for part in _SEPARATORS.split(title)]
    if any(_NOT_FOUND.fullmatch(part) for part in titles):
        return _fault(capture.url, FaultReason.NOT_FOUND, "the page says that it does not exist", _MOVED)
    if any(_MAINTENANCE.fullmatch(part) for part in titles):
        return _fault(capture.url, FaultReason.MAINTENANCE, "the page says that the site is down", _LATER)
    return _wall(capture, soup)


def empty_page(url: str, *, has_browser: bool) -> Fault:
    """The fault of a page whose declared part has no words."""
    todo = "correct the selectors" if has_browser else 'correct the selectors, or set "executeClientScripts": true'
    return _fault(url, FaultReason.EMPTY, "the declared part of the page has no words", todo)


_MOVED = "find where the text has moved and correct the declaration"
_LATER = "it is tried again at the next visit"


def _wall(capture: Capture, soup: BeautifulSoup) -> Fault | None:
    final, declared = urlsplit(capture.url), urlsplit(capture.source)
    sent = bool(_LOGIN_PATH.search(final.path)) and not _LOGIN_PATH.search(declared.path)
    if sent or soup.select_one("input[type=password]") is not None:
        return _fault(
            capture.url, FaultReason.LOGIN, "the page asks to log in", "declare an address that needs no account"
        )
    if _CONSENT_HOST.match(final.hostname or "") and final.hostname != declared.hostname:
        return _fault(capture.url, FaultReason.CONSENT, "the page asks for consent first", "declare another address")
    return None


def _titles(soup: BeautifulSoup) -> list[str]:
    return [" ".join(tag.get_text().split()).strip(" .!") for tag in soup.select("title, h1", limit=4)]


def _vendor_by_header(headers: Mapping[str, str]) -> str | None:
    return next((vendor for name, vendor in _BLOCK_HEADERS.items() if name in headers), None)


def _vendor_by_sign(body: bytes) -> str | None:
    head = body[:LOOKED_AT]
    return next((vendor for vendor, sign in _BLOCK_SIGNS.items() if sign.search(head)), None)


def _wait(headers: Mapping[str, str]) -> str:
    value = headers.get("retry-after", "")
    return f"; it asks to wait {value[:40]}{' s' if value.isdigit() else ''}" if value else ""


def _blocked(url: str, vendor: str) -> Fault:
    return _fault(
        url, FaultReason.BLOCKED, f"a block or challenge page of {vendor} stands in its place",
        "ask the publisher to let this user agent in, or declare another address of the text",
    )  # fmt: skip


def _fault(where: str, reason: FaultReason, what: str, todo: str) -> Fault:
    return Fault(reason=reason, where=where, what=what, todo=todo)
