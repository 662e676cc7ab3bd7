# Everything a person does with this project; `make` alone lists it. Each step runs again only when what it depends on changed.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# For every platform and every Python from 3.11 on. Where packages were fetched from is the business of who fetches them.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
# Only the database of this folder can be prepared once and for all; another one is looked at each time.
LOADED := $(if $(DATABASE_URL),var/.loaded-elsewhere,var/.loaded)
# But for TLS: an unknown address gets the site's own page, not that of the framework.
AS_IN_PRODUCTION = DEBUG=0 TLS=0 PROXIES="$${PROXIES:-0}" ALLOWED_HOSTS="$${ALLOWED_HOSTS:-127.0.0.1,localhost,[::1]}" SECRET_KEY="$$(cat var/secret-key)"
ifeq ($(wildcard var/nianbao.sqlite3),)
$(shell rm -f var/.loaded)
endif

.PHONY: help run test test-rest test-all trial lint check lock messages clean var/.loaded-elsewhere
.DELETE_ON_ERROR:

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(LOADED) var/.static var/secret-key ## set everything up and serve on 127.0.0.1:8000 (PORT=… changes it)
	@printf '\n  年报 Nianbao     http://127.0.0.1:%s/\n' '$(PORT)'
	@printf '  sign in         http://127.0.0.1:%s/accounts/login/\n' '$(PORT)'
	@printf '  accounts        clerk · reviewer · supervisor · admin     password: nianbao-demo\n'
	@printf '  stop            Ctrl-C\n\n'
	@export $(AS_IN_PRODUCTION); \
	( trap 'kill $$work; wait $$work; exit' TERM; while :; do $(MANAGE) work & work=$$!; wait $$work; sleep 1; done ) & worker=$$!; \
	$(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --log-level warning & site=$$!; \
	trap 'kill $$site $$worker 2>/dev/null' INT TERM HUP EXIT; \
	wait $$site; status=$$?; kill $$worker 2>/dev/null; wait $$worker; trap - EXIT; exit $$status

test: .venv/.installed-dev ## the tests on SQLite and on a throw-away PostgreSQL, but those that take long
	$(BIN)/python -m tests.run quick -n $(JOBS) --dist worksteal

test-rest: .venv/.installed-dev ## what `make test` left out: fuzzing, whole browser journeys, three times of the day
	$(BIN)/python -m tests.run rest -n $(JOBS) --dist worksteal

test-all: test test-rest ## everything

trial: .venv/.installed-dev ## break a running site on purpose, on both databases: kills, full disks, hostile files, clocks
	$(BIN)/python -m tests.trial

lint: .venv/.installed-dev ## style, types, the direction of imports, and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --check templates
	$(BIN)/djlint --quiet --lint templates

check: .venv/.installed ## missing migrations, and whether the settings are fit for production
	$(MANAGE) makemigrations --check --dry-run
	DEBUG=0 PROXIES=1 ALLOWED_HOSTS=nianbao.example SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(MANAGE) check --deploy --fail-level WARNING

lock: .venv/bin/uv ## renew the locks: the newest releases that requirements*.in allow, each with its hashes
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --constraint requirements.txt --output-file requirements-dev.txt

messages: .venv/.installed ## refresh the catalogues of the English pages (needs gettext); then translate what is new
	$(MANAGE) makemessages --locale en --no-obsolete --no-wrap --add-location file --ignore 'tests/*' --ignore 'samples/*' --ignore 'bench/*' --ignore 'var/*'
	$(MANAGE) compilemessages --locale en --ignore '.venv'

clean: ## remove what the other commands made, the local database and its originals included
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Nianbao needs Python 3.11 or newer; set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.installed: requirements.txt | .venv/bin/python
	$(INSTALL) --require-hashes -r $<
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	$(INSTALL) --require-hashes -r $<
	@touch $@

.venv/bin/uv: | .venv/bin/python
	$(INSTALL) uv

var/.loaded: .venv/.installed $(wildcard */migrations/*.py agencies/data/*.xz samples/register.csv samples/reports/*)
	@mkdir -p var
	$(prepare)
	@touch $@

var/.static: .venv/.installed var/secret-key $(shell find static -type f)
	@mkdir -p var
	$(AS_IN_PRODUCTION) $(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

var/secret-key: .venv/.installed
	@mkdir -p var
	@(umask 077 && $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))' > $@)

var/.loaded-elsewhere: .venv/.installed
	$(prepare)

define prepare
$(MANAGE) migrate --verbosity 0
$(MANAGE) load_divisions
$(MANAGE) demo
$(MANAGE) publish_data
endef
