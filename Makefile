# make          the books of every edition, in dist/
# make help     all targets

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SLUGS := $(patsubst seeds/%/edition.toml,%,$(wildcard seeds/*/edition.toml))
PROGRAM := $(shell find publish styles -type f ! -name '*.pyc')
NPM := tests/tools/node_modules/.package-lock.json
LAYOUT_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# Each program the tests need, and the package that has it.
TEST_TOOLS := java:default-jre-headless chromium:chromium node:nodejs npm:npm pdftotext:poppler-utils \
  qpdf:qpdf gs:ghostscript

.DELETE_ON_ERROR:
# `publish` leaves finished books alone when an edition has a fault, and so must make.
.PRECIOUS: dist/%.epub dist/%.pdf dist/%.txt dist/%.proof.html
.SECONDEXPANSION:
.SUFFIXES:
.PHONY: books check lint golden bench clean distclean help test test-long lock

# $(call need,TEST,PACKAGES): the packages, unless TEST succeeds. Root installs them; anybody else
# is told how.
need = if ! ( $(1) ) >/dev/null 2>&1; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(2) >&2; \
	  fi; \
	  ( $(1) ) >/dev/null 2>&1 || { \
	    echo "Missing on this machine. Run:  sudo apt-get install -y $(2)" >&2; exit 1; }; \
	fi

books: $(foreach ending,epub pdf txt proof.html,$(SLUGS:%=dist/%.$(ending)))  ## Every edition's books (default)

# One run makes all four. `publish` leaves alone what it would only make again; hence the touch.
dist/%.epub dist/%.pdf dist/%.txt dist/%.proof.html: seeds/% $$(wildcard seeds/$$*/*) $(PROGRAM) $(VENV)/.books
	@$(BIN)/publish build $*
	@touch dist/$*.epub dist/$*.pdf dist/$*.txt dist/$*.proof.html

check: books $(VENV)/.tests $(NPM)  ## What is open in the editions, and the finished books under their validators
	$(BIN)/publish check
	PATH="$$PATH:$(CURDIR)/tests/tools/node_modules/.bin" $(BIN)/publish preflight $(SLUGS:%=dist/%.epub) $(SLUGS:%=dist/%.pdf)

test: $(VENV)/.tests $(NPM)  ## Every test but the long ones; under 20 minutes on two cores
	@$(BIN)/python -m pytest -n auto --dist loadfile -m "not long" $(PYTEST)

test-long: $(VENV)/.tests $(NPM)  ## The long tests, calibre's among them
	@$(call need,command -v ebook-convert,calibre)
	@$(BIN)/python -m pytest -n auto --dist loadfile -m long $(PYTEST)

lint: $(VENV)/.dev  ## Style and types
	$(BIN)/ruff check publish tests
	$(BIN)/ruff format --check publish tests
	$(BIN)/mypy

golden: $(VENV)/.dev  ## Write the golden files again; read their diff as carefully as code
	$(BIN)/python tests/golden_files.py

bench: $(VENV)/.dev  ## Quality on our own cases; CPU and memory of a novel, beside other programs here
	$(BIN)/python tests/bench/quality.py
	$(BIN)/python tests/bench/speed.py

lock: $(VENV)/.made  ## Lock the dependencies again, with hashes and without addresses
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q pyproject.toml --extra build --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade -o requirements.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra build --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade \
	  -c requirements.txt -o requirements-dev.txt

clean:  ## Remove what was built
	rm -rf dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find publish tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean  ## Remove the installed environment, too
	rm -rf $(VENV) tests/tools/node_modules

help:  ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
	  while IFS='|' read -r name words; do printf '  make %-10s %s\n' "$$name" "$$words"; done

# The environment, one step after the other so that `make -j` does not install twice at once.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or later is needed.")'
	@$(call need,$(PYTHON) -c "import ensurepip$(comma) venv",python3-venv)
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.locked: requirements.txt $(VENV)/.made
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.books: pyproject.toml $(VENV)/.locked
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q publish
	@$(call need,$(BIN)/python -c "import weasyprint",$(LAYOUT_PACKAGES))
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.books
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.tests: $(VENV)/.dev
	@lacking=; for tool in $(TEST_TOOLS); do \
	  command -v $${tool%%:*} >/dev/null || lacking="$$lacking $${tool#*:}"; done; \
	$(call need,[ -z "$$lacking" ] || { for tool in $(TEST_TOOLS); do command -v $${tool%%:*} || exit 1; done; },$$lacking)
	@touch $@

$(NPM): tests/tools/package-lock.json $(VENV)/.tests
	@PUPPETEER_SKIP_DOWNLOAD=1 npm ci --silent --prefix tests/tools --no-audit --no-fund
	@touch $@

comma := ,
