"""Forms: what a browser sends, always by POST: the token to sign in, and what whoever is signed in may do."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import parse_qs

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from clausewatch.web import acts
from clausewatch.web.access import COOKIE, LONGEST_NAME, RETRY, STAY, TooManyTries, same_origin
from clausewatch.web.answers import PRIVATE, Answers
from clausewatch.web.language import split
from clausewatch.web.visit import NoPage, Page, Visit
from diffing.flag import Effect

FORM: Final = "application/x-www-form-urlencoded"

log = structlog.get_logger("clausewatch.web")

Values = dict[str, str]
Act = Callable[[Request, Visit, Values], str]
"""Does what a form asks and says where the reader goes on. Raises NoPage."""


def sign_in_page(visit: Visit) -> Page:
    """Where the token is shown."""
    if not visit.site.config.web.token.get_secret_value():
        raise NoPage
    values = {"wrong": visit.asked("wrong") == "yes", "back": own_path(visit.asked("back"))}
    return Page(template="sign_in.html", title=visit.say("site.sign_in"), values=values)


class Forms:
    """Endpoints of forms."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._access = answers.access

    async def sign_in(self, request: Request) -> Response:
        """Take the token; who has shown the right one is known by a cookie from then on."""
        values = await sent(request)
        if values is None or not self._ours(request):
            return refused(403, "this form was not sent from a page of this site")
        back = own_path(values.get("back", ""))
        name = values.get("name", "").strip()[:LONGEST_NAME]
        host = request.client.host if request.client else ""
        try:
            right = self._access.right(values.get("token", ""), address=host, now=self._answers.site.now())
        except TooManyTries:
            log.warning("sign-in refused: too many tries", host=host)
            return refused(429, "too many wrong tokens; try again in a minute", RETRY)
        if not name or not right:
            log.warning("sign-in refused", host=host)
            return RedirectResponse(f"{split(back)[0]}/sign-in?wrong=yes", 303, headers=PRIVATE)
        answer = RedirectResponse(back, 303, headers=PRIVATE)
        secure = self._answers.site.config.web.public_url.startswith("https://")
        answer.set_cookie(
            COOKIE,
            self._access.cookie(name, self._answers.site.now()),
            max_age=int(STAY.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=secure and request.headers.get("host", "") in self._answers.site.config.web.public_url,
        )
        return answer

    def signed(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of what only whoever is signed in may do, from a form of our own page."""

        async def answer(request: Request) -> Response:
            visit = self._answers.visit(request)
            if visit.signed is None:
                return refused(401, "sign in first")
            values = await sent(request)
            if (
                values is None
                or not self._ours(request)
                or not self._access.sent_by(visit.signed, values.get("csrf", ""))
            ):
                return refused(403, "this form was not sent from a page of this site")
            try:
                back = await run_in_threadpool(act, request, visit, values)
            except NoPage:
                return refused(404, "there is nothing of that name")
            answer = RedirectResponse(back, 303, headers=PRIVATE)
            if request.url.path == "/sign-out":
                answer.delete_cookie(COOKIE)
            return answer

        return answer

    def _ours(self, request: Request) -> bool:
        return same_origin(dict(request.headers), request.headers.get("host", ""))


def sign_out(request: Request, visit: Visit, values: Values) -> str:
    """Forget who reads."""
    return "/"


def judge(request: Request, visit: Visit, values: Values) -> str:
    """Keep a verdict on the flags of a topic."""
    change_id = request.path_params["change_id"]
    said, effect = values.get("verdict", ""), values.get("effect", "")
    if said not in ("right", "wrong") or effect not in ("", *Effect):
        raise NoPage
    assert visit.signed is not None, "checked before"
    kept = acts.judge(
        visit.site,
        change_id,
        topic=values.get("topic", ""),
        said="right" if said == "right" else "wrong",
        effect=effect,
        reason=values.get("reason", ""),
        reader=visit.signed.name,
    )
    if not kept:
        raise NoPage
    return f"/change/{change_id}#verdicts"


def acknowledge(request: Request, visit: Visit, values: Values) -> str:
    """Keep that a change was seen."""
    change_id = request.path_params["change_id"]
    assert visit.signed is not None, "checked before"
    if not acts.acknowledge(visit.site, change_id, note=values.get("note", ""), reader=visit.signed.name):
        raise NoPage
    return f"/change/{change_id}#verdicts"


def retry(request: Request, visit: Visit, values: Values) -> str:
    """Have an alert sent again."""
    if not acts.retry(visit.site, values.get("id", ""), values.get("channel", "")):
        raise NoPage
    return "/health#deliveries"


async def sent(request: Request) -> Values | None:
    """What a form sent, the first value of each name; None for what is no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != FORM:
        return None
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return {name: values[0] for name, values in parse_qs(body, max_num_fields=20).items()}
    except ValueError:
        return None


def own_path(path: str) -> str:
    """The path if it is one of ours; "/" for anything that leads elsewhere.

    >>> own_path("/change/ab"), own_path("//evil.test"), own_path("https://evil.test"), own_path("/\\\\evil.test")
    ('/change/ab', '/', '/', '/')
    """
    plain = path.startswith("/") and not path.startswith("//") and path.isascii() and path.isprintable()
    return path if plain and "\\" not in path and len(path) < 300 else "/"


def refused(status: int, told: str, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal, in a line."""
    return PlainTextResponse(f"clausewatch: {told}\n", status, headers={**PRIVATE, **(headers or {})})
