# The portal's commands. Needs Python 3.11 or later, make and git; everything else it fetches itself.

PYTHON ?= python3
PORT ?= 8000
export DEBUG ?= true
export PYTHONUNBUFFERED = 1

# An environment that is complete and this user's to use, first on the PATH of a recipe.
READY = environment="$$($(PYTHON) kekiz_portal/tools/local/environment.py)" && PATH="$$environment/bin:$$PATH" &&

# What production demands, with harmless values: for checking settings, never for serving.
AS_PRODUCTION = DEBUG=false ALLOWED_HOSTS=portal.example SECURE_PROXY=true \
	DATABASE_URL=postgresql://portal@localhost/portal REDIS_URL=redis://localhost \
	SECRET_KEY=only-for-checking-settings-never-for-serving-a-page-0123456789

.DEFAULT_GOAL := help
QUERIES ?= tests/offers/search/queries.csv tests/offers/search/blind_queries.csv
SPELLED ?= tests/offers/search/misspellings.csv tests/offers/search/compounds.csv

.PHONY: help setup run code test mutants bench lighthouse nu barriers read-back spoken screens search-eval messages distress-weights check format requirements

help:  ## show these commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

setup: .env  ## environment, tables, the city's data, demo logins
	@$(READY) python manage.py prepare_portal

run: .env  ## serve the portal with worker and beat (PORT=8000)
	@$(READY) exec python manage.py run_portal --port $(PORT)

code:  ## the codes an app would show for the demo logins now
	@$(PYTHON) kekiz_portal/tools/local/demo_codes.py

test:  ## run every test in three processes (ARGS="-k home" for some, in one)
	@$(READY) PYTHONDONTWRITEBYTECODE= exec python -m pytest $(or $(ARGS),--numprocesses 3 --dist worksteal)

mutants:  ## the share of changed lines that a test notices (ARGS="ages --most 10")
	@$(READY) python -m kekiz_portal.tools.mutants $(ARGS)

bench: .env  ## how fast pages, search, import and newsletter are, into docs/benchmarks.md (ARGS="--quick")
	@$(READY) python manage.py bench $(ARGS)

lighthouse: .env  ## what Lighthouse says of home, browse and an offer on a phone, German and Arabic (needs npm, Chromium)
	@$(READY) python manage.py lighthouse $(ARGS)

barriers: .env  ## axe over every kind of page in every language (needs Chromium)
	@$(READY) python manage.py barriers $(ARGS)

nu: .env  ## the Nu validator over every kind of page in every language (needs npm, Java)
	@$(READY) python manage.py nu $(ARGS)

read-back:  ## read the facts of 5,000 offers back in every language (OFFERS=5000)
	@$(READY) READ_BACK=$(or $(OFFERS),5000) exec python -m pytest -q \
		tests/offers/translations/test_facts_read_back.py tests/offers/translations/test_contacts_read_back.py

spoken: .env  ## what a screen reader says of the main ways; RENEW=1 writes it anew (needs npm)
	@npm install --silent --no-package-lock --prefix tests/spoken
	@$(READY) exec python -m pytest -q tests/spoken

screens: .env  ## pictures of every kind of page, phone, desk and paper, into .local/screens/ (needs Chromium)
	@$(READY) python manage.py screens $(ARGS)

search-eval: .env  ## how well the search answers labelled queries (QUERIES=file.csv ARGS=--only-figures)
	@$(READY) python manage.py search_eval $(QUERIES) --spelled $(SPELLED) $(ARGS)

messages: .env  ## find the texts of pages, keep and compile their translations (ARGS="tr --name")
	@$(READY) python manage.py messages $(ARGS)

distress-weights: .env  ## learn anew to hear who is in need, from data/search/distress_examples.csv
	@$(READY) python manage.py distress_weights $(ARGS)

check:  ## lint, format, migrations and production settings
	@$(READY) ruff check . && ruff format --check . \
		&& python manage.py makemigrations --check --dry-run \
		&& $(AS_PRODUCTION) python manage.py check --deploy --fail-level WARNING

format:  ## put the code into shape
	@$(READY) ruff check --fix . ; ruff format .

requirements:  ## pin deploy/requirements/*.in anew, with hashes
	@$(READY) cd deploy/requirements \
		&& uv pip compile -q $(UV_OPTIONS) -o ../../requirements.txt production.in \
		&& uv pip compile -q $(UV_OPTIONS) -c ../../requirements.txt -o ../../requirements-dev.txt development.in

UV_OPTIONS = --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make requirements"

# So that a plain `python manage.py …` knows it is development; not where another user owns the code.
.env:
	@test ! -w . || printf '# See .env.example\nDEBUG=true\n' > .env
