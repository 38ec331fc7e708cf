# Every target does all of its set-up itself; see dev/ for how.
PYTHON ?= python3
ARGS ?=

.PHONY: help demo test lint bench crash screenshots translations test-odoo clean need-python

help:
	@echo 'make demo          a real Odoo with two small companies; reminders arrive here'
	@echo 'make demo ONCE=1   the same, ends after the first messages with one JSON line'
	@echo 'make test          all tests; ARGS="-k name -x" goes to pytest'
	@echo 'make lint          style and mistakes; mends what can be; ARGS=ruff for one check'
	@echo "make bench         how fast it is, beside Odoo's own reminders (40 minutes)"
	@echo 'make crash         kills and stops the server while it sends; counts (25 minutes)'
	@echo 'make screenshots   takes the pictures of docs/images anew, from the demo'
	@echo 'make translations  exports the texts to translate; tells what is left to do'
	@echo "make test-odoo     Odoo's own suites with the addon installed (8 minutes)"
	@echo 'make clean         delete the cache (Odoo, PostgreSQL data, environments)'

need-python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo 'There is no $(PYTHON). Install it: apt-get install python3' >&2; exit 2; }

demo: need-python
	@$(PYTHON) -m dev demo $(if $(ONCE),--once)

test: need-python
	@$(PYTHON) -m dev test $(ARGS)

lint: need-python
	@$(PYTHON) -m dev lint $(ARGS)

bench: need-python
	@$(PYTHON) -m dev bench $(ARGS)

crash: need-python
	@$(PYTHON) -m dev crash $(ARGS)

screenshots: need-python
	@$(PYTHON) -m dev screenshots $(ARGS)

translations: need-python
	@$(PYTHON) -m dev translations $(ARGS)

test-odoo: need-python
	@$(PYTHON) -m dev test-odoo $(ARGS)

clean: need-python
	@$(PYTHON) -m dev clean
