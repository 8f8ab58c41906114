"""Actor: who the flagged words say does it."""

import re
from enum import StrEnum
from functools import cache


class Actor(StrEnum):
    """Who acts, as far as the words say."""

    PUBLISHER = "publisher"
    """Whose terms or blog it is, alone or with others: "we and our affiliates"."""
    OTHERS = "others"
    """Others, whom the publisher gives data to or lets act: "we share it with partners so that they can"."""
    UNSAID = "unsaid"


_BETWEEN = r"(?:[^\w.;:|!?]+(?!(?:that|which|who|que|qui|qu|be|been|by|être|par)\b)\w+){0,6}?[^\w.;:|!?]+"
_ACT = (
    r"(?:us(?:e|es|ing)|(?:pre|re)?-?train\w*|process\w*|collect\w*|improv\w*|develop\w*|shar\w*|analy[sz]\w*"
    r"|utilis\w*|entra[iî]n\w*|trait\w*|partag\w*|exploit\w*|amélior\w*|développ\w*)\b"
)
_MODELS = r"(?:\w+[^\w.;:|!?]+){0,3}?(?:ai|ia|models?|modèles?|systems?|systèmes?|intelligence|algorithm\w*)\b"
_WE_ACT = re.compile(
    rf"\b(?:we|nous)\b{_BETWEEN}{_ACT}|\b(?:our|nos|notre)\s(?:{_MODELS}|use\b|utilisation\b)", re.IGNORECASE
)
_OWN = re.compile(r"\b(?:we|our|us|nous|nos|notre)\b|['’]ll\b", re.IGNORECASE)
_NOT_OURS = re.compile(
    r"\b(?:our|nos|notre)\s(?:\w+[ ,]+(?:and |et )?){0,3}?(?:partners?|providers?|suppliers?|vendors?|affiliates?|"
    r"subsidiaries|advertisers?|customers?|users?|members?|parent company|partenaires?|prestataires?|fournisseurs?|"
    r"filiales?|sociétés affiliées|annonceurs?|clients?|utilisateurs?|membres?|société mère)\b"
    r"|\bwe\s(?:(?:do not|don['’]t|cannot) control|are not responsible)\b"
    r"|\b(?:third parties|others|companies|partners|providers)\s(?:that |who |whom |which )?we\s(?:\w+\s){1,3}with\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]{0,2000}”|«[^»]{0,2000}»|\"[^\"]{0,2000}\"")
_THIRD = (
    r"(?:(?:our|the|its|certain|some|other|selected) )?"
    r"(?:third[- ]part\w+|others|companies|partners|providers|advertisers|affiliates|them|it|(?-i:[A-Z])\w+)"
)
_GIVES = re.compile(
    r"\b(?:shar|disclos|provid|sell|licens|transfer|partage|communiqu|transm|vend)\w*\b[^.;]{0,240}?"
    r"(?:\bso (?:that )?(?:it|they|(?-i:[A-Z])\w+)\b|\bfor (?:its|their)\b|\b(?:their|its) own\b"
    rf"|\b(?:enabl|allow|let)\w* {_THIRD} to\b"
    r"|\b(?:pour|afin) qu(?:e|['’])\s?(?:ils?|elles?|celui|ceux|(?-i:[A-Z])\w+)\b|\bpour (?:leurs?|ses) propres\b)"
    rf"|\b(?:let|allow|permit|enabl|authori[sz])\w*\s+(?!(?:us|you|members?|users?)\b){_THIRD}(?:\s\w+){{0,2}}?\s"
    r"(?:to\s)?(?:use|train|access|develop|improve)\b"
    r"|\b(?:permet|laiss|autoris)\w*\s(?:à |aux )?(?:des |nos |d['’])?(?:tiers|autres|partenaires|prestataires)\b",
    re.IGNORECASE,
)


def actor(said: str, service: str, *, post: bool = False, act: str = "") -> Actor:
    """Who acts in the flagged words and those they hang from.

    In terms "we" and "our" are the publisher; in a blog post, which may be about somebody else, only where they or the
    service's name stand before the act itself and outside quotation marks. act: the words that say what is done; who
    gives data away only behind them acts alone.

    >>> actor("From May we and our affiliates will use your posts to train AI.", "Platform")
    <Actor.PUBLISHER: 'publisher'>
    >>> actor("Our partners may train their models on your posts.", "Platform")
    <Actor.UNSAID: 'unsaid'>
    """
    words = _QUOTED.sub(" ", said) if post else _NOT_OURS.sub(" others ", said)
    own = (_WE_ACT if post else _OWN).search(words) or _named(service).search(words)
    if not own:
        return Actor.UNSAID
    gives = _GIVES.search(said)
    done = said.find(act) + len(act) if act and act in said else len(said)
    return Actor.OTHERS if gives and gives.start() < done else Actor.PUBLISHER


@cache
def _named(service: str) -> re.Pattern[str]:
    """The service's name before an act, after "by", or as the owner of the models."""
    name = rf"(?<!\w){re.escape(service)}(?!\w)"
    return re.compile(
        rf"{name}{_BETWEEN}{_ACT}|\b(?:by|par)\s{name}|{name}['’]s?\s{_MODELS}"
        rf"|\b(?:models?|modèles?|systems?|systèmes?|ai|ia|intelligence)\s(?:of\s|de\s|d['’]){name}",
        re.IGNORECASE,
    )
