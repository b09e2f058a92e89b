# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest

from odoo.addons.kb_rag.engine.store_call import StoreError, secrets_of, store_call

KEY = "store-key-1234567890"


@pytest.mark.parametrize(
    ("address", "secrets"),
    [
        ("/var/lib/qdrant", []),
        ("https://qdrant.example:6333", []),
        ("postgresql+psycopg://me@db.example/vectors?port=5433", []),
        ("postgresql+psycopg://me:hunter2@db.example/vectors", ["hunter2"]),
        ("postgresql+psycopg://me:a%2Fb@db.example/v", ["a%2Fb", "a/b"]),
        ("postgresql+psycopg://me:a/b@c@db.example/v", ["a/b@c"]),
        ("postgresql+psycopg://db.example/v?password=hunter2", ["hunter2"]),
        ("https://qdrant.example?api_key=abc&tls=1", ["abc"]),
    ],
)
def test_secrets_of_an_address(address: str, secrets: list[str]) -> None:
    assert list(dict.fromkeys(secrets_of(address))) == secrets


@pytest.mark.parametrize("kind", [ValueError, StoreError, OSError])
def test_no_error_shows_a_secret(kind: type[Exception]) -> None:
    with pytest.raises(StoreError) as caught, store_call([KEY]):
        raise kind(f"refused: {KEY} is wrong")
    assert "refused" in str(caught.value)
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__, "nor does a log"


def test_what_goes_well() -> None:
    with store_call([KEY]):
        done = True
    assert done
