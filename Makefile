# Two commands matter on a fresh machine: make demo, make test. They need Python 3.12 or 3.13 and make.

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
OUT := out
WORKERS ?= auto

.PHONY: help demo test lint lab bench notebooks schemas clean

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "genie_nb needs Python 3.12 or 3.13 (pandas-ta runs on no other); none was found. Set PYTHON=/path/to/python." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[all]" --constraint constraints.txt
	touch $@

demo: .venv/.ready ## set up and run the main job on the embedded market
	$(BIN)/genie run notebooks/01_analyze.ipynb --output $(OUT)/ --html
	@$(BIN)/genie analyze ACME --provider demo
	@echo
	@echo "executed notebook: $(OUT)/01_analyze.ipynb"
	@echo "to open or mail:   $(OUT)/01_analyze.html (its charts need no network)"

test: .venv/.ready ## set up and pass every test
	$(BIN)/python -m pytest -n $(WORKERS)
	GENIE_HOME="$$(mktemp -d)" $(BIN)/python -m pytest --nbval-lax --nbval-current-env --nbval-cell-timeout 120 -p no:randomly notebooks

lint: .venv/.ready ## check style, types and the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

lab: .venv/.ready ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks/01_analyze.ipynb

bench: .venv/.ready ## measure, and print medians and ratios
	@for script in benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

notebooks: .venv/.ready ## run every notebook and strip its outputs
	@export GENIE_HOME="$$(mktemp -d)"; for notebook in notebooks/*.ipynb; do $(BIN)/genie run $$notebook --output $(OUT)/ --html || exit 1; done
	$(BIN)/nbstripout --extra-keys "metadata.papermill cell.metadata.papermill" notebooks/*.ipynb

schemas: .venv/.ready ## write the shipped JSON Schemas from the registries
	$(BIN)/python -m genie_nb.faces.schema_files

clean: ## remove everything that was made
	rm -rf .venv $(OUT) build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find genie_nb -name "*.nb[ic]" -delete
