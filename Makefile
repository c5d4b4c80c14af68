# `make` lists the targets. PYTHON picks the interpreter that .venv is built from, PORT the app's port.

PYTHON ?= python3
PORT ?= 8501
UV ?= uv

VENV := .venv
BIN := $(VENV)/bin
# What .venv holds, by the pins it was built from: each is rebuilt only when its pins change.
APP := $(VENV)/app.stamp
TOOLS := $(VENV)/tools.stamp
PEERS := $(VENV)/peers.stamp
QUALITY := $(VENV)/quality.stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

ifeq ($(OS),Windows_NT)
$(error Speedup Lab runs on Linux and macOS: on Windows, run it inside WSL (see https://aka.ms/wsl))
endif

.NOTPARALLEL:
.PHONY: help run test lint format coverage mutants bench bench-app soak shots audit licences pins clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

run: $(APP)  ## start the app on this machine: make run PORT=9000
	@$(BIN)/python -c "$$CHECK_PORT" '$(PORT)'
	@exec $(BIN)/streamlit run app.py --server.address 127.0.0.1 --server.port '$(PORT)'

# In two processes, each taking over what the other has not begun. More would not help: tests start
# processes of their own.
test: lint  ## check format, lint and types, then run every test
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/pytest --numprocesses 2 --dist worksteal

lint: $(TOOLS)  ## check format, lint and types
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy

format: $(TOOLS)  ## format the code and fix what lint can fix
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

# The children of trials count where they are this Python. It slows them down: it is no part of
# `make test`, which says what fails, and a test that fails for being watched ends nothing here.
coverage: $(QUALITY)  ## run every test under coverage: lines and branches of bench/, 95% or it fails
	@$(BIN)/coverage erase
	-@$(BIN)/coverage run -m pytest
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

# docs/quality.md says what came of it.
mutants: $(QUALITY)  ## change bench/analysis and plan.py in small ways: do their tests notice?
	@$(BIN)/python -m tests.mutants

# PARTS names some parts, whose table is only shown: make bench PARTS='dispatch waiting'
bench: $(PEERS)  ## measure the lab itself beside its peers into docs/benchmarks.md (25 minutes)
	@$(BIN)/python -m tests.browser.chromium > /dev/null
	@$(BIN)/python -m benchmarks \
	  $(or $(PARTS),--json docs/benchmarks.json --markdown docs/benchmarks.md)

bench-app: $(PEERS)  ## measure its pages, links and advice into docs/benchmarks-app.md (36 minutes)
	@$(BIN)/python -m tests.browser.chromium > /dev/null
	@$(BIN)/python -m benchmarks app --json docs/benchmarks-app.json --markdown docs/benchmarks-app.md

soak: $(PEERS)  ## half an hour of runs, viewers and kills: does the app stay as it is?
	@$(BIN)/python -m benchmarks soak

# ONLY names some pages, whose pictures alone are taken: make shots ONLY='first-visit example'
shots: $(TOOLS)  ## photograph every page in both themes and three widths into docs/shots (10 minutes)
	@$(BIN)/python -m tests.browser.chromium > /dev/null
	@$(BIN)/python -m tests.browser.shots $(ONLY)

# Known faults change by the day, and asking for them needs the network: it is no test.
audit: $(APP)  ## ask whether the pinned packages have known faults (needs the network)
	@$(BIN)/python -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip --disable-pip-version-check install --quiet 'pip-audit>=2.9,<3'
	@for pins in requirements.txt requirements-auth.txt requirements-dask.txt; do \
	  $(VENV)/audit/bin/pip-audit --no-deps --disable-pip --requirement $$pins || exit 1; done

licences: $(TOOLS)  ## write docs/licences.md from the pins and what is installed
	@$(BIN)/python -m tests.licences

# `make pins UPGRADE=--upgrade` takes the newest releases; without it, pins that still fit stay.
pins:  ## rewrite the pins from pyproject.toml (needs uv)
	@$(COMPILE) --output-file requirements.txt pyproject.toml
	@$(COMPILE) --output-file requirements-dask.txt --group dask --constraints requirements.txt
	@$(COMPILE) --output-file requirements-auth.txt --group auth --constraints requirements.txt
	@$(COMPILE) --output-file requirements-bench.txt --group bench --constraints requirements.txt
	@$(COMPILE) --output-file requirements-test.txt --group test --constraints requirements.txt
	@$(COMPILE) --output-file requirements-quality.txt --group quality --constraints requirements.txt

COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 $(UPGRADE) \
	--annotation-style line --no-emit-index-url --custom-compile-command 'make pins' > /dev/null

clean:  ## remove .venv and the tools' caches
	rm -rf $(VENV) .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is built anew (--clear), so that it never holds more than the pins.
$(APP): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { echo >&2 \
	  'Speedup Lab needs Python 3.11 or later, and "$(PYTHON)" is not one: name one, as in make run PYTHON=python3.12'; exit 2; }
	@echo 'Installing what the app needs into $(VENV) (a minute or two, only this once)'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) -r requirements.txt
	@touch $@

$(TOOLS): $(APP) requirements-test.txt
	@echo 'Installing what the tests need into $(VENV)'
	@$(PIP) -r requirements-test.txt
	@touch $@

$(QUALITY): $(TOOLS) requirements-quality.txt
	@echo 'Installing what looks at the tests into $(VENV)'
	@$(PIP) -r requirements-quality.txt
	@touch $@

$(PEERS): $(APP) requirements-bench.txt
	@echo 'Installing what the lab is measured against into $(VENV)'
	@$(PIP) -r requirements-bench.txt || { \
	  echo 'Once more without ray, which not every machine can have: its rows will say so'; \
	  grep -v '^ray==' requirements-bench.txt | $(PIP) -r /dev/stdin; }
	@touch $@

# Streamlit says only that a port "is not available"; this also says what to do about it.
define CHECK_PORT
import os, socket, sys
port = sys.argv[1]
if not (port.isdecimal() and 1 <= int(port) <= 65535):
    print(f"PORT must be a whole number from 1 to 65535, not {port!r}.", file=sys.stderr)
    sys.exit(2)
try:
    socket.create_server(("127.0.0.1", int(port))).close()
except OSError as error:
    print(f"Port {port} cannot be opened ({os.strerror(error.errno)}): stop the program that holds it,"
          " or choose another port, as in make run PORT=9000", file=sys.stderr)
    sys.exit(2)
endef
export CHECK_PORT
