# The two commands are `make demo` and `make test`; both do all set-up on a fresh machine.
PY := .venv/bin/python
MED_BASE := DJANGO_SETTINGS_MODULE=tok.settings.test $(PY) -m verktoey.postgres test $(PY)

# Made-up values: enough for Django to say what it thinks of the production settings.
NOEKKEL := MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=
PROD := DJANGO_SETTINGS_MODULE=tok.settings.prod ALLOWED_HOSTS=tok.example TOK_NETTADRESSE=https://tok.example \
	SECRET_KEY=lint-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP \
	TOK_FNR_NOEKLER='{"k1":"$(NOEKKEL)"}' TOK_UTKAST_NOEKLER='{"k1":"$(NOEKKEL)"}' TOK_FIL_NOEKLER='{"k1":"$(NOEKKEL)"}' TOK_BLINDINDEKS_NOEKKEL=$(NOEKKEL) \
	DATABASE_URL=postgresql://tok_app@localhost/tok CELERY_BROKER_URL=redis://localhost/0 \
	TOK_CACHE_URL=redis://localhost/1 EMAIL_HOST=localhost DEFAULT_FROM_EMAIL=no-reply@tok.example TOK_SEGL_MAPPE=/var/lib/tok/segl

.PHONY: demo demo-reset test test-motorer lint format laas bench oppsett oppsett-dev

# Compiled Python goes under var/, also on machines that ask for none beside the source: half of each start is compiling.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pyc

demo: oppsett
	@exec $(PY) -m verktoey.demo $(ARGS)

demo-reset: oppsett
	@exec $(PY) -m verktoey.demo --nytt $(ARGS)

# Two processes; ARGS="-n 0" for one.
test:
	@WITH_BROWSER=1 sh verktoey/oppsett.sh
	$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

# Once more on PostgreSQL 15 and Redis 7 at their standard ports: what touches database or broker (ADR 0013).
test-motorer:
	@WITH_BROWSER=1 WITH_ENGINES=1 sh verktoey/oppsett.sh
	$(PY) -m verktoey.motorer $(PY) -m pytest -n 2 --dist worksteal -m motor $(ARGS)

# What pages, files and jobs cost beside their floors; figures go to docs/ytelse.md.
bench: oppsett-dev
	$(PY) -m verktoey.benk $(ARGS)

lint: oppsett-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/python .venv/bin/lint-imports
	$(PY) -m djlint --quiet --lint templates
	git ls-files 'templates/*.html' | xargs -r .venv/bin/djade --check --target-version 5.2
	$(MED_BASE) manage.py makemigrations --check --dry-run
	env $(PROD) $(PY) manage.py check --deploy --fail-level WARNING

# Write the code in the house's form.
format: oppsett-dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	git ls-files 'templates/*.html' | xargs -r .venv/bin/djade --target-version 5.2

# Lock the packages anew: by hash, without the address of any registry (stack.md §9).
COMPILE := $(PY) -m uv pip compile -q --generate-hashes --no-header --no-annotate --no-emit-index-url \
	--no-emit-find-links --python-version 3.11
laas:
	$(COMPILE) -o requirements.txt requirements.in
	$(COMPILE) -c requirements.txt -o requirements-demo.txt requirements-demo.in
	$(COMPILE) -c requirements-demo.txt -o requirements-dev.txt requirements-dev.in
	$(COMPILE) -o requirements-node.txt requirements-node.in
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

oppsett:
	@sh verktoey/oppsett.sh

oppsett-dev:
	@WITH_DEV=1 sh verktoey/oppsett.sh
