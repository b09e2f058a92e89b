# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Errors with the bodies and headers of the real API."""

from collections.abc import Mapping
from typing import Any

INVALID_REQUEST = "invalid_request_error"


class ApiError(Exception):
    """An answer other than 200: HTTP status, error body and extra headers."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = INVALID_REQUEST,
        param: str | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.kind = kind
        self.param = param
        self.code = code
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        """The JSON body: ``{"error": {message, type, param, code}}``."""
        return {
            "error": {
                "message": self.message,
                "type": self.kind,
                "param": self.param,
                "code": self.code,
            }
        }


def bad_request(message: str, param: str | None, code: str | None) -> ApiError:
    """A 400 for a parameter that the API refuses."""
    return ApiError(400, message, param=param, code=code)


def missing_parameter(name: str) -> ApiError:
    """A 400 for a parameter that must be there."""
    return bad_request(
        f"Missing required parameter: '{name}'.", name, "missing_required_parameter"
    )


def missing_key() -> ApiError:
    """A 401 for a request without a bearer key."""
    return ApiError(
        401,
        "You didn't provide an API key. You need to provide your API key in an "
        "Authorization header using Bearer auth (i.e. Authorization: Bearer "
        "YOUR_KEY).",
    )


def incorrect_key(key: str) -> ApiError:
    """A 401 for a key that is not known; like the API it shows the key's ends."""
    shown = (
        f"{key[:4]}{'*' * max(len(key) - 8, 4)}{key[-4:]}" if len(key) > 8 else "****"
    )
    return ApiError(
        401,
        f"Incorrect API key provided: {shown}. You can find your API key at "
        "https://platform.openai.com/account/api-keys.",
        code="invalid_api_key",
    )


def unknown_model(name: str) -> ApiError:
    """A 404 for a model that is not in the catalogue."""
    return ApiError(
        404,
        f"The model `{name}` does not exist or you do not have access to it.",
        code="model_not_found",
    )


def unknown_url(method: str, path: str) -> ApiError:
    """A 404 for an endpoint that this server does not have."""
    return ApiError(
        404,
        f"Invalid URL ({method} {path})",
        code="unknown_url",
    )


def context_too_long(param: str) -> ApiError:
    """A 400 for an input larger than the model's context window."""
    return bad_request(
        "Your input exceeds the context window of this model. Please adjust your "
        "input and try again.",
        param,
        "context_length_exceeded",
    )
