# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run SQL statements, one after the other, each committed at once.

Runs as a program under a virtual environment's Python, since the tool itself has no
PostgreSQL driver: reads ``{"connection": {...}, "statements": [[sql, parameters]]}``
as JSON from the standard input, writes the last statement's rows as JSON.
"""

import json
import sys

import psycopg2


def main() -> None:
    """Do what the standard input asks for; an error of the database goes to stderr."""
    order = json.load(sys.stdin)
    try:
        rows = run(order["connection"], order["statements"])
    except psycopg2.Error as error:
        sys.exit(str(error).strip())
    json.dump(rows, sys.stdout, default=str)


def run(connection: dict, statements: list) -> list:
    """Return the rows of the last statement, [] when it has none."""
    rows = []
    database = psycopg2.connect(connect_timeout=10, **connection)
    database.autocommit = True
    with database.cursor() as cursor:
        for sql, parameters in statements:
            cursor.execute(sql, parameters)
            rows = cursor.fetchall() if cursor.description else []
    database.close()
    return rows


if __name__ == "__main__":
    main()
