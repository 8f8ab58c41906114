"""What is shipped to run it elsewhere: a unit, an image, a composition."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
HADOLINT = Path(sys.executable).with_name("hadolint")


def unit() -> list[tuple[str, str]]:
    """The lines of the unit, KEY=VALUE."""
    text = (ROOT / "deploy" / "clausewatch.service").read_text()
    lines = [line.partition("=") for line in text.splitlines() if line and line[0] not in "#["]
    return [(key, value) for key, _, value in lines]


def services() -> dict[str, Any]:
    composed = yaml.safe_load((ROOT / "compose.yaml").read_text())
    found = composed["services"]
    assert isinstance(found, dict)
    return found


@pytest.mark.skipif(not HADOLINT.exists(), reason="needs hadolint beside this Python")
def test_the_dockerfile_is_what_its_linter_wants() -> None:
    done = subprocess.run([HADOLINT, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_holds_every_package_and_the_build_may_see_them() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    dockerfile = (ROOT / "Dockerfile").read_text()
    seen = (ROOT / ".dockerignore").read_text().splitlines()
    for package in built["packages"]:
        assert f"COPY {package} ./{package}" in dockerfile
        assert f"!{package}" in seen


def test_the_image_does_not_run_as_root_and_says_how_it_is() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001"]
    assert any(line.startswith("HEALTHCHECK") for line in lines)


@pytest.mark.parametrize("name", ["daemon", "pages"])
def test_a_container_can_write_to_its_data_and_nothing_else(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["user"] == "10001:10001"
    writable = [volume for volume in service["volumes"] if not volume.endswith(":ro")]
    assert writable == ["data:/data"]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_the_unit_is_hardened_and_knows_how_to_reload_and_to_notice_a_hang() -> None:
    told = dict(unit())
    wanted = {
        "Type": "notify",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "NoNewPrivileges": "yes",
        "DynamicUser": "yes",
        "StateDirectory": "clausewatch",
        "CapabilityBoundingSet": "",
        "ExecReload": "/bin/kill -HUP $MAINPID",
    }
    assert {key: told[key] for key in wanted} == wanted
    assert told["WatchdogSec"] == "15min"
    assert told["ExecStart"].endswith("daemon --json")
