"""`clausewatch topics`: what is watched for, whether one of your own is well written, and what it finds in a text."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

import data
from alerts.locale import locale
from clausewatch import wiring
from clausewatch.cli import output, state
from clausewatch.cli.main import FAILED, app
from clausewatch.errors import NotFoundError, UsageError
from crawler.declarations import ad_hoc
from diffing.alignment import align
from diffing.archive import Archive
from diffing.edit import Edit
from diffing.flag import Flag
from diffing.flags import flags
from diffing.language import language_of
from diffing.passages import passages
from diffing.topics import Topic, examine, load_topics

topics = typer.Typer(help="What is watched for, and what a topic finds in a text.", no_args_is_help=True)
app.add_typer(topics, name="topics")


@topics.command("list")
def list_(json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """List the topics in use: the shipped ones and those of the configured folders."""
    told = [_told(topic) for topic in wiring.topics(state.config())]
    if json:
        output.json_lines(told)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Topic", "Title", "Languages", "Rules", "Folder"):
        table.add_column(name, overflow="fold", justify="right" if name == "Rules" else "left")
    for one in told:
        languages, rules = " ".join(one["languages"]), str(one["rules"])
        folders = "\n".join(dict.fromkeys(str(Path(file).parent) for file in one["files"]))
        table.add_row(*map(output.plain, (one["name"], one["title"], languages, rules, folders)))
    output.console().print(table)


@topics.command("check")
def check_(
    place: Annotated[list[str] | None, typer.Argument(metavar="[DIR]...", help="Instead of those in use.")] = None,
) -> None:
    """Read every topic and say what is wrong: the file, the key and what to do.

    Exit code 1 when a topic cannot be used.
    """
    found = examine(wiring.folders(place) if place else (data.folder("topics"), *state.config().topics))
    console, errors = output.console(), output.console(stderr=True)
    for told in map(_told, found.topics):
        said = f"{told['name']}: {told['rules']} rules in {', '.join(told['languages'])}"
        console.print(output.plain(said))
    for problem in found.problems:
        errors.print(output.plain(f"error: {problem}"), soft_wrap=True)
    if found.problems:
        raise typer.Exit(FAILED)
    if not found.topics:
        raise UsageError("topics check", "no topic is there", "name a folder with *.yaml files; see docs/topics.md")


@topics.command("try")
def try_(
    text: Annotated[str, typer.Argument(metavar="FILE_OR_URL", help="A text or Markdown file, or a web address.")],
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic; may be repeated.")] = None,
    place: Annotated[
        list[str] | None, typer.Option("--dir", metavar="DIR", help="Topics of this file or folder too.")
    ] = None,
    language: Annotated[str | None, typer.Option(metavar="XX", help="What it is written in; else guessed.")] = None,
    service: Annotated[str, typer.Option(help="Read it as this service's, for rules that hold for few.")] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show what the topics find in a text, as if all of it were new. Nothing is kept, nobody is told."""
    config = state.config()
    chosen = _chosen(load_topics((data.folder("topics"), *config.topics, *wiring.folders(place or ()))), topic or ())
    markdown, host = _fetched(text) if text.startswith(("http://", "https://")) else (_read(Path(text)), "")
    spoken = language if language is not None else language_of(markdown)
    new = passages(markdown)
    edits = align(passages(""), new)
    found = flags(edits, chosen, language=spoken, service=service or host or Path(text).stem, after=new)
    if json:
        output.json_lines(_data(flag, edits) for flag in found)
        return
    console = output.console()
    for flag in found:
        for line, style in _lines(flag, edits):
            console.print(output.plain(line, style))
    silent = [one.name for one in chosen if (spoken or "en") not in one.wordings]
    said = f"{len(found)} found in {len(edits)} passages, read as {spoken or 'en (the language is not clear)'}."
    if silent:
        said += f" No words for it in {', '.join(silent)}; --language names another."
    console.print(output.plain(said))


def _told(topic: Topic) -> dict[str, Any]:
    return {
        "name": topic.name,
        "title": topic.title.get("en") or next(iter(topic.title.values()), topic.name),
        "languages": sorted(topic.wordings),
        "rules": sum(len(wording.rules) for wording in topic.wordings.values()),
        "files": [str(path) for path in topic.files],
    }


def _chosen(known: Sequence[Topic], names: Sequence[str]) -> tuple[Topic, ...]:
    by_name = {topic.name: topic for topic in known}
    for name in names:
        if name not in by_name:
            raise UsageError("--topic", f'"{name}" is no topic', f"use one of {', '.join(by_name)}, or add its --dir")
    return tuple(by_name[name] for name in names) or tuple(known)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise NotFoundError(
            str(path), f"cannot be read ({error.strerror})", "name a text file or an address"
        ) from error


def _fetched(url: str) -> tuple[str, str]:
    """The text at an address and its host, crawled as always into an archive that is thrown away."""
    target = ad_hoc(url)
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "try.db") as kept:
        (visit,) = wiring.crawl(state.config(), kept, (target,))
        version = kept.current(target.document)
    if version is None:
        fault = visit.fault
        what, todo = (fault.what, fault.todo) if fault else ("gave no text", "save the page as a file and try that")
        raise NotFoundError(url, what, todo)
    return version.text, target.service


def _data(flag: Flag, edits: Sequence[Edit]) -> dict[str, Any]:
    return {
        "topic": flag.topic,
        "stance": flag.stance.value,
        "effect": flag.effect.value,
        "rule": flag.rule,
        "evidence": flag.evidence,
        "sentence": flag.after,
        "section": list(_section(flag, edits)),
    }


def _lines(flag: Flag, edits: Sequence[Edit]) -> Iterator[tuple[str, str]]:
    words = locale("en")
    yield f"{words.topic(flag.topic)}: {flag.stance.value}, {words.effect(flag.effect)}", "bold"
    if section := _section(flag, edits):
        yield f"  {' › '.join(section)}", "dim"
    yield f"  {flag.after}", ""
    yield f"  {flag.rule}: “{flag.evidence}”", "dim"
    yield "", ""


def _section(flag: Flag, edits: Sequence[Edit]) -> tuple[str, ...]:
    passage = edits[flag.edit].after
    return passage.section if passage else ()
