# Needs Python 3.11 or newer with pip, and make. Everything else goes into .venv, at the versions of requirements.lock.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
PORT ?=
CHAOS_SECONDS ?= 180
CHAOS ?=
BIN := .venv/bin
READY := .venv/ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test chaos check lock browser clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## the virtual environment in .venv

demo: $(READY) ## the sandbox with a bot in it: open the printed address (PORT=9000 for another port)
	@$(BIN)/sebaya sandbox $(if $(PORT),--port $(PORT))

test: check browser ## every check and every test
	@$(BIN)/pytest -n 2 --dist loadfile -rs

chaos: $(READY) ## minutes of crashes and failures, judged by what arrived (docs/chaos.md; CHAOS_SECONDS=600, CHAOS="--seed 7")
	@$(BIN)/python tests/chaos/chaos.py --seconds $(CHAOS_SECONDS) $(CHAOS)
	@$(BIN)/pytest -n 2 tests/chaos/proof_of_the_checker.py

check: $(READY) ## format, lint, types, import rules, config and content
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sebaya check

lock: $(READY) ## requirements.lock anew, after a change of dependencies
	@$(BIN)/uv pip compile -q --upgrade --generate-hashes --all-extras --universal pyproject.toml -o requirements.lock

# A browser for tests/browser, from the system's packages where that is possible; the tests say so when there is none.
browser:
	@command -v chromium >/dev/null || .ci/chromium

clean: ## removes .venv and what the tools keep
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info

# uv comes by pip, checked against its hashes in the lock; it installs the rest in a second where pip takes half a minute.
# Where uv cannot reach a package index that pip is set up for, pip does it.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Sebaya needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say PYTHON=python3.11.") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@awk '/^uv==/ { take = 1; print; next } /^ / { if (take) print; next } { take = 0 }' requirements.lock > .venv/uv.lock
	@$(PYTHON) -m pip --python $(BIN)/python install -q --disable-pip-version-check --require-hashes -r .venv/uv.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync -q --require-hashes requirements.lock \
	  || $(PYTHON) -m pip --python $(BIN)/python install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PYTHON) -m pip --python $(BIN)/python install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
