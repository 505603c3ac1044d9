# Everything a person does with a checkout. Needs Python 3.11 or newer with venv, and make.

ifndef PYTHON
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
endif
BIN := .venv/bin

export PATH := $(CURDIR)/$(BIN):$(PATH)
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run demo dev test check bench soak format lock

help: ## Say what there is
	@echo "make <target>, where <target> is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile

run: .ready-for-run ## Start Tocsin; ARGS="…" goes to `tocsin serve`
	@exec $(BIN)/tocsin serve $(ARGS)

demo: .ready-for-run ## Start Tocsin with synthetic data and a simulated vendor
	@exec $(BIN)/tocsin demo $(ARGS)

dev: .ready-for-check ## Start both halves, reloading on change
	@exec $(BIN)/python -m scripts.develop $(ARGS)

check: .ready-for-check ## Style, types, imports, house rules, the console's checks and unit tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --quiet tests/house
	cd console && npm run check
	cd console && npm test

test: .ready-for-test check ## All checks and all tests; ARGS="…" goes to pytest
	@$(BIN)/python -m scripts.run_tests $(ARGS)

bench: .ready-for-test ## Measure the performance promises
	@failed=0; for script in benchmarks/[a-z]*.py; do \
		echo "== $$script"; $(BIN)/python -m $$(basename $$script .py | sed 's/^/benchmarks./') || failed=1; \
	done; exit $$failed

soak: .ready-for-test ## Kill real processes, again and again
	TOCSIN_CRASH_KILLS=$${TOCSIN_CRASH_KILLS:-50} $(BIN)/pytest -m crash $(ARGS)

format: .ready-for-check ## Put the sources in order
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format
	cd console && npm run format --if-present

lock: .ready-for-check ## Resolve the locked packages anew, for all versions and platforms
	@for name in requirements requirements-node requirements-dev; do \
		$(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
			--generate-hashes --no-emit-index-url --no-build --emit-build-options \
			--custom-compile-command "make lock" --output-file $$name.txt $(ARGS) $$name.in || exit 1; \
	done

.PHONY: .ready-for-run .ready-for-check .ready-for-test
.ready-for-run .ready-for-check .ready-for-test:
	@test -n "$(PYTHON)" || { echo "Tocsin needs Python 3.11 or newer; PYTHON=… names one." >&2; exit 1; }
	@$(PYTHON) -m scripts.prepare $(subst .ready-for-,,$@)
