# Thin: the work is done by the tool in setup/ (python3 -m setup --help).
# Variables: SERIES (18.0, 19.0), PORT, ODOO_HOME, PGHOST, PGUSER, OPENAI_API_KEY,
# OPENAI_BASE_URL, OPENAI_MODEL.
PYTHON ?= python3

.PHONY: help demo shell stop test precommit clean

help:
	@$(PYTHON) -m setup --help

demo test shell stop precommit clean:
	@$(PYTHON) -m setup $@
