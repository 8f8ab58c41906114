"""The API keeps what its OpenAPI description says, whatever it is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from clausewatch.web.site import Site
from tests.support.web import TOKEN, filled, served

EXAMPLES = 15
"""Requests an endpoint."""
FUTURE = "GET /collection-api/v1/version/{service_id}/{terms_type}/{date}"
"""Refuses dates in the future with 416, as the Open Terms Archive has it, though they are dates."""


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("fuzzed"), token=TOKEN) as filled_site:
        yield filled_site


@pytest.fixture(scope="module")
def description(over: Site) -> Iterator[schemathesis.BaseSchema]:
    with served(over) as address:
        yield schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")


def asked(operation: Any) -> None:
    """Ask an endpoint whatever its description allows, and hold its answers against the description."""
    excused = [positive_data_acceptance] if operation.label == FUTURE else []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def keeps_its_word(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"}, excluded_checks=excused)

    keeps_its_word()


def test_every_endpoint_keeps_its_word(description: schemathesis.BaseSchema) -> None:
    found = list(description.get_all_operations())
    assert len(found) > 25
    for result in found:
        assert isinstance(result, Ok), result
        asked(result.ok())
