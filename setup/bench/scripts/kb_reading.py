# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: a thick PDF read, cut and written as chunks, beside bare pypdf.
import base64
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from pypdf import PdfReader, PdfWriter

(path,) = arguments  # noqa: F821
PAGES = 500
ROUNDS = 3
BARE = """
import resource, sys, time
from pypdf import PdfReader
begun = time.perf_counter()
for page in PdfReader(sys.argv[1]).pages:
    page.extract_text()
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

# A real manual, its pages from the front again until there are enough.
writer = PdfWriter()
manual = PdfReader(path)
for number in range(PAGES):
    writer.add_page(manual.pages[number % len(manual.pages)])
thick = Path(path).with_name("thick.partial.pdf")
with thick.open("wb") as stream:
    writer.write(stream)
data = base64.b64encode(thick.read_bytes())
del writer, manual


def bare():
    done = subprocess.run(
        [sys.executable, "-c", BARE, str(thick)],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1024


READER = """
import resource, sys
sys.path.insert(0, sys.argv[1])
sys.argv[1:] = [sys.argv[2], "thick.pdf", str(1024**3), "600", sys.argv[3]]
from engine.reading.worker import main
main()
print("MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def reader():
    """The process that reads, started as a bare one: it tells how large it became."""
    from odoo.addons.gpt_core import engine as core
    from odoo.addons.kb_rag import engine

    folder = Path(engine.__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", READER, str(folder), str(thick), *core.__path__],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stderr.split("MB")[1]) / 1024


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


collection = env["gpt.kb.collection"].create({"name": "Bench", "model_id": False})  # noqa: F821
env.cr.commit()  # noqa: F821


def ours():
    document = env["gpt.kb.document"].create(  # noqa: F821
        {"name": "thick.pdf", "collection_id": collection.id, "datas": data}
    )
    env.cr.commit()  # noqa: F821
    begun = time.perf_counter()
    document._run_index()
    seconds = time.perf_counter() - begun
    env.invalidate_all()  # noqa: F821
    assert document.state == "indexed", document.problem
    assert document.page_count == PAGES
    document.unlink()
    env.cr.commit()  # noqa: F821
    return seconds


before = memory()
pairs = [(ours(), *bare()) for _round in range(ROUNDS)]
after, reader_mb = memory(), reader()
thick.unlink()
print(
    "FIGURES "
    + json.dumps(
        {
            "pages": PAGES,
            "ours": statistics.median(pair[0] for pair in pairs),
            "bare": statistics.median(pair[1] for pair in pairs),
            "share": statistics.median(pair[1] / pair[0] for pair in pairs),
            "worker_mb": after - before,
            "reader_mb": reader_mb,
            "bare_mb": statistics.median(pair[2] for pair in pairs),
        }
    )
)
