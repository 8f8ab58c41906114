"""Posts: those that bear on something watched are told, and an announcement is linked to the terms it names."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import data
from crawler.announcing import announcing
from crawler.declarations import Declaration, Source, Watch
from crawler.observation import Observation
from crawler.recorder import Recorder
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.archive.record import Message
from diffing.change import Change
from diffing.topics import load_topics
from diffing.version import Document, Version
from tests.support.command import Command, command
from tests.support.crawling import terms, visit
from tests.support.server import Answer, Reply, serving

run = pytest.fixture(command)

TOPICS = load_topics([data.folder("topics")])
START = datetime(2025, 9, 18, tzinfo=UTC)


def declared(service: str, name: str, url: str = "") -> Declaration:
    return Declaration(service=service, terms=name, sources=(Source(fetch=url or f"https://{service}.example/{name}"),))


NORD = (
    declared("Nord", "Privacy Policy", "https://www.nord.example/privacy/"),
    declared("Nord", "Terms of Service", "https://nord.example/terms"),
    declared("Nord", "Trackers Policy"),
    declared("Sued", "Privacy Policy"),
)
ANNOUNCES = announcing(NORD)


def named(text: str, *, service: str = "Nord", title: str = "") -> list[str]:
    document = Document(service=service, terms="Blog", post="https://nord.example/blog/1")
    post = Version(document=document, observed_at=START, text=text, url=document.post, title=title)
    return [str(found) for found in ANNOUNCES(post)]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("See [what changes](https://nord.example/privacy?from=blog#new).\n", "", ["Nord · Privacy Policy"]),
        ("On 3 November our user agreement changes.\n", "", ["Nord · Terms of Service"]),
        ("What is new.\n", "Updates to our Privacy Policy", ["Nord · Privacy Policy"]),
        ("Nous modifions notre politique de confidentialité.\n", "", ["Nord · Privacy Policy"]),
        ("We care about privacy, on any terms, and like cookies.\n", "Five habits", []),
        ("Search is faster.\n", "", []),
    ],
)
def test_a_post_names_the_terms_it_links_to_or_speaks_of(text: str, title: str, expected: Sequence[str]) -> None:
    assert named(text, title=title) == expected


def test_an_authority_s_post_names_terms_of_the_service_it_is_about() -> None:
    assert named("Sued has changed its privacy policy; here is how to object.\n", service="CVD") == [
        "Sued · Privacy Policy"
    ]
    assert named("Nordic countries have changed a privacy policy.\n", service="CVD") == []


def test_posts_that_bear_on_nothing_watched_are_kept_and_not_told(tmp_path: Path) -> None:
    told: list[Change] = []

    def notify(change: Change) -> Sequence[Message]:
        told.append(change)
        return ()

    with Archive.open(tmp_path / "a.db") as archive:
        recorder = Recorder(archive, TOPICS, notify=notify, announces=ANNOUNCES)

        def post(number: int, text: str) -> Visit:
            document = Document(service="Nord", terms="Blog", post=f"https://nord.example/blog/{number}")
            observation = Observation(
                document=document, text=text, url=document.post, observed_at=START + timedelta(days=number),
                captures=(), extractor="1", declaration="d",
            )  # fmt: skip
            return recorder.observe(observation)

        post(1, "# Search\n\nOur search is five times faster now.\n")
        assert told == []
        training = post(2, "# AI\n\nFrom 3 November we use your posts to train our generative AI models.\n")
        update = post(3, "# Updates\n\nWe have updated our privacy policy and our user agreement.\n")
        assert [change.after.document.post[-1] for change in told] == ["2", "3"]
        assert training.announces == ()
        assert [one.terms for one in update.announces] == ["Privacy Policy", "Terms of Service"]
        assert len(archive.documents(service="Nord")) == 3
        assert update.change is not None
        assert archive.announces(update.change.after.id) == update.announces
        (naming,) = archive.announcements(Document(service="Nord", terms="Terms of Service"))
        assert naming == update.change.after
        assert archive.announcements(Document(service="Sued", terms="Privacy Policy")) == ()


def test_the_posts_of_a_sitemap_are_read_newest_first_below_the_blog() -> None:
    with serving({}) as server:
        days = {"/blog/old": "2025-01-01", "/blog/new": "2025-09-01", "/jobs/1": "2025-09-09", "/blog/": "2025-09-09"}
        urls = "".join(
            f"<url><loc>{server.url}{path}</loc><lastmod>{day}</lastmod></url>" for path, day in days.items()
        )
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        pages: dict[str, Answer] = {
            "/sitemap.xml": Reply(body=sitemap, headers={"Content-Type": "application/xml"}),
            "/blog/old": "<main>The old post.</main>",
            "/blog/new": "<main>The new post.</main>",
        }
        server.pages = pages
        blog = Source(fetch=f"{server.url}/blog/", select=("main",))
        target = terms(blog, name="Blog", watch=Watch(feed=f"{server.url}/sitemap.xml"))
        kept, _ = visit([target])
        assert [seen.text for seen in kept.observations] == ["The new post.\n", "The old post.\n"]
        index = f"<sitemapindex><sitemap><loc>{server.url}/sitemap.xml</loc></sitemap></sitemapindex>"
        pages["/index.xml"] = Reply(body=index, headers={"Content-Type": "application/xml"})
        kept, _ = visit([terms(blog, name="Blog", watch=Watch(feed=f"{server.url}/index.xml"))])
        assert [seen.text for seen in kept.observations] == ["The new post.\n", "The old post.\n"]
        elsewhere = terms(Source(fetch=f"{server.url}/news/"), name="News", watch=target.watch)
        kept, _ = visit([elsewhere])
    ((_, fault),) = kept.faults
    assert fault.what == f"the sitemap lists no page below {server.url}/news/"


def test_a_crawl_says_which_terms_a_post_names(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t").mkdir()
    with serving({}) as server:
        listing = "<main><a href=/blog/1>One</a></main>"
        server.pages = {"/blog": listing, "/blog/1": "<main>Welcome to our blog about all that we do.</main>"}
        blog = {"fetch": f"{server.url}/blog", "select": "main", "watch": {"follow": "main a"}}
        policy = {"fetch": f"{server.url}/privacy"}
        (tmp_path / "t" / "Nord.json").write_text(
            json.dumps({"name": "Nord", "terms": {"Blog": blog, "Privacy Policy": policy}})
        )
        config = 'targets = ["t"]\n[crawl]\ndelay = 0\nallow_hosts = ["127.0.0.1"]\n'
        (tmp_path / "clausewatch.toml").write_text(config)
        run("crawl", "Nord", "--terms", "Blog")
        post = "<main>We are changing our privacy policy from the third of November on.</main>"
        server.pages = {"/blog": listing.replace("</main>", "<a href=/blog/2>Two</a></main>"), "/blog/2": post}
        (line,) = run("crawl", "Nord", "--terms", "Blog", "--json").lines
    assert (line["outcome"], line["announces"]) == ("post", [{"service": "Nord", "terms": "Privacy Policy"}])
