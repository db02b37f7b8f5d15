# Everything happens inside the clone: a virtual environment in .venv, dependencies from PyPI.
# Only make and Python 3.11 or newer are needed, and npm for the page's JavaScript and CSS;
# `make` alone lists what there is.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		&& echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Says for which folder the environment was made: written last, so that an interrupted set-up,
# a clone that was moved and a Python that was removed all lead to a new one.
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers
SPARK := $(VENV)/.spark
BIOME := node_modules/.bin/biome
NODE_READY := node_modules/.ready
SOUND := $(shell test "$$(cat $(READY) 2>/dev/null)" = "$(CURDIR)" \
	&& $(BIN)/python -c '' 2>/dev/null && echo yes)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tests start the command line hundreds of times: it must not be compiled anew at each start.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test test-spark check audit bounds fuzz lint format docs images golden bench neo4j wheel site man clean FORCE

help: ## list what there is
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

demo: $(READY) ## import the sample data, print the main tables, draw the maps into demo/
	@$(BIN)/relgraph demo demo

# Two processes share the tests, as tests/conftest.py says.
PYTEST := $(BIN)/pytest -n 2 --dist loadscope --no-loadscope-reorder

test: $(READY) ## run the whole suite
	@$(PYTEST)

# One process: Spark's workers are processes of their own.
test-spark: $(SPARK) ## test what runs on Spark, on two workers (needs Java 17 or newer)
	@$(BIN)/pytest tests/spark

check: lint audit bounds site ## lint, audit, check bounds, build the site, test, and at least 95 % of branches covered; edits nothing
	@$(PYTEST) --cov --cov-report=
	@$(BIN)/coverage report --fail-under=95

# Code with bounds checks is cached apart: numba doesn't tell it from other code. How code is
# compiled and cached is no matter of bounds.
bounds: $(READY) ## test the kernels, every index of an array checked
	@NUMBA_BOUNDSCHECK=1 NUMBA_CACHE_DIR=$(CURDIR)/$(VENV)/bounds \
		$(PYTEST) tests/kernels tests/analysis --ignore tests/kernels/test_compiled.py

audit: $(READY) ## list licences and last releases; no GPL, no known vulnerability
	@$(BIN)/python scripts/check_dependencies.py

lint: $(READY) $(NODE_READY) ## formatting, style, types, import rules, generated documents
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIOME) check --error-on-warnings
	@$(BIN)/python scripts/make_vis_network.py --check
	@$(BIN)/python scripts/make_cli_docs.py --check
	@$(BIN)/python scripts/make_measures_docs.py --check
	@$(BIN)/python scripts/make_mapping_docs.py --check
	@$(BIN)/python scripts/make_columns_docs.py --check
	@$(BIN)/python scripts/make_console_docs.py --check

format: $(READY) $(NODE_READY) ## format the code and mend what ruff and Biome can mend
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix
	@$(BIOME) check --write --error-on-warnings

docs: $(READY) $(NODE_READY) ## write the pages made from code, and the output in README.md and docs/, anew
	@$(BIN)/python scripts/make_vis_network.py
	@$(BIN)/python scripts/make_cli_docs.py
	@$(BIN)/python scripts/make_measures_docs.py
	@$(BIN)/python scripts/make_mapping_docs.py
	@$(BIN)/python scripts/make_columns_docs.py
	@$(BIN)/python scripts/make_console_docs.py

images: $(READY) ## draw the pictures of docs/images anew
	@$(BIN)/python scripts/make_images.py

golden: $(READY) ## write the golden files of the output formats anew
	@$(BIN)/python -m tests.cli.awkward

fuzz: $(READY) ## throw files at the readers, guided by coverage, and random firms at planning
	@$(BIN)/pip install --quiet --group fuzz
	@$(BIN)/python -m pytest -m fuzz tests/fuzz

bench: $(PEERS) ## compare speed and spread with peers; writes benchmarks/RESULTS.md
	@$(BIN)/python benchmarks $(BENCH)

neo4j: $(READY) ## start a Neo4j server to try, until Ctrl-C (needs Java 17 and Maven)
	@$(BIN)/python tools/neo4j/server.py

wheel: $(READY) ## build wheel and sdist into dist/, check them, run the wheel in a clean environment
	@rm -rf dist
	@$(BIN)/hatchling build -d dist
	@$(BIN)/twine check --strict dist/*
	@$(BIN)/python scripts/check_wheel.py dist/*.whl

site: $(READY) ## build the pages of docs/ into build/site, and check their links
	@rm -rf build/site
	@$(BIN)/sphinx-build --quiet --fresh-env --fail-on-warning --keep-going docs build/site
	@$(BIN)/python scripts/check_site.py build/site

man: $(READY) ## write a man page of each command into build/man
	@$(BIN)/python scripts/make_man_pages.py build/man

clean: ## remove what was made here, the environment included
	rm -rf $(VENV) node_modules demo dist build htmlcov .coverage .coverage.* \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

ifneq ($(SOUND),yes)
$(READY): FORCE
endif

# Modules are compiled on all cores, which pip doesn't, and without the tests that packages carry;
# one of some package that can't be compiled is no harm.
$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "relgraph needs Python 3.11 or newer; set PYTHON=…" >&2; exit 1; }
	@rm -f $(READY)
	@echo "Setting up $(VENV) with $$($(PYTHON) --version); this takes a minute or two." >&2
	@$(PYTHON) -m venv $(if $(filter yes,$(SOUND)),,--clear) $(VENV) || \
		{ echo "The module venv is missing; on Debian: apt install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/pip install --quiet --no-compile --editable . --group dev
	@$(BIN)/python -m compileall -qq -j 0 -x '/tests/' $(VENV)/lib src || true
	@echo "$(CURDIR)" > $(READY)

$(NODE_READY): package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing, which installs the linter for" \
		"JavaScript and CSS; on Debian: apt install npm" >&2; exit 1; }
	@npm ci --loglevel=error >/dev/null
	@touch $(NODE_READY)

$(SPARK): $(READY)
	@echo "Installing pyspark, a download of 455 MB; this takes a minute or two." >&2
	@$(BIN)/pip install --quiet --no-compile --editable '.[spark]'
	@touch $(SPARK)

$(PEERS): $(READY)
	@$(BIN)/python benchmarks/peers.py
	@touch $(PEERS)
