"""Make foreign text harmless where it is printed as it is: terminals, logs, mail headers and plain-text mails."""

import re

_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"  # OSC: window titles, links, clipboard
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|\x1b[ -/]*[0-~]?"  # the rest
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # soft hyphen, bidirectional and invisible
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"  # byte-order mark, annotations, tags
)
_TAGS = "\U000e0000"
"""From here on there are signs that show nothing although Unicode calls them printable."""
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Take out what a terminal or mail reader would obey or hide: escape sequences, controls, bidirectional marks.

    Tabs stay, every line break becomes a line feed, lone surrogates become U+FFFD. Cleaning twice changes nothing.

    >>> clean("ok\\x1b[2J\\x1b]0;owned\\x07 \\u202eabc\\r\\nnext")
    'ok abc\\nnext'
    """
    if text.isprintable() and (text.isascii() or max(text) < _TAGS):
        return text
    lines = _SURROGATES.sub("\ufffd", _BREAKS.sub("\n", text))
    while (cleaned := _UNSEEN.sub("", _ESCAPES.sub("", lines))) != lines:
        lines = cleaned
    return cleaned


def clean_line(text: str) -> str:
    """Clean `text` and fold it to one line, as a header, a subject or a log line needs it.

    >>> clean_line("Terms\\r\\nBcc: everyone@example.org")
    'Terms Bcc: everyone@example.org'
    """
    return " ".join(clean(text).split())
