"""The published JSON Schema of the webhook."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

PATH = Path(__file__).parents[2] / "docs" / "webhook.schema.json"
SCHEMA: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))


def problems(body: Any) -> list[str]:
    """What the schema says against a whole body."""
    checker = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    return [error.message for error in checker.iter_errors(body)]
