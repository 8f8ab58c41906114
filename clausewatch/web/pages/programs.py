"""Programs: the API's endpoints on a page, read from its own OpenAPI description."""

from typing import Any

from clausewatch.web.visit import Page, Visit


def page(visit: Visit, openapi: dict[str, Any]) -> Page:
    """All endpoints by group."""
    tags: dict[str, list[tuple[str, str, str, list[str]]]] = {}
    for path, methods in openapi["paths"].items():
        for method, told in methods.items():
            asked = [one["name"] for one in told.get("parameters", ()) if one["in"] == "query"]
            line = (method.upper(), path, told.get("description", told["summary"]).partition("\n")[0], asked)
            tags.setdefault(told["tags"][0], []).append(line)
    return Page(template="programs.html", title=visit.say("site.api"), values={"tags": tags})
