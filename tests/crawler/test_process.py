"""Crawls in a process of their own: interruption, and `scrapy crawl`."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.server import Reply, serving

ROOT = Path(__file__).parents[2]

INTERRUPTED = """
import threading, signal, os
from crawler.declarations import ad_hoc
from crawler.run import crawl
from support.crawling import SETTINGS, Kept

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored

def interrupt(progress):
    signal.raise_signal(signal.SIGINT)

try:
    crawl([ad_hoc({url!r} + str(n)) for n in range(9)], sink=Kept(), settings=SETTINGS, on_progress=interrupt)
except KeyboardInterrupt:
    print("interrupted")
"""

SCRAPY_SETTINGS = """
from crawler.settings import base
globals().update(base())
CLAUSEWATCH_JOB = "scrapy_job.job"
CLAUSEWATCH_ALLOW_HOSTS = ["127.0.0.1"]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
"""

SCRAPY_JOB = """
from crawler.declarations import Source
from crawler.job import Job
from support.crawling import Kept, terms

class Printing(Kept):
    def observe(self, observation):
        print(observation.document, observation.text)
        return super().observe(observation)

def job():
    names = ("Privacy Policy", "Terms of Service")
    return Job(targets=[terms(Source(fetch={url!r}, select=("main",)), name=name) for name in names], sink=Printing())
"""


def run(command: list[str], cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests"), str(cwd)])
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_interrupted_crawl_ends_at_once_and_quietly(tmp_path: Path) -> None:
    with serving(lambda asked: Reply(body="<main>Text.</main>")) as server:
        script = tmp_path / "crawling.py"
        script.write_text(INTERRUPTED.format(url=f"{server.url}/"))
        done = run([sys.executable, str(script)], tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == ("interrupted\n", "", 0)


def test_scrapy_crawl_runs_the_spiders_of_the_project(tmp_path: Path) -> None:
    with serving({"/terms": "<main>Text.</main>"}) as server:
        (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = scrapy_settings\n")
        (tmp_path / "scrapy_settings.py").write_text(SCRAPY_SETTINGS)
        (tmp_path / "scrapy_job.py").write_text(SCRAPY_JOB.replace("{url!r}", repr(f"{server.url}/terms")))
        command = [sys.executable, "-m", "scrapy", "crawl", "policies", "-a", "terms=Terms of Service"]
        done = run(command, tmp_path)
    assert (done.stdout, done.returncode, done.stderr[-300:]) == ("Example · Terms of Service Text.\n\n", 0, "")
    assert "Traceback" not in done.stderr


FAILING_SINK = """
from crawler.errors import UnknownTarget

class Failing(Printing):
    def observe(self, observation):
        print("called")
        raise UnknownTarget("archive.db", "the disk is full", "make room")

Printing = Failing
"""


def test_a_sink_that_cannot_write_stops_scrapy_crawl_too(tmp_path: Path) -> None:
    with serving({"/terms": "<main>Text.</main>"}) as server:
        (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = scrapy_settings\n")
        (tmp_path / "scrapy_settings.py").write_text(SCRAPY_SETTINGS + "CONCURRENT_REQUESTS = 1\n")
        job = SCRAPY_JOB.replace("{url!r}", repr(f"{server.url}/terms"))
        (tmp_path / "scrapy_job.py").write_text(job + FAILING_SINK)
        done = run([sys.executable, "-m", "scrapy", "crawl", "policies"], tmp_path)
    assert done.stdout == "called\n"
    assert "archive.db: the disk is full; make room" in done.stderr
