"""Chromium: where it is, and how it is started so that it is quiet and goes nowhere but through our proxy."""

import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names under which distributions install it."""

CHROMIUM = "CLAUSEWATCH_CHROMIUM"
"""Scrapy setting: path of Chromium; "" to look for it, `NONE` to use no browser."""
NONE = "none"

_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=AutofillServerCommunication,MediaRouter,OptimizationHints,Translate",
    "--disable-gpu",
    "--disable-quic",  # UDP would pass the proxy by
    "--disable-sync",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # it looks no name up itself; the proxy does
    "--js-flags=--max-old-space-size=512",  # MB a page's scripts may hold
    "--metrics-recording-only",
    "--mute-audio",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--proxy-bypass-list=<-loopback>",  # this machine too is reached through the proxy, or not at all
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chromium:
    """A Chromium that can be started. sandboxed: whether its own sandbox can be used here; if not, `why` says so."""

    path: str
    sandboxed: bool
    why: str = ""

    @property
    def flags(self) -> tuple[str, ...]:
        """What it is started with."""
        return _FLAGS

    def __str__(self) -> str:
        return f"{self.path}, in its sandbox" if self.sandboxed else f"{self.path}, without its sandbox ({self.why})"


def find(told: str = "") -> Chromium | None:
    """The Chromium to use: the one at the path that was told, else the first of `NAMES` on the PATH; None without one.

    >>> find("none") is find("/no/such/file")
    True
    """
    if told == NONE:
        return None
    path = shutil.which(told) if told else next(filter(None, map(shutil.which, NAMES)), None)
    return None if path is None else _described(path)


@cache
def _described(path: str) -> Chromium:
    if os.geteuid() == 0:
        return Chromium(path=path, sandboxed=False, why="it refuses one to root; run as another user")
    if _has_setuid_helper(path) or _has_user_namespaces():
        return Chromium(path=path, sandboxed=True)
    return Chromium(path=path, sandboxed=False, why="this system allows no user namespaces; install chromium-sandbox")


def _has_setuid_helper(path: str) -> bool:
    folders = (Path(path).resolve().parent, Path("/usr/lib/chromium"), Path("/opt/google/chrome"))
    helpers = (folder / "chrome-sandbox" for folder in folders)
    return any(helper.exists() and helper.stat().st_mode & stat.S_ISUID for helper in helpers)


def _has_user_namespaces() -> bool:
    """Asked of the system by making one: whether it may is up to the kernel, its settings and the container."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return False
    done = subprocess.run([unshare, "--user", "true"], capture_output=True, timeout=5, check=False)  # noqa: S603
    return done.returncode == 0
