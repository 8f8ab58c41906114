"""Reading YAML: by libyaml wherever PyYAML was built with it, in a fifth of the time."""

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parsed(text: str) -> Any:
    """What a YAML text says, in plain values. Raises yaml.YAMLError for what is none.

    >>> parsed("words: [policy, terms]")
    {'words': ['policy', 'terms']}
    """
    return yaml.load(text, _LOADER)  # noqa: S506 - it is a safe one
