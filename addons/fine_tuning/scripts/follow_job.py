# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Follow a tuning job until it ends, and print what the provider says of it.

    OPENAI_API_KEY=sk-… python3 follow_job.py ftjob-…

Its last line is the name of the tuned model. Ctrl-C stops following; the job goes on.
It ends with 1 when the job failed or was cancelled.
"""

import argparse
import sys
import time

import openai

OVER = ("succeeded", "failed", "cancelled")
# A connection that is lost so often in a row is not waited for any longer.
TRIES = 5


def parse(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("job", help="its id")
    parser.add_argument("--seconds", type=float, default=10, help="between two looks")
    parser.add_argument("--base-url", help="of another provider")
    return parser.parse_args(arguments)


def new_events(client, job_id, seen):
    """Return the events that were not seen yet, the oldest first."""
    found = [
        event
        for event in client.fine_tuning.jobs.list_events(job_id)
        if event.id not in seen
    ]
    seen.update(event.id for event in found)
    return sorted(found, key=lambda event: event.created_at)


def follow(client, job_id, seconds, say):
    """Print events until the job is over; return it."""
    seen, lost = set(), 0
    while True:
        try:
            job = client.fine_tuning.jobs.retrieve(job_id)
            for event in new_events(client, job_id, seen):
                say(f"{event.level}: {event.message}\n")
            lost = 0
        except (openai.APIConnectionError, openai.InternalServerError) as error:
            lost += 1
            if lost >= TRIES:
                raise
            say(f"no connection, tried again: {error}\n")
        else:
            if job.status in OVER:
                return job
        time.sleep(seconds)


def main(arguments=None):
    wanted = parse(arguments)
    client = openai.OpenAI(base_url=wanted.base_url)
    try:
        job = follow(client, wanted.job, wanted.seconds, sys.stdout.write)
    except KeyboardInterrupt:
        sys.stderr.write("The job goes on at the provider.\n")
        return 130
    except openai.OpenAIError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if job.status != "succeeded":
        why = job.error.message if job.error and job.error.message else job.status
        sys.stderr.write(f"{job.status}: {why}\n")
        return 1
    sys.stdout.write(f"{job.fine_tuned_model}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
