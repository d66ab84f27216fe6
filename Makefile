# Everything goes through .venv; the first target that needs it builds it.
PYTHON ?= python3
BIN := .venv/bin
EXTRAS := test,postgres
# One more than cores: many tests wait for a process of their own.
WORKERS = $(shell $(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)')

.DEFAULT_GOAL := help
.PHONY: help demo chat studio test check check-style check-mypy check-pyright check-tree soak sbom fix

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##[ ]*/\t/'

# uv is quicker; where it cannot be had, pip does the same from the same constraints.
define install
	@if test -x $(BIN)/uv; then $(BIN)/uv -q pip install --python $(BIN)/python -c constraints.txt -e "$(1)"; \
	 else $(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e "$(1)"; fi
endef

.venv/.core: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Countersteer needs Python 3.11 or newer")'
	@echo "Setting up .venv, once ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --disable-pip-version-check -q uv || echo "uv cannot be had, using pip"
	$(call install,.)
	@touch $@

.venv/.test: .venv/.core
	$(call install,.[$(EXTRAS)])
	@touch $@

# LangGraph's viewer wants other versions than the tests do, so it lives apart.
.venv/.studio: .venv/.core constraints-studio.txt
	@test -x .venv/studio/bin/python || $(PYTHON) -m venv .venv/studio
	@UV=$(BIN)/uv; test -x $$UV && set -- $$UV -q pip install --python .venv/studio/bin/python || set -- .venv/studio/bin/python -m pip install -q; \
	 "$$@" -c constraints-studio.txt -e . 'langgraph-cli[inmem]'
	@touch $@

demo: .venv/.core  ## a film of fourteen shots in the sandbox, from first word to contact sheet; no key
	@$(BIN)/python -m interfaces.command.demo

chat: .venv/.core  ## the chat page with its shot board, on this machine's own address
	@$(BIN)/countersteer serve

studio: .venv/.studio  ## both graphs for LangGraph's viewer, on this machine's own address; its page comes from its vendor
	@LANGGRAPH_CLI_NO_ANALYTICS=1 .venv/studio/bin/langgraph dev --no-browser --allow-blocking

test: .venv/.test .venv/.studio  ## all tests
	@PYTEST_XDIST_AUTO_NUM_WORKERS=$(WORKERS) $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal --ignore=tests/architecture

check: check-style check-mypy check-pyright check-tree  ## format, lint, types, import contracts, budgets, documents in step, wheel

check-style: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

check-mypy: .venv/.test
	$(BIN)/mypy

check-pyright: .venv/.test
	$(BIN)/basedpyright --warnings

check-tree: .venv/.test
	$(BIN)/python -m pytest -q tests/architecture

soak: .venv/.test  ## the long proofs: addresses, secrets, damaged inputs, every guard taken out, hostile texts; an hour or so
	$(BIN)/python -m benchmarks.ssrf
	$(BIN)/python -m benchmarks.canary
	$(BIN)/python -m benchmarks.fuzz
	$(BIN)/python -m benchmarks.mutation --minutes 20
	$(BIN)/python -m benchmarks.injection --minutes 30

sbom: .venv/.test  ## what a release is built from, as CycloneDX
	@mkdir -p build
	@$(BIN)/python .ci/sbom.py > build/sbom.json && echo build/sbom.json

fix: .venv/.test  ## repair what a machine can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
