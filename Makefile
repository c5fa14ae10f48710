# The same few targets serve people and CI. `make chat` and `make test` need Python 3.11+ alone.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := bot tests

.PHONY: help bot chat install test format lint types contract unit slow bench faults load fuzz pictures evaluate train lock clean

help:                ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

# One stamp a lock file: nothing is installed again until its lock changes.
.venv/runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; set PYTHON=")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo "Installing what the bot needs (once)…" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@touch $@

.venv/development: requirements-dev.txt .venv/runtime
	@echo "Installing what the tests need (once)…" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

install: .venv/development   ## the virtual environment with everything

bot: .venv/runtime   ## the virtual environment with what the bot needs, and no more

chat: .venv/runtime   ## talk to the bot in this terminal, no Slack needed
	@$(BIN)/python -m bot chat

test: format lint types contract unit   ## what must hold before a commit; `slow` is the rest

format: .venv/development
	@$(BIN)/ruff format --check --quiet $(SOURCES) || { $(BIN)/ruff format --diff $(SOURCES); exit 1; }

lint: .venv/development
	@$(BIN)/ruff check --quiet $(SOURCES)

types: .venv/development
	@$(BIN)/mypy

contract: .venv/development
	@$(BIN)/lint-imports

# These wait for threads and servers now and then: three workers keep two cores busy.
unit: .venv/development
	@$(BIN)/pytest -m "not slow" --dist worksteal \
		--numprocesses $$($(BIN)/python -c 'import os; print(os.cpu_count() * 3 // 2)')

slow: .venv/development   ## tests that start processes or a browser, wait, or compute for seconds
	@$(BIN)/pytest -m slow --dist worksteal --numprocesses auto

bench: .venv/development   ## performance bars, as ratios within one run
	@$(BIN)/pytest tests/benchmarks --override-ini addopts="--import-mode=importlib" -s

faults: .venv/development   ## daily posts, new episodes and answers unasked while processes die and Slack fails, on both databases
	@$(BIN)/python -m tests.benchmarks.faults --database postgresql $(FAULTS)
	@$(BIN)/python -m tests.benchmarks.faults --database sqlite $(FAULTS)
	@$(BIN)/python -m tests.benchmarks.announcements --database postgresql $(ANNOUNCEMENTS)
	@$(BIN)/python -m tests.benchmarks.announcements --database sqlite $(ANNOUNCEMENTS)
	@$(BIN)/python -m tests.benchmarks.unasked --database postgresql $(UNASKED)
	@$(BIN)/python -m tests.benchmarks.unasked --database sqlite $(UNASKED)

load: .venv/development   ## throughput and times over HTTP, beside a bare echo
	@$(BIN)/python -m tests.benchmarks.load $(LOAD)

fuzz: .venv/development   ## 5,000 hostile requests through every listener, as many pages, 1,000 feeds; every question's quotes, 10,000 replies of a model
	@FUZZ=5000 $(BIN)/pytest tests/scenarios/test_fuzz.py tests/web/pages/test_fuzz.py tests/answers/test_verbatim.py tests/answers/test_pointing.py
	@FUZZ=1000 $(BIN)/pytest tests/feeds/test_fuzz.py tests/feeds/run/test_killed.py
	@FUZZ=1 $(BIN)/pytest tests/web/pages/test_browser.py

pictures: .venv/development tests/pictures/node_modules   ## the README's pictures, drawn anew (needs node and chromium)
	@$(BIN)/python -m tests.pictures.scenes | node tests/pictures/render.mjs .github/pictures >/dev/null

tests/pictures/node_modules: tests/pictures/package-lock.json
	@npm ci --prefix tests/pictures --ignore-scripts --no-audit --no-fund --silent
	@touch $@

evaluate: .venv/runtime   ## how often the right passage is quoted
	@$(BIN)/python -m bot evaluate tests/evaluation/dev.yaml

# The reader is trained in an environment of its own: torch is no dependency of the bot.
TRAIN := .venv-train/bin/python -m tests.training
ROUNDS := .cache/reader
MINUTES ?= 90
SEED ?= 1
.venv-train/installed: requirements.txt tests/training/requirements.txt
	@$(PYTHON) -m venv --clear .venv-train
	@.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements.txt -r tests/training/requirements.txt
	@touch $@

