# Two commands: `make run` shows the whole house with one real case, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test test-slow mutation bench bench-quick lock clean

run: $(VENV)/.installed
	@$(BIN)/netral demo $(ARGS)

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/halves.py $(ARGS)

test-slow: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m slow $(ARGS)

mutation: $(VENV)/.installed-dev ## Hours; EVERY=20 takes a sample, MODULES="merkle" one of merkle, checkpoint, verify.
	@EVERY=$(or $(EVERY),1) .ci/mutation $(abspath $(BIN)/python)

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Netral needs Python 3.11 or newer; no '$(PYTHON)' was found. Say which one with: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Netral needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Say which one with: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Netral needs Python's venv module (on Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	@echo "making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "installing the locked packages (once; a minute or so)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "installing the locked development packages (once)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

bench: $(VENV)/.installed-dev ## An hour: ours beside its peers; a table, and benchmarks/out/latest.json.
	$(BIN)/python -m benchmarks $(ARGS)

bench-quick: $(VENV)/.installed-dev ## A few minutes: the same with smaller sizes.
	$(BIN)/python -m benchmarks --quick $(ARGS)

lock: ## Resolve the dependencies again; needs uv.
	uv pip compile pyproject.toml --extra build --universal --generate-hashes --python-version 3.11 --no-header --quiet -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra dev --universal --generate-hashes --python-version 3.11 --no-header --quiet -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) var build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
