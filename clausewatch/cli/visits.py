"""Visits as JSON: what commands that visit or import print for programs."""

from typing import Any

from alerts.payload import change_data
from clausewatch import wiring
from clausewatch.cli import state
from crawler.visit import Visit
from diffing.warning import TermsWarning


def visit_data(visit: Visit) -> dict[str, Any]:
    """A visit as JSON: document, outcome, fault, warnings, and the change in the webhook's shape."""
    document, fault = visit.document, visit.fault
    return {
        "service": document.service,
        "terms": document.terms,
        "post": document.post or None,
        "outcome": visit.outcome.value,
        "fault": {"reason": fault.reason.value, "where": fault.where, "what": fault.what, "todo": fault.todo}
        if fault
        else None,
        "announces": [{"service": one.service, "terms": one.terms} for one in visit.announces],
        "warnings": [warning_data(warning) for warning in visit.warnings],
        "change": change_data(visit.change, links=wiring.links(state.config())(visit.change)) if visit.change else None,
    }


def warning_data(warning: TermsWarning) -> dict[str, str]:
    """A warning as JSON, in the form of a fault."""
    return {"reason": warning.reason.value, "where": warning.where, "what": warning.what, "todo": warning.todo}
