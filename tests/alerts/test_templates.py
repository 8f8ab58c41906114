"""Templates of one's own: they may look as they like, and none can do harm or go on for ever."""

from pathlib import Path

import pytest

from alerts.channels.chat import ChatChannel
from alerts.channels.slack import slack_message
from alerts.note import Note, note_of
from alerts.plain import plain_text
from alerts.templates import OwnTemplates, TemplateFailed
from tests.support import changes
from tests.support.deliveries import change_delivery, digest_delivery
from tests.support.outbox import NOW
from tests.support.receiver import receiving

NOTE = note_of(change_delivery(changes.change()).body, "en", NOW.date())


def render(folder: Path, text: str, note: Note = NOTE, name: str = "note.txt") -> str | None:
    (folder / name).write_text(text, encoding="utf-8")
    return OwnTemplates(folder).render(name, note)


def test_it_reads_the_whole_note(tmp_path: Path) -> None:
    text = (
        "{{ note.title }}|{% for label, value in note.facts %}{{ label }}={{ value }};{% endfor %}|"
        "{% for passage in note.passages %}{{ passage.runs | redline_text }}{% endfor %}"
    )
    title, facts, redline = (render(tmp_path, text) or "").split("|")
    assert title == NOTE.title
    assert "In effect from=3 November 2025;" in facts
    assert redline.startswith("[-We may use your data-] {+From 3 November 2025")
    assert render(tmp_path, "{{ note | plain }}") == plain_text(NOTE)


def test_a_digest_is_a_note_too(tmp_path: Path) -> None:
    note = note_of(digest_delivery(2).body, "en", NOW.date())
    assert render(tmp_path, "{% for item in note.items %}<{{ item.title }}>{% endfor %}", note) == (
        "<Service 0 · Privacy Policy · AI training introduced, from 3 Nov 2025>"
        "<Service 1 · Privacy Policy · AI training introduced, from 3 Nov 2025>"
    )


def test_html_is_escaped_and_text_is_not(tmp_path: Path) -> None:
    change = changes.change(service="<b>A & B</b>")
    note = note_of(change_delivery(change).body, "en", NOW.date())
    assert "&lt;b&gt;A &amp; B" in (render(tmp_path, "{{ note.title }}", note, "note.html") or "")
    assert "<b>A & B</b>" in (render(tmp_path, "{{ note.title }}", note, "note.txt") or "")


def test_without_a_file_of_that_name_ours_is_used(tmp_path: Path) -> None:
    assert OwnTemplates(tmp_path).render("note.txt", NOTE) is None
    assert OwnTemplates().render("note.txt", NOTE) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 'x' * 10**9 }}", "used too much memory"),
        ("{{ 'x' | center(3000000000) }}", "used too much memory"),
        ("{% for a in range(300) %}{{ 'x' * 1000 }}{% endfor %}", "writes more than 200000 characters"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}"
            "{% endfor %}{% endfor %}{% endfor %}",
            "used too much memory or time",
        ),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "RecursionError"),
        ("{{ note.__class__ }}", "is unsafe"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "is unsafe"),
        ("{{ note.words.update({'a': 'b'}) }}", "is unsafe"),
        ("{{ note.nothing }}", "has no attribute 'nothing'"),
        ("{% include '/etc/passwd' %}", "etc/passwd"),
        ("{% include '../secret.txt' %}", "secret.txt"),
        ("{% if %}", "line 1"),
        ("{{ cycler.__init__.__globals__ }}", "is unsafe"),
    ],
)
def test_a_template_that_does_harm_ends_and_says_why(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "secret.txt").write_text("hush")
    folder = tmp_path / "templates"
    folder.mkdir()
    with pytest.raises(TemplateFailed) as caught:
        render(folder, text)
    assert told in str(caught.value)
    assert "hush" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "sent", "warning"),
    [
        ('{"text": {{ note.title | tojson }}}', '{"text": "Platform', ""),
        ("[1]", '"blocks"', "template message.json: is no JSON object; ours was sent instead"),
        (
            "{{ note.title }}",
            '"blocks"',
            "template message.json: is no JSON (Expecting value: line 1 column 1 (char 0))",
        ),
    ],
)
def test_a_chat_message_may_be_ones_own_if_it_is_json(tmp_path: Path, text: str, sent: str, warning: str) -> None:
    (tmp_path / "message.json").write_text(text)
    with receiving() as receiver:
        channel = ChatChannel("c", receiver.url, slack_message, templates=tmp_path, allow_private=True)
        receipt = channel.send(change_delivery(changes.change()), NOW)
    assert sent in receiver.received[0].body.decode()
    assert receipt.warning.startswith(warning)
    assert bool(receipt.warning) is bool(warning)
