# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A binary field that is filled from a file, whatever its size.

Odoo has the whole content in memory when it writes an attachment. Here it is copied
into the filestore instead, as Odoo would have named it there.
"""

import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager

from odoo import models

_BLOCK = 1 << 20


def attach_file(record, field_name, file, name, mimetype):
    """Fill a binary field of a record, with ``attachment=True``, from an open file.

    :param name: of the attachment
    """
    # sudo: ir.attachment - the field's own, written by whoever may write the field
    attachments = record.env["ir.attachment"].sudo()
    attachments.search(
        [
            ("res_model", "=", record._name),
            ("res_field", "=", field_name),
            ("res_id", "=", record.id),
        ]
    ).unlink()
    attachment = attachments.create(
        {
            "name": name,
            "res_model": record._name,
            "res_field": field_name,
            "res_id": record.id,
            "type": "binary",
            "mimetype": mimetype,
        }
    )
    file.seek(0)
    if attachments._storage() == "file":
        _store(attachment, file)
    else:
        attachment.raw = file.read()
    record.invalidate_recordset([field_name])
    return attachment


def _store(attachment, file):
    digest, size = hashlib.sha1(), 0
    while block := file.read(_BLOCK):
        digest.update(block)
        size += len(block)
    checksum = digest.hexdigest()
    store_fname = f"{checksum[:2]}/{checksum}"
    # Past its own write(), which takes these from a content in memory. The row comes
    # first: it keeps the file from being collected until the transaction ends.
    models.BaseModel.write(
        attachment,
        {"store_fname": store_fname, "checksum": checksum, "file_size": size},
    )
    attachment.flush_recordset()
    path = attachment._full_path(store_fname)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if not os.path.exists(path):
        file.seek(0)
        with tempfile.NamedTemporaryFile(
            dir=os.path.dirname(path), delete=False
        ) as copy:
            shutil.copyfileobj(file, copy, _BLOCK)
        os.chmod(copy.name, 0o644)
        os.replace(copy.name, path)
    attachment._mark_for_gc(store_fname)


@contextmanager
def attached_file(record, field_name):
    """Open what a binary field holds, to be read in pieces; ``None`` if it is empty."""
    # sudo: ir.attachment - the field's own, read by whoever may read the field
    attachment = (
        record.env["ir.attachment"]
        .sudo()
        .search(
            [
                ("res_model", "=", record._name),
                ("res_field", "=", field_name),
                ("res_id", "=", record.id),
            ],
            limit=1,
        )
    )
    if not attachment:
        yield None
    elif attachment.store_fname:
        with open(attachment._full_path(attachment.store_fname), "rb") as file:
            yield file
    else:
        with tempfile.TemporaryFile() as file:
            file.write(attachment.raw or b"")
            file.seek(0)
            yield file
