# perfkit: make report, make test. Each makes the environment first where it is missing or out of date.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
QUARTER ?= 2017-18 Q1
CITY := data/raw/oxford-city
CITY_QUARTER ?= 2024-25 Q3

.DEFAULT_GOAL := help
.PHONY: help report test check lab pack clean

help: ## Show this help
	@echo "perfkit: council performance reports from the workbooks that directorates send"
	@echo
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16
	@echo
	@echo 'A quarter other than the sample: make report QUARTER="2017-18 Q2"'

report: $(READY) ## Load data/raw and make the reports of a quarter, of the county and of the city
	@$(BIN)/perfkit run "$(QUARTER)"
	@[ ! -d $(CITY) ] || $(BIN)/perfkit run "$(CITY_QUARTER)" --council $(notdir $(CITY))
	@echo "Open the reports: $(CURDIR)/reports/index.html"
	@[ ! -d $(CITY) ] || echo "Those of the city: $(CURDIR)/reports/$(notdir $(CITY))/index.html"

test: $(READY) ## Run all tests
	@$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

check: $(READY) ## Lint, types and notebook hygiene
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	@$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb

lab: $(READY) ## Open the notebooks in JupyterLab
	@$(BIN)/jupyter lab notebooks

clean: ## Remove the environment, the store and the reports
	rm -rf $(VENV) data/processed/* reports/*

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "perfkit needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try: make report PYTHON=python3.11"; exit 1; }
	@echo "Making the environment in $(VENV) (once; a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
