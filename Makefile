# Putokaz: two commands, `make run` and `make test`. Needs Python 3.11+, make, a package registry.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
ifeq ($(strip $(PYTHON)),)
PYTHON := python3
endif
PORT ?= 8000
export PORT
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check setup fmt lint type e2e screenshots bench bench-store bench-quiz bench-certificates bench-reports demo

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: ## Serve the demo (PORT=8000), with everything it needs; Ctrl-C stops it
	@$(PYTHON) -m config.bootstrap.prepare run
	@$(VENV) -m config.bootstrap.site
	@exec $(VENV) -m config.bootstrap.serve

test: setup ## Everything: lint, types, contracts, SQLite, PostgreSQL, browser
	@exec $(VENV) -m config.bootstrap.suite all

check: setup ## The fast part of `make test`: lint, types, contracts, tests on SQLite
	@exec $(VENV) -m config.bootstrap.suite fast

setup: ## Fetch what is missing: Python packages, libraries, fonts, translations
	@$(PYTHON) -m config.bootstrap.prepare

fmt: setup ## Format the code and repair what the linter can repair
	@$(VENV) -m ruff check --fix .
	@$(VENV) -m ruff format .

lint: setup ## Check format, code, templates and the import contracts
	@exec $(VENV) -m config.bootstrap.suite lint

type: setup ## Check types
	@exec $(VENV) -m config.bootstrap.suite type

e2e: setup ## Drive a real browser through the site
	@exec $(VENV) -m config.bootstrap.suite browser

screenshots: setup ## Take the pictures in docs/screenshots anew
	@exec $(VENV) -m tests.e2e.screenshots

bench: setup ## Measure the server: pages, a quiz that 500 take at once, certificates, reports, the record store
	@$(VENV) -m bench
	@$(VENV) -m bench.quiz
	@$(VENV) -m bench.certificates
	@$(VENV) -m bench.reports
	@exec $(VENV) -m bench.store

bench-store: setup ## Measure the record store alone (BENCH_SIZES=10000,100000,1000000)
	@exec $(VENV) -m bench.store

bench-quiz: setup ## Let learners take a quiz at once and look what is lost (BENCH_LEARNERS=500)
	@exec $(VENV) -m bench.quiz

bench-certificates: setup ## Draw and seal certificates (BENCH_CERTIFICATES=1000)
	@exec $(VENV) -m bench.certificates

bench-reports: setup ## Measure completion reports as they grow (BENCH_SIZES=10000,100000)
	@exec $(VENV) -m bench.reports

demo: ## Throw the demo's data away and load it anew (stop `make run` first)
	@$(PYTHON) -m config.bootstrap.prepare run
	@$(VENV) -m config.bootstrap.site --fresh
