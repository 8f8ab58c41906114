"""DemoPages: what the demo's site answers to a request, as a value; pure but for reading its files once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.reading import parsed

ROBOTS = "User-agent: *\nDisallow: /brightrung/settings/\n"
BLOCKED_HEADERS = {"cf-mitigated": "challenge"}
"""What a well-known shield sends along with its challenge, when the status is an error."""


class State(StrEnum):
    """What the site has published."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer of the site. modified: aware, UTC; None when the page does not say. headers: beside the usual ones."""

    status: int
    body: bytes
    type: str = "text/html; charset=utf-8"
    modified: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        """A strong entity tag made from the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of one of the site's blogs. since: the state from which it is there."""

    blog: str
    path: str
    since: State
    published: datetime
    title: str
    summary: str


class DemoPages:
    """The pages of the demo's site in both states.

    A page's file stands under `before/`; a file of the same name under `after/` takes its place in that state. Pages
    share the layouts under `shared/`, and `site.yaml` says which of them misbehave and how.
    """

    def __init__(self, root: Path) -> None:
        rules = parsed((root / "site.yaml").read_text(encoding="utf-8"))
        self._modified: dict[State, datetime] = {
            State(name): at.replace(tzinfo=UTC) for name, at in rules["modified"].items()
        }
        self._flapping = frozenset(rules["flapping"])
        self._blocked: dict[str, int] = rules["blocked"]
        self._posts = tuple(_post(post) for post in rules["posts"])
        self._templates = {
            State.BEFORE: _environment(root / "before", root / "shared"),
            State.AFTER: _environment(root / "after", root / "before", root / "shared"),
        }
        before = _routes(root / "before")
        self._routes = {State.BEFORE: before, State.AFTER: before | _routes(root / "after")}

    @property
    def paths(self) -> tuple[str, ...]:
        """Paths of all pages there are once "after" is published, sorted."""
        return tuple(sorted(self._routes[State.AFTER]))

    def reply(self, path: str, *, state: State, visit: int = 0, base: str = "") -> Reply:
        """The answer to a request for `path` in a state.

        visit: how often this page was asked for before; flapping pages show another text at every visit.
        base: the site's own address, which its feed names.
        """
        if path == "/robots.txt":
            return Reply(status=HTTPStatus.OK, body=ROBOTS.encode(), type="text/plain; charset=utf-8")
        if state is State.AFTER and path in self._blocked:
            return self._challenge(self._blocked[path], base)
        body = self._page(path, state, visit, base)
        if body is None:
            return Reply(status=HTTPStatus.NOT_FOUND, body=b"<!doctype html><title>Not found</title><h1>Not found</h1>")
        kind = "application/rss+xml" if path.endswith(".xml") else "text/html"
        modified = None if path in self._flapping else self._date(path, state, body, base)
        return Reply(status=HTTPStatus.OK, body=body, type=f"{kind}; charset=utf-8", modified=modified)

    def _page(self, path: str, state: State, visit: int, base: str) -> bytes | None:
        template = "feed.xml" if path == "/brightrung/blog/feed.xml" else self._routes[state].get(path)
        if template is None:
            return None
        posts = self._of(path, state)
        post = next((post for post in posts if post.path == path), None)
        variant = visit % 2 if path in self._flapping else 0
        text = self._templates[state].get_template(template).render(base=base, posts=posts, post=post, variant=variant)
        return text.encode()

    def _of(self, path: str, state: State) -> Sequence[Post]:
        """The posts of the blog `path` belongs to, in that state."""
        blog = path.split("/")[1]
        return [post for post in self._posts if post.blog == blog and (state is State.AFTER or post.since is state)]

    def _date(self, path: str, state: State, body: bytes, base: str) -> datetime:
        """When the page was last modified: "after" only where its text differs from "before"."""
        same = state is State.AFTER and body == self._page(path, State.BEFORE, 0, base)
        return self._modified[State.BEFORE if same else state]

    def _challenge(self, status: int, base: str) -> Reply:
        host = base.removeprefix("http://")
        body = self._templates[State.AFTER].get_template("challenge.html").render(host=host).encode()
        return Reply(status=status, body=body, headers=BLOCKED_HEADERS if status >= HTTPStatus.BAD_REQUEST else {})


def _environment(*folders: Path) -> Environment:
    return Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)


def _routes(folder: Path) -> dict[str, str]:
    """Path on the site to file name: `a/index.html` is `/a/`, `a/b.html` is `/a/b`."""
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
    return {"/" + name.removesuffix(".html").removesuffix("index"): name for name in names}


def _post(entry: Mapping[str, object]) -> Post:
    published = entry["published"]
    assert isinstance(published, datetime)
    return Post(
        blog=str(entry["blog"]),
        path=str(entry["path"]),
        since=State(str(entry["since"])),
        published=published.replace(tzinfo=UTC),
        title=str(entry["title"]),
        summary=str(entry["summary"]),
    )
