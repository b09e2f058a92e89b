# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import tempfile

from ..engine import qdrant_backend


class QdrantPlace:
    """Qdrant's local mode, in a folder of its own."""

    def make_store(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(self.close, folder.name)
        return self.env["gpt.kb.store"].create(
            {"name": "Qdrant", "kind": "qdrant", "location": folder.name}
        )

    def close(self, folder):
        for key in [k for k in qdrant_backend._clients if k[1] == folder]:
            qdrant_backend._clients.pop(key).close()

    def kept_outside(self):
        """Return everything that the store has, as text."""
        client = qdrant_backend._client(self.store.location, "", 5)
        return [
            str(point.payload)
            for collection in client.get_collections().collections
            for point in client.scroll(collection.name, limit=1000)[0]
        ]
