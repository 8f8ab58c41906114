# Two commands do everything for a newcomer: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test check torture lint types setup format docs bench clean

help:
	@echo "make demo    the main job on a small site of our own: crawl, change, flag, tell"
	@echo "make test    the tests"
	@echo "make check   lint, types and the same tests (what CI runs)"
	@echo "make setup   only .venv with the pinned dependencies; the others call it"
	@echo "make format  put the code in its form"
	@echo "make bench   speed and size, as ratios measured in one run (needs ../shared)"
	@echo "make torture hundreds of kills and two simulated days of faults (minutes)"
	@echo "make docs    write the generated pages of docs/ anew"

setup: .venv/.ready

.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Clausewatch needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv (once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: setup
	@$(BIN)/clausewatch demo

test: setup
	$(BIN)/pytest -n auto --dist loadgroup

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

check: lint types test

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: setup
	$(BIN)/python -m clausewatch.config_reference > docs/configuration.md
	$(BIN)/python -m clausewatch.cli.reference > docs/cli.md

bench: setup
	@# apart from .venv: fast-diff-match-patch brings a package named `tests`, which would hide ours
	@test -d .bench || $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
		--target .bench fast-diff-match-patch
	PYTHONPATH=.bench $(BIN)/python -m benchmarks
	$(BIN)/python benchmarks/flags.py
	$(BIN)/python benchmarks/asking.py pga
	$(BIN)/python benchmarks/asking.py contrib
	$(BIN)/python -m benchmarks.deliveries
	$(BIN)/python -m benchmarks.latency
	$(BIN)/python -m benchmarks.crawl
	$(BIN)/python -m benchmarks.web

torture: setup
	$(BIN)/python -m tests.torture --out benchmarks/results

clean:
	rm -rf .venv .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis
