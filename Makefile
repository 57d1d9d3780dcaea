# The commands a person needs; `make` alone lists them. README.md has the same for Windows.

.DEFAULT_GOAL := help
.PHONY: help demo test test-all check tidy pages contract screenshot bench clean

PYTHON ?= python3
PY := .venv/bin/python
ROUNDS ?= 30
PLUGINS := -e plugins/kmmaturity-report -e plugins/kmmaturity-sharepoint
PYTEST := $(PY) -m pytest -n auto --maxprocesses 8

# uv where it can be had, trusting the certificates that this machine trusts. It does not read pip's settings, so
# where only pip knows the way to a registry, pip is used.
define install
@UV_SYSTEM_CERTS=1 $(PY) -m uv pip install --quiet --python $(PY) -c constraints.txt $(1) 2>/dev/null || { \
	echo "uv could not do it here; pip will."; \
	$(PY) -m pip install --quiet --upgrade pip && $(PY) -m pip install --quiet -c constraints.txt $(1); }
endef

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile | expand -t 18

demo: .venv/.main ## install what kmmaturity needs into .venv, and run it on a fictional team
	@$(PY) -m kmmaturity demo
	@echo "To type kmmaturity in this terminal: . .venv/bin/activate"

test: check ## install what the tests need, then check style, types, imports and behaviour (needs Python and nothing else)
	$(PYTEST)

# Slow tests run one at a time and untraced, because some of them measure time.
test-all: check .venv/.slow ## the slow tests too, those that need other programs, and how much of the code all of them reach
	$(PYTEST) --all -m "not slow" --cov
	$(PY) -m pytest --all -m slow

check: .venv/.dev ## style, types and import contracts only
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m mypy plugins/kmmaturity-report/tests
	$(PY) -m mypy plugins/kmmaturity-sharepoint/tests
	.venv/bin/lint-imports --no-logo

tidy: .venv/.dev ## mend what style can mend by itself
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

pages: .venv/.dev ## write what is made of other files again: docs/rules, docs/hooks, the JSON of models that ship
	$(PY) model/write.py
	$(PY) docs/rules/write.py
	$(PY) docs/hooks/write.py

contract: .venv/.dev ## write down the contract with plug-ins again, once it is meant to have grown
	$(PY) docs/hooks/write.py --contract

screenshot: .venv/.dev ## take the picture of the report that README.md shows again (needs chromium)
	$(PY) docs/screenshot.py

bench: .venv/.bench ## measure speed beside others, 10 minutes; sooner with ROUNDS=5, or ONLY=test_reading.py for one file
	@$(PY) -m compileall -q src model tests .venv/lib || true
	KMM_BENCH_ROUNDS=$(ROUNDS) $(PY) -m pytest --all -s tests/benchmarks/$(ONLY)

clean: ## remove .venv and what the tools left behind
	rm -rf .venv .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.main: .venv/.made pyproject.toml constraints.txt plugins/*/pyproject.toml
	@echo "Installing kmmaturity into .venv ..."
	$(call install,-e . $(PLUGINS))
	@touch $@

.venv/.dev: .venv/.made pyproject.toml constraints.txt plugins/*/pyproject.toml
	@echo "Installing kmmaturity and the tools that test it into .venv ..."
	$(call install,-e . $(PLUGINS) --group dev)
	@touch $@ .venv/.main

.venv/.slow: .venv/.dev
	@echo "Installing what only slow tests need into .venv ..."
	$(call install,--group slow)
	@touch $@

.venv/.bench: .venv/.dev
	@echo "Installing what the benchmarks compare with into .venv ..."
	$(call install,--group bench)
	@touch $@

# Each candidate is run, because a name on PATH can be a shim for a version that is not installed, and because
# Debian's Python cannot make environments until python3-venv is there.
.venv/.made:
	@for python in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 python ""; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		recent="$$python"; \
		"$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 && break; \
	done; \
	if [ -n "$$python" ]; then \
		echo "Making .venv with $$("$$python" --version) ..."; \
	elif [ -n "$$recent" ]; then \
		echo "$$("$$recent" --version) ($$recent) cannot make virtual environments: its module ensurepip is missing." \
			"On Debian and Ubuntu: apt install python3-venv. Then run make again." >&2; exit 1; \
	else \
		echo "kmmaturity needs Python 3.11 or newer; here, $(PYTHON) is $$("$(PYTHON)" --version 2>&1 | tail -n 1)." \
			"Install a newer one from python.org or your system's packages, or name one that you have:" \
			"make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; \
	fi; \
	"$$python" -m venv --clear .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check uv || echo "uv cannot be had here; pip will do."
	@touch $@