# `--known` names other episodes' authors alone: what is on the one that ships is read whole in the last rounds.
train: .venv-train/installed   ## train reader, encoder and word vectors anew, MINUTES each round at most
	$(TRAIN).word_vectors --seed $(SEED)
	$(TRAIN).train $(ROUNDS)/round1 --seed $(SEED) --pairs 60000 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/round1/checkpoint.pt $(ROUNDS)/first
	$(TRAIN).train $(ROUNDS)/round2 --seed $(SEED) --mine $(ROUNDS)/first --start $(ROUNDS)/round1/checkpoint.pt --rate 4e-5 --pairs 24000 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/round1/checkpoint.pt $(ROUNDS)/round2/checkpoint.pt $(ROUNDS)/second
	$(TRAIN).train $(ROUNDS)/round3 --seed 3 --mine $(ROUNDS)/second --start $(ROUNDS)/round1/checkpoint.pt $(ROUNDS)/round2/checkpoint.pt --rate 4e-5 --pairs 60000 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/round3/checkpoint.pt $(ROUNDS)/third
	$(TRAIN).encoder $(ROUNDS)/encoder --seed $(SEED) --minutes 18
	$(TRAIN).export_encoder $(ROUNDS)/encoder/model.pt $(ROUNDS)/encoder
	$(TRAIN).encoder $(ROUNDS)/encoder2 --seed 2 --minutes 45 --start $(ROUNDS)/encoder
	$(TRAIN).export_encoder $(ROUNDS)/encoder2/model.pt $(ROUNDS)/encoder2
	$(TRAIN).encoder $(ROUNDS)/encoder3 --seed 3 --minutes 22 --start $(ROUNDS)/encoder2
	$(TRAIN).export_encoder $(ROUNDS)/encoder3/model.pt $(ROUNDS)/encoder3
	$(TRAIN).encoder $(ROUNDS)/encoder4 --seed 4 --minutes 13 --start $(ROUNDS)/encoder3 --known train-ax --share 0.2
	$(TRAIN).export_encoder $(ROUNDS)/encoder4/model.pt bot/answers/encoder
	$(TRAIN).train $(ROUNDS)/round4 --seed 4 --mine $(ROUNDS)/third --encoder $(ROUNDS)/encoder2 --start $(ROUNDS)/round3/checkpoint.pt --rate 3e-5 --pairs 40000 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/round4/checkpoint.pt $(ROUNDS)/fourth
	$(TRAIN).train $(ROUNDS)/round5 --seed 5 --mine $(ROUNDS)/fourth --encoder $(ROUNDS)/encoder2 --start $(ROUNDS)/round4/checkpoint.pt --known train-t --rate 4e-5 --pairs 22000 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/round5/checkpoint.pt $(ROUNDS)/fifth
	$(TRAIN).train $(ROUNDS)/round6 --seed 6 --mine $(ROUNDS)/fifth --encoder $(ROUNDS)/encoder2 --start $(ROUNDS)/round5/checkpoint.pt --rate 4e-5 --pairs 20000 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/round6/checkpoint.pt $(ROUNDS)/sixth
	$(TRAIN).train $(ROUNDS)/round7 --seed 7 --mine $(ROUNDS)/sixth --encoder $(ROUNDS)/encoder3 --start $(ROUNDS)/round6/checkpoint.pt --ranked 0.8 --rate 3e-5 --pairs 14000 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/round6/checkpoint.pt $(ROUNDS)/round7/checkpoint.pt $(ROUNDS)/seventh
	$(TRAIN).train $(ROUNDS)/round8 --seed 8 --mine $(ROUNDS)/seventh --encoder $(ROUNDS)/encoder3 --start $(ROUNDS)/seventh --known train-ag episode-c --share 0.15 --ranked 0.5 --swaps --rate 4e-5 --pairs 24500 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/seventh $(ROUNDS)/round8/checkpoint.pt $(ROUNDS)/eighth
	$(TRAIN).train $(ROUNDS)/round9 --seed 9 --mine $(ROUNDS)/eighth --encoder $(ROUNDS)/encoder3 --start $(ROUNDS)/eighth --known train-ax --share 0.05 --ranked 0.5 --rate 3e-5 --pairs 10000 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/round9/checkpoint.pt $(ROUNDS)/ninth
	$(TRAIN).train $(ROUNDS)/round10 --seed 10 --mine $(ROUNDS)/ninth --encoder $(ROUNDS)/encoder3 --start $(ROUNDS)/round9/checkpoint.pt --known train-ax --share 0.08 --ranked 0.5 --rate 3e-5 --pairs 19000 --minutes $(MINUTES)
	$(TRAIN).export $(ROUNDS)/eighth $(ROUNDS)/round10/checkpoint.pt $(ROUNDS)/model
	$(TRAIN).fit --model $(ROUNDS)/model
	$(TRAIN).evaluate --model $(ROUNDS)/model --float --out $(ROUNDS)/model/figures.json
	$(TRAIN).export --ship $(ROUNDS)/model

# Locks name no registry, and hold for every platform and Python from 3.11 on.
# What two locks share they hold in one version: the tests run on what the extras are installed over.
UV := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header pyproject.toml
lock:                ## pin the dependencies again (needs uv)
	$(UV) --output-file requirements.txt
	$(UV) --extra mcp --extra model --constraints requirements.txt --output-file requirements-extras.txt
	$(UV) --extra mcp --extra model --extra dev --constraints requirements-extras.txt --output-file requirements-dev.txt

clean:               ## remove the virtual environment and caches
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
