# Yizhan. `make` alone says what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first Python from 3.11 on that really starts.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PY := $(BIN)/python
# How many tests run side by side, and what pytest is told beside that: make test ARGS="-k receipt"
WORKERS ?= 2
ARGS ?=
SOAK_MINUTES ?= 30
SOURCES := $(shell find edge sync static -type f -not -name '*.pyc' 2>/dev/null)
# What the pages read is compiled from the catalogues of words that people read.
CATALOGUE := edge/catalogue/shipped.json
# The tests start hundreds of programs: each would compile itself anew where Python may not keep what it compiled.
unexport PYTHONDONTWRITEBYTECODE
WORDS := $(patsubst %.po,%.mo,$(shell find edge sync -name '*.po' 2>/dev/null))
# Two builds of one commit are the same, byte for byte.
REPRODUCIBLY := PYTHONHASHSEED=0 SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)

.PHONY: always help install demo test check lint unit soak mutants package package-onefile bench screenshots pictures gallery words vendor voice lock clean templates

help: ## say what there is
	@echo "Yizhan: service points that keep working without a network."
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18 | sed 's/^/  make /'

install: $(PY) .venv/.python-stamp .venv/.debian-stamp $(WORDS) $(CATALOGUE) templates ## get ready: virtual environment, locked libraries, Debian packages

$(PY):
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	@install/prepare.sh "$(PYTHON)" || [ $$? = 3 ]
	$(PYTHON) -m venv .venv

.venv/.python-stamp: requirements-dev.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Without the packages a demo still runs, so their absence is said and is no error here.
.venv/.debian-stamp: install/debian-packages.txt install/prepare.sh | $(PY)
	@install/prepare.sh "$$(readlink -f $(PY))" && touch $@ || [ $$? = 3 ]

# By content, not by time: an unchanged file keeps its time, and what depends on it is not built again.
%.mo: %.po always | .venv/.python-stamp
	@$(PY) install/compile_words.py $<

# What the program opens at its start instead of thirty files.
$(CATALOGUE): always | .venv/.python-stamp
	@PYTHONPATH=. $(PY) install/compile_catalogue.py

# Read at the first citizen's page instead of compiled then.
templates: .venv/.python-stamp
	@PYTHONPATH=. $(PY) install/compile_pages.py

demo: install ## one hub, one service point, sample data, on this machine; Ctrl-C ends it; ARGS="--headless --edge-port N …"
	$(PY) -m edge demo $(ARGS)

test: install lint dist/yizhan/yizhan ## everything: lint, types, layers, then all tests with browser, faults and the packaged executable
	$(PY) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: lint unit ## fast: lint, types, layers, dependencies, tests that need no browser and no second process

lint: install
	$(BIN)/ruff check .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry edge sync
	$(BIN)/bandit -q -r -ll -c pyproject.toml edge sync
	shellcheck install/*.sh install/kiosk/kiosk-session .ci/run

unit: install
	$(PY) -m pytest -q -n $(WORKERS) --dist loadfile -m "not browser and not executable and not faults and not slow" $(ARGS)

soak: install ## longer: every page of every item, two citizens 100 times, 1,000 machines at once, every kill point, power cuts, bit flips, bad lines, random walks; make soak SOAK_MINUTES=60
	$(PY) -m tests.browser.every_item
	$(PY) -m tests.browser.journeys.two_citizens --rounds 100
	$(PY) -m tests.soak --minutes $(SOAK_MINUTES)

mutants: install ## plant each known bug in a copy and see that a test catches it
	$(PY) -m tests.mutants

# Not compressed: six hundred modules are unpacked at each start, and the folder is packed for its way anyhow.
package: install dist/yizhan/yizhan ## build dist/yizhan/, a folder with the executable in it

dist/yizhan/yizhan: edge.spec requirements.txt $(SOURCES) $(WORDS) $(CATALOGUE) | install
	$(REPRODUCIBLY) PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0 \
		$(BIN)/pyinstaller --noconfirm --log-level ERROR --distpath dist --workpath build edge.spec
	@touch $@

package-onefile: install dist/yizhan-onefile/yizhan ## build dist/yizhan-onefile/yizhan, everything in a single file, the recordings beside it

dist/yizhan-onefile/yizhan: edge.spec requirements.txt $(SOURCES) $(WORDS) $(CATALOGUE) | install
	@mkdir -p build/onefile
	$(REPRODUCIBLY) YIZHAN_ONEFILE=1 $(BIN)/pyinstaller --noconfirm --log-level ERROR --distpath dist/yizhan-onefile \
		--workpath build/onefile edge.spec
	@rm -rf dist/yizhan-onefile/voice && cp -r static/voice dist/yizhan-onefile/voice
	@touch $@

bench: install dist/yizhan/yizhan dist/yizhan-onefile/yizhan ## measure accepts, drain, start and memory, each beside a plain HTTP POST
	$(PY) -m bench $(ARGS)

screenshots: install ## every page in three sizes, into shots/
	$(PY) -m tests.browser.gallery --to shots $(ARGS)

words: install ## gather the words on the screens into the catalogues of translations
	@mkdir -p build
	@for room in edge/kiosk sync/console; do \
		$(BIN)/pybabel --quiet extract -F pyproject.toml -k lazy_gettext -k _l --no-location --omit-header -o build/words.pot $$room && \
		$(BIN)/pybabel --quiet update --init-missing -N --omit-header -i build/words.pot -d $$room/translations -l en; done
	@PYTHONPATH=. $(PY) install/problems_page.py
	@PYTHONPATH=. $(PY) install/spoken_texts.py
	@PYTHONPATH=. $(PY) install/usability_page.py
	@$(MAKE) install

pictures: install ## the pictures of the README
	$(PY) -m tests.browser.readme_pictures

gallery: install ## every page at every size, small, as docs/gallery.md
	$(PY) -m tests.browser.gallery_page

vendor: install ## fetch the pinned front-end files again and compare them with their checksums
	$(PY) install/vendor.py

voice: install ## render every sentence as speech into voice/, to stand beside the executable; four or five hours
	@[ -e build/voice/ready ] || { $(PYTHON) -m venv build/voice && \
		build/voice/bin/pip install --quiet --disable-pip-version-check -r install/voice/requirements.txt && touch build/voice/ready; }
	@PYTHONPATH=. $(PY) -m install.voice_style build/voice/style.bin
	@PYTHONPATH=. $(PY) install/spoken_texts.py --list | build/voice/bin/python install/voice/render.py --to voice --voice build/voice/style.bin

lock: install ## write requirements*.txt anew from pyproject.toml; add ARGS=--upgrade for newer versions
	$(BIN)/uv pip compile -q $(ARGS) pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" -o requirements.txt
	$(BIN)/uv pip compile -q $(ARGS) pyproject.toml --group dev -c requirements.txt --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" -o requirements-dev.txt

clean: ## remove what was built (the virtual environment stays)
	rm -rf build dist shots bench-out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage
