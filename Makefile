# Thin: the work is done by the tool in setup/ (python3 -m setup --help).
# Variables: SERIES (18.0, 19.0), ADDONS, ALONE, TAGS, PORT, ODOO_HOME, PGHOST, PGUSER,
# OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL.
PYTHON ?= python3

.PHONY: help demo shell stop test test-core test-wheels bench precommit translate clean

help:
	@$(PYTHON) -m setup --help

demo test test-core test-wheels shell stop bench precommit translate clean:
	@$(PYTHON) -m setup $@
