# make app     the app on http://127.0.0.1:8501 (PORT=, PYTHON= to choose)
# make test    everything, with browser, built-in model and frontend (PROFILE=house: more examples of properties)
# make soak-canvas  a monkey plays on the canvas for 30 minutes (MINUTES=, SEED=)
# make pictures   the pictures in docs/images/design
# make check   what every commit must pass, in some minutes (nothing slow)
PYTHON ?= python3
PORT ?= 8501
PROFILE ?= quick
BIN := .venv/bin
# Tests and the app are started again and again: what was compiled once is kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help app test check style types rooms frontends browser fast bench pictures soak-canvas requirements clean environment-app environment-test

help:
	@sed -n 's/^# //p' Makefile

environment-app:
	@$(PYTHON) tools/environment.py app

environment-test:
	@$(PYTHON) tools/environment.py test

app: environment-app
	@$(BIN)/grasp app --port $(PORT)

check: style types rooms fast

style: environment-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: environment-test
	$(BIN)/mypy

rooms: environment-test
	$(BIN)/lint-imports

fast: environment-test
	$(BIN)/pytest -n 2 --dist loadfile --hypothesis-profile quick -m "not browser and not model and not slow"

frontends: environment-test
	$(BIN)/python tools/frontend.py

browser: environment-test
	$(BIN)/python tools/browser.py

test: environment-test
	$(MAKE) --jobs 2 browser types frontends style rooms
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --hypothesis-profile $(PROFILE)

bench: environment-test
	$(BIN)/python benchmarks/engine/compare.py
	$(BIN)/python -m benchmarks.canvas.measure

soak-canvas: environment-test
	$(BIN)/python tools/browser.py
	@MINUTES=$(MINUTES) SEED=$(SEED) $(BIN)/python -m tests.soak.canvas_soak

pictures: environment-test
	$(BIN)/python tools/pictures.py

# `uv` is only needed here, so it is not among the requirements.
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet
requirements: environment-test
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(COMPILE) -o requirements.txt requirements.in
	$(COMPILE) -o requirements-dev.txt -c requirements.txt requirements-dev.in

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
	find . -name node_modules -prune -exec rm -rf {} +
	find . -name __pycache__ -prune -exec rm -rf {} +
