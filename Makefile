# Everything goes through .venv; the first target that needs it builds it.
PYTHON ?= python3
BIN := .venv/bin
EXTRAS := test,postgres

.DEFAULT_GOAL := help
.PHONY: help demo test check fix

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/.core: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Countersteer needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip --disable-pip-version-check install -q uv 2>/dev/null || echo "uv cannot be had, using pip"
	@if test -x $(BIN)/uv; then $(BIN)/uv -q pip install --python $(BIN)/python -c constraints.txt -e . ; \
	 else $(BIN)/pip install -q -c constraints.txt -e . ; fi
	@touch $@

.venv/.test: .venv/.core
	@if test -x $(BIN)/uv; then $(BIN)/uv -q pip install --python $(BIN)/python -c constraints.txt -e ".[$(EXTRAS)]" ; \
	 else $(BIN)/pip install -q -c constraints.txt -e ".[$(EXTRAS)]" ; fi
	@touch $@

demo: .venv/.core  ## a film of fourteen shots in the sandbox, from first word to contact sheet; no key
	@$(BIN)/python -m interfaces.command.demo

test: .venv/.test  ## all tests
	@$(BIN)/python -m pytest

check: .venv/.test  ## tests, format, lint, types, imports, budgets, documents, wheel
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/basedpyright --warnings
	$(BIN)/lint-imports

fix: .venv/.test  ## repair what a machine can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
