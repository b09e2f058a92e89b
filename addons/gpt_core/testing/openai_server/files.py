# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Uploaded files, kept in memory."""

import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any

from .errors import ApiError, bad_request

PURPOSES = ("assistants", "batch", "fine-tune", "user_data", "vision", "evals")


@dataclass(frozen=True)
class StoredFile:
    """A file with its content."""

    id: str
    filename: str
    purpose: str
    content: bytes
    created_at: int

    def as_dict(self) -> dict[str, Any]:
        """The file as the API shows it."""
        return {
            "id": self.id,
            "object": "file",
            "bytes": len(self.content),
            "created_at": self.created_at,
            "expires_at": None,
            "filename": self.filename,
            "purpose": self.purpose,
            "status": "processed",
            "status_details": None,
        }


class FileStore:
    """Files by id, in order of creation."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: dict[str, StoredFile] = {}

    def add(self, filename: str, purpose: str, content: bytes) -> StoredFile:
        """Keep a file; raises the API's 400 for what it would refuse."""
        if not content:
            raise bad_request("The file is empty.", "file", "invalid_file")
        if purpose == "fine-tune" and not filename.lower().endswith(".jsonl"):
            raise bad_request(
                "Invalid file format for Fine-Tuning API. Must be .jsonl",
                "file",
                "invalid_file",
            )
        return self.add_result(filename, purpose, content)

    def add_result(self, filename: str, purpose: str, content: bytes) -> StoredFile:
        """Keep a file that the server itself made."""
        stored = StoredFile(
            id=f"file-{secrets.token_hex(12)}",
            filename=filename,
            purpose=purpose,
            content=content,
            created_at=int(time.time()),
        )
        with self._lock:
            self._files[stored.id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile:
        """A file; raises the API's 404 when there is none."""
        with self._lock:
            found = self._files.get(file_id)
        if found is None:
            raise ApiError(404, f"No such File object: {file_id}", param="id")
        return found

    def delete(self, file_id: str) -> None:
        """Forget a file; raises the API's 404 when there is none."""
        self.get(file_id)
        with self._lock:
            self._files.pop(file_id, None)

    def listing(self, purpose: str | None = None) -> list[StoredFile]:
        """The files of a purpose, or all, the newest first."""
        with self._lock:
            found = list(self._files.values())
        return [f for f in reversed(found) if purpose in (None, f.purpose)]
