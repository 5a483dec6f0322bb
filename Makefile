# The two commands of a newcomer: `make demo` and `make test`. `make help` lists the others.
.DEFAULT_GOAL := help
.PHONY: help demo test run manage lint format bench lock browser
.DELETE_ON_ERROR:

# The newest Python of the machine that is 3.11 or later: its name only, asked once.
PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3 python,$(shell \
	$(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $(name))))
VENV := .venv
PY := $(VENV)/bin/python
# Touched when a lock file has been installed: nothing is installed twice.
BASE := $(VENV)/.installed-base
DEV := $(VENV)/.installed-dev
BENCH := $(VENV)/.installed-bench
# The lock files name everything: nothing is resolved again (older pips, asked for an extra, take the newest and stop).
PIP := $(PY) -m pip --disable-pip-version-check install -qq --require-hashes --no-deps
# Linting and testing must not depend on how this machine is set up; their database is a server of their own.
WITH_DATABASE := $(PY) scripts/postgres.py run tests --
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(PY) -m piptools compile --quiet --generate-hashes --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe

help: ## this list
	@echo "Passerelles — type make followed by:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 12

$(PY):
	@test -n "$(PYTHON)" || { echo "✗ Python 3.11, 3.12 or 3.13 is needed: install it, or name it: make PYTHON=/path/to/python $(MAKECMDGOALS)"; exit 1; }
	@echo "▸ Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "✗ Python's venv module is missing: install it (Debian: apt install python3-venv)"; exit 1; }

$(BASE): requirements/base.txt | $(PY)
	@echo "▸ Installing the packages of $<…"
	@$(PIP) -r $<
	@touch $@

$(DEV): requirements/dev.txt | $(PY)
	@echo "▸ Installing the packages of $<…"
	@$(PIP) -r $<
	@touch $@ $(BASE)

$(BENCH): requirements/bench.txt | $(DEV)
	@echo "▸ Installing the packages of $<…"
	@$(PIP) -r $<
	@touch $@

demo: $(BASE) ## the site, with the report's data, on http://127.0.0.1:8000 (PORT=… to change)
	@exec $(PY) scripts/demo.py

test: $(DEV) lint ## everything: lint, architecture, unit, integration and browser tests
	@$(PY) scripts/assets.py tests
	@$(WITH_DATABASE) $(PY) -m pytest -n 2 --dist loadgroup --cov --cov-report=term $(ARGS)

run: $(DEV) ## the developer's server, which reloads (same data as the demo)
	@$(PY) scripts/assets.py
	@exec $(PY) scripts/develop.py runserver $(or $(PORT),8000)

manage: $(BASE) ## a command of manage.py on the demo's data: make manage ARGS="changepassword admin"
	@exec $(PY) scripts/develop.py $(ARGS)

lint: $(DEV) ## mistakes, formatting, templates, arrows between floors, missing migrations, types
	@echo "▸ Linting…"
	@$(PY) -m ruff check --quiet --output-format concise .
	@$(PY) -m ruff format --quiet --check . || { echo "✗ Not formatted: make format"; exit 1; }
	@$(PY) -m djlint --quiet --lint templates
	@$(VENV)/bin/lint-imports --no-logo >/dev/null || { $(VENV)/bin/lint-imports --no-logo; exit 1; }
	@$(WITH_DATABASE) env DEBUG=1 $(PY) manage.py makemigrations --check --dry-run --verbosity 1
	@$(WITH_DATABASE) env DEBUG=1 $(PY) -m mypy --no-error-summary

format: $(DEV) ## rewrites the code as the linter wants it
	@$(PY) -m ruff check --quiet --fix-only .
	@$(PY) -m ruff format .

bench: $(BENCH) ## the benchmarks, one after the other: benchmarks/*.py (ONLY=name for one)
	@for name in $(or $(ONLY),$(basename $(notdir $(wildcard benchmarks/[a-z]*.py)))); do \
		echo "▸ $$name"; $(PY) scripts/postgres.py run bench -- env DEBUG=1 $(PY) -m benchmarks.$$name || exit 1; done

lock: $(DEV) ## new lock files from requirements/*.in and package.json
	@for name in base dev bench node; do $(COMPILE) --output-file requirements/$$name.txt requirements/$$name.in || exit 1; done
	@for folder in . tests/carried-chromium; do (cd $$folder && npm install --package-lock-only --ignore-scripts) || exit 1; done

browser: $(DEV) ## says which browser the tests use, fails without one
	@$(PY) scripts/assets.py tests
	@$(PY) -m tests.chromium
