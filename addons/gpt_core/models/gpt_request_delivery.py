# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who gets the answer of a request that ran in a job of its own."""

from odoo import api, models


class GptRequestDelivery(models.AbstractModel):
    """Brings a request's answer to its record, or to the server action that asked.

    A request in a job of its own is its own consumer, and hands over to these.
    """

    _name = "gpt.request.delivery"
    _description = "GPT Request Delivery"

    @api.model
    def _to_ask(self, request):
        """Return what a request asks; ``None``, and it has failed, for nobody."""
        record = request._record()
        problem = self._orphaned(request, record)
        if problem:
            # What was deleted does not leave Odoo.
            request.write(
                {
                    "state": "failed",
                    "error_code": "not_applied",
                    "error_message": problem,
                    "pending_values": False,
                }
            )
            return None
        return {
            "chain": request.chain_version_id,
            "values": request.pending_values or {},
            "record": record,
            "payload": request.payload,
        }

    @api.model
    def _orphaned(self, request, record):
        """Return why nobody would get the answer, empty when somebody would.

        :param record: the record that the request is about
        """
        if request.res_model and not record:
            return self.env._("The record was deleted before anything was asked.")
        if "actions" in (request.payload or {}) and not request.action_id:
            return self.env._("The server action was deleted before it asked anything.")
        return ""

    @api.model
    def _apply(self, request):
        """Have the answer used."""
        if request.purpose == "trial":
            return  # The record is only what is talked about: it stays as it is.
        record = request._record()
        action = request.action_id
        if action and record:
            action._gpt_apply_to(record, request)
        elif record and hasattr(record, "_gpt_apply"):
            record._gpt_apply(request)

    @api.model
    def _fail(self, request):
        """Have it known that there will be no answer."""
        if request.purpose == "trial":
            return
        record = request._record()
        action = request.action_id
        if action and record:
            action._gpt_fail_on(record, request)
        elif record and hasattr(record, "_gpt_failed"):
            record._gpt_failed(request)
