# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``kill -9`` in the middle of an answer: one answer in the end, and paid once."""

import time

from .site import Site

# The job runner takes a killed job up again 10 s after it had been given out.
RECOVERY_SECONDS = 90


def wait_for_row(site: Site, state: str) -> None:
    """Wait until the newest request is in ``state``."""
    with site.connect() as connection, connection.cursor() as cursor:
        connection.autocommit = True
        for _try in range(300):
            cursor.execute("SELECT state FROM gpt_request ORDER BY id DESC LIMIT 1")
            found = cursor.fetchone()
            if found and found[0] == state:
                return
            time.sleep(0.1)
    raise AssertionError(f"no request became {state}")


def answers_after_restart(site: Site, guest) -> list[str]:
    """Start the server again and return every answer that the visitor gets."""
    site.server.start()
    first = guest.wait_for_answer(RECOVERY_SECONDS)
    time.sleep(5)  # time enough for a second one, which would be wrong
    return [m.text for m in [first, *guest.new_messages()] if m]


def test_answer(site: Site) -> None:
    guest = site.visitor()
    guest.write("¿Cuánto cuesta el envío?")
    answer = guest.wait_for_answer(30)
    assert answer
    assert "150 pesos" in answer.text


def test_killed_while_the_model_thinks(site: Site) -> None:
    site.model.delay = 30
    guest = site.visitor()
    guest.write("¿Cuánto cuesta el envío?")
    site.model.journal.wait_for(1, "/v1/responses", timeout=30)
    site.server.kill()
    site.model.delay = 0
    (answer,) = answers_after_restart(site, guest)
    assert "150 pesos" in answer


def test_killed_when_the_answer_was_stored(site: Site) -> None:
    guest = site.visitor()
    with site.connect() as connection, connection.cursor() as cursor:
        # Somebody else holds the session: the answer is stored, but cannot be posted.
        cursor.execute("SELECT id FROM gpt_livechat_session FOR UPDATE")
        guest.write("¿Cuánto cuesta el envío?")
        wait_for_row(site, "done")
        time.sleep(0.5)
        site.server.kill()
    assert not site.model.journal.entries("/v1/responses")[1:]
    answers = answers_after_restart(site, guest)
    assert len(answers) == 1
    assert "150 pesos" in answers[0]
    assert len(site.model.journal.entries("/v1/responses")) == 1, "paid once"


def test_database_restarted_while_the_model_thinks(site: Site) -> None:
    """Every connection breaks, with the locks by which the queue sees who is alive."""
    site.model.delay = 25
    guest = site.visitor()
    guest.write("¿Cuánto cuesta el envío?")
    site.model.journal.wait_for(1, "/v1/responses", timeout=30)
    # The runner takes nothing up again that was given out less than 10 s ago.
    time.sleep(12)
    with site.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()
            """
        )
    first = guest.wait_for_answer(RECOVERY_SECONDS)
    time.sleep(5)  # time enough for a second one, which would be wrong
    answers = [message.text for message in [first, *guest.new_messages()] if message]
    assert len(answers) == 1
    assert "150 pesos" in answers[0]
    assert len(site.model.journal.entries("/v1/responses")) == 1, "paid once"
    jobs_are_done(site)


def jobs_are_done(site: Site) -> None:
    """Wait until the jobs of the answers are over: run again, and none failed."""
    states = []
    with site.connect() as connection, connection.cursor() as cursor:
        connection.autocommit = True
        for _try in range(RECOVERY_SECONDS):
            cursor.execute(
                "SELECT state FROM queue_job WHERE method_name = '_answer_job'"
                " ORDER BY id DESC LIMIT 1"
            )
            states = cursor.fetchone()
            if states == ("done",):
                return
            time.sleep(1)
    raise AssertionError(f"the job is {states}")


def test_nothing_is_held_while_the_model_thinks(site: Site) -> None:
    """The model is asked between two transactions: nobody waits for it on a lock."""
    site.model.delay = 4
    guest = site.visitor()
    guest.write("¿Cuánto cuesta el envío?")
    site.model.journal.wait_for(1, "/v1/responses", timeout=30)
    with site.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, a.query FROM pg_locks l
              JOIN pg_class c ON c.oid = l.relation
              JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE l.database = (SELECT oid FROM pg_database
                                  WHERE datname = current_database())
               AND l.mode <> 'AccessShareLock' AND a.pid <> pg_backend_pid()
               AND c.relname ~ '^(gpt_|discuss_|mail_|res_)'
            """
        )
        held = cursor.fetchall()
        time.sleep(1.5)
        cursor.execute(
            """
            SELECT query FROM pg_stat_activity
             WHERE datname = current_database() AND state = 'idle in transaction'
               AND xact_start < now() - interval '1 second'
               AND query !~ 'queue_job_lock'  -- by which the queue sees who is alive
            """
        )
        open_transactions = cursor.fetchall()
    assert held == []
    assert open_transactions == []
    assert guest.wait_for_answer(30)
