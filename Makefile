# One word for everything. Python 3.11 or newer and make are all that has to be there first.
.DEFAULT_GOAL := help
.PHONY: help run up web test test-all test-web screenshots bench audit sbom checkov lock openapi clean

VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Bold on a terminal, plain in a log.
BOLD := $(shell [ -t 2 ] && printf '\033[1m')
PLAIN := $(shell [ -t 2 ] && printf '\033[0m')
say = @printf '%s\n' '$(BOLD)$(1)$(PLAIN)'

OPTIONS = $(if $(PORT),--port "$(PORT)") $(if $(DATA),--data "$(DATA)")
# A node for the page where the machine has none, or one that is too old.
NODE = $(shell node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' \
	2> /dev/null || echo $(VENV)/.web)
# What takes longer: markers of pyproject.toml, joined by `or`.
LONGER := faults or fuzz or image
# Tools whose packages do not go with ours.
AUDIT := $(VENV)/audit
CHECKOV := $(VENV)/checkov
PINNED := requirements.txt requirements-dev.txt $(wildcard functions/*/requirements.txt)

help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  $(BOLD)make %-11s$(PLAIN) %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.run ## Take a spreadsheet through the whole system and stop [FILE= PORT= DATA=]
	@$(BIN)/sluice run $(if $(FILE),--file "$(FILE)") $(OPTIONS)

up: $(VENV)/.run $(NODE) ## Serve the whole system until Ctrl-C [PORT= DATA=]
	@$(BIN)/python -m local.web_build || echo 'All but the page is served.' >&2
	@$(BIN)/sluice up $(OPTIONS)

web: $(VENV)/.run $(NODE) ## Build the page, unless it is fresh
	@$(BIN)/python -m local.web_build

test: $(VENV)/.test ## Run every check but the longer ones
	$(call say,ruff)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	$(call say,mypy)
	@$(BIN)/mypy --no-error-summary
	$(call say,import-linter)
	@$(BIN)/lint-imports --no-logo > $(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }
	@if node --version > /dev/null 2>&1; then $(MAKE) --no-print-directory test-web; \
	else echo 'The checks of the page are left out: there is no node.'; fi
	$(call say,pytest)
	@$(BIN)/python -m pytest -q -n auto --dist loadgroup -m 'not ($(LONGER))' $(PYTEST)

test-web: $(VENV)/.test $(NODE) ## Check the page: types, style, and its own tests
	$(call say,the page)
	@$(BIN)/python -m local.web_check

screenshots: $(VENV)/.test $(NODE) ## Take a picture of every view, into .sluice/screenshots
	@$(BIN)/python -m tests.browser.screenshots

test-all: $(VENV)/.test ## Run the checks that take longer
	$(call say,pytest: $(LONGER))
	@$(BIN)/python -m pytest -q -n auto --dist loadgroup -m '($(LONGER)) and not chaos' $(PYTEST)
	$(call say,pytest: chaos)
	@$(BIN)/python -m pytest -q -n 0 -m chaos tests/faults/test_chaos.py
	@if [ -e $(CHECKOV)/.installed ]; then $(MAKE) --no-print-directory checkov; \
	else echo 'checkov is left out: `make checkov` installs it (290 MB) and runs it.'; fi

bench: $(VENV)/.bench ## Measure what the README claims [BENCH=--quick]
	@set -e; for file in benchmarks/*/__main__.py; do \
		$(BIN)/python -m "benchmarks.$$(basename "$$(dirname "$$file")")" $(BENCH); \
	done

audit: $(VENV)/.test $(AUDIT)/.installed ## Look up known vulnerabilities of all pinned packages (needs the network)
	@$(BIN)/python -m local.audit $(AUDIT)/bin/pip-audit $(PINNED)

sbom: $(AUDIT)/.installed ## List what each image is made of, as CycloneDX, into dist/sbom
	@mkdir -p dist/sbom
	@for function in upload status worker; do \
		PYTHONWARNINGS=ignore $(AUDIT)/bin/cyclonedx-py requirements "functions/$$function/requirements.txt" \
			--pyproject pyproject.toml --output-reproducible --sv 1.5 --of JSON \
			-o "dist/sbom/$$function.cdx.json" || exit 1; \
		echo "dist/sbom/$$function.cdx.json"; \
	done

checkov: $(CHECKOV)/.installed ## Check infra and the Dockerfiles against checkov's rules
	$(call say,checkov)
	@$(CHECKOV)/bin/checkov --directory . --framework terraform kubernetes dockerfile \
		--skip-path '^/?\.venv' --skip-path node_modules --skip-download --compact --quiet

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(UPGRADE)
RUNNING := --extra upload --extra status --extra worker --extra local

lock: $(VENV)/.test ## Pin every package of pyproject.toml by hash [UPGRADE=--upgrade]
	@for function in upload status worker; do \
		echo "functions/$$function/requirements.txt"; \
		$(COMPILE) pyproject.toml --extra $$function -o functions/$$function/requirements.txt || exit 1; \
	done
	@echo requirements.txt
	@$(COMPILE) pyproject.toml $(RUNNING) -o requirements.txt
	@echo requirements-dev.txt
	@$(COMPILE) pyproject.toml $(RUNNING) --extra test -o requirements-dev.txt
	@echo requirements-web.txt
	@$(COMPILE) pyproject.toml --extra web -o requirements-web.txt
	@echo requirements-bench.txt
	@$(COMPILE) pyproject.toml --extra bench -c requirements-dev.txt -o requirements-bench.txt
	@for tools in audit checkov; do \
		echo "requirements-$$tools.txt"; \
		$(COMPILE) pyproject.toml --extra $$tools -o "requirements-$$tools.txt" || exit 1; \
	done

openapi: $(VENV)/.test ## Describe the HTTP routes anew in shared/http/openapi.json
	@$(BIN)/python -m shared.http.openapi functions.upload.routes functions.status.app \
		> $(VENV)/openapi.json
	@mv $(VENV)/openapi.json shared/http/openapi.json
	@[ ! -d web/node_modules ] || npm --prefix web run --silent types

clean: ## Remove .venv and all caches; the data in .sluice stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The pins are complete, so pip need not resolve.
# The project itself needs no build: its folder goes on the path, and `sluice` runs its command line.
# It goes there first: python-hcl2 brings a package of its own that is called `cli`.
define PUT_ON_PATH
import os, pathlib, sysconfig
line = f"import sys; sys.path.insert(0, {os.getcwd()!r})\n"
pathlib.Path(sysconfig.get_path("purelib"), "sluice.pth").write_text(line)
endef
export PUT_ON_PATH

PIP := $(BIN)/python -m pip install -qq --no-deps

$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/python
$(VENV)/.test: requirements-dev.txt pyproject.toml | $(BIN)/python
$(VENV)/.bench: requirements-bench.txt pyproject.toml | $(VENV)/.test
$(VENV)/.web: requirements-web.txt | $(BIN)/python
$(VENV)/.run $(VENV)/.test $(VENV)/.bench $(VENV)/.web:
	$(call say,Installing the packages of $<)
	@$(PIP) --require-hashes -r $<
	@$(BIN)/python -c "$$PUT_ON_PATH"
	@printf '%s\n' '#!/bin/sh' 'exec "$${0%/*}/python" -P -m cli.main "$$@"' > $(BIN)/sluice
	@chmod +x $(BIN)/sluice
	@touch $@

$(AUDIT)/.installed: requirements-audit.txt | $(BIN)/python
$(CHECKOV)/.installed: requirements-checkov.txt | $(BIN)/python
$(AUDIT)/.installed $(CHECKOV)/.installed:
	$(call say,Installing the packages of $<)
	@$(BIN)/python -m venv $(@D)
	@$(@D)/bin/python -m pip install -qq --no-deps --require-hashes -r $<
	@touch $@

$(BIN)/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || continue; \
		printf '%s\n' "$(BOLD)Creating $(VENV) with $$($$python --version)$(PLAIN)"; \
		$$python -m venv $(VENV) || { rm -rf $(VENV); exit 1; }; \
		exit 0; \
	done; \
	echo 'Python 3.11 or newer is needed, and neither python3 nor python3.11 to 3.14 is one.' >&2; \
	exit 1
