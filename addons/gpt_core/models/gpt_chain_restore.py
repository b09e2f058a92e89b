# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Brings a version of a chain back as its draft."""

from odoo import Command, models


class GptChain(models.Model):
    _inherit = "gpt.chain"

    def _restore(self, version):
        """Make the draft equal to ``version``; the published one stays in force."""
        self.ensure_one()
        snapshot = version.snapshot
        # Without steps, nothing uses an input that is about to be renamed.
        self.step_ids.unlink()
        self._restore_inputs(snapshot["inputs"])
        Step = self.env["gpt.chain.step"]
        steps = [
            Command.create(Step._restored_values(step) | {"sequence": 10 * place})
            for place, step in enumerate(snapshot["steps"], 1)
        ]
        self.write(self._restored_values(snapshot) | {"step_ids": steps})
        self.draft_note = self.env._(
            "Back to version %(number)s", number=version.number
        )
        self.message_post(
            body=self.env._(
                "The draft was made equal to %(version)s.", version=version.display_name
            )
        )

    def _restored_values(self, snapshot):
        """Return the settings that a snapshot holds, as values to write."""
        Model = self.env["gpt.model"]
        temperature = snapshot.get("temperature")
        return {
            "code": snapshot["code"],
            "model_id": Model.browse(snapshot.get("model_id")).exists().id,
            "fallback_model_id": Model.browse(snapshot.get("fallback_model_id"))
            .exists()
            .id,
            "own_temperature": temperature is not None,
            "own_temperature_value": temperature or 0.0,
            "max_tokens": snapshot["max_tokens"],
            "max_chars": snapshot["max_chars"],
            "mask_pii": snapshot["mask_pii"],
        }

    def _restore_inputs(self, inputs):
        """Keep the inputs of the same name, with their translated descriptions."""
        present = {item.name: item for item in self.input_ids}
        wanted = {item["name"] for item in inputs}
        commands = [
            Command.delete(item.id)
            for name, item in present.items()
            if name not in wanted
        ]
        for place, values in enumerate(inputs, 1):
            values = {**values, "sequence": 10 * place}
            known = present.get(values["name"])
            commands.append(
                Command.update(known.id, values) if known else Command.create(values)
            )
        self.input_ids = commands


class GptChainStep(models.Model):
    _inherit = "gpt.chain.step"

    def _restored_values(self, snapshot):
        """Return a step of a snapshot as values to create it with.

        An addon that adds a field to ``_snapshot`` adds it here, too.
        """
        model = self.env["gpt.model"].browse(snapshot.get("model_id")).exists()
        temperature = snapshot.get("temperature")
        return {
            "name": snapshot["name"],
            "kind": snapshot["kind"],
            "system_prompt": snapshot["system_prompt"],
            "user_prompt": snapshot["user_prompt"],
            "model_id": model.id,
            "own_temperature": temperature is not None,
            "own_temperature_value": temperature or 0.0,
            "max_tokens": snapshot["max_tokens"],
            "max_chars": snapshot.get("max_chars", 0),
            "passages": snapshot["passages"],
            "output_ids": [
                Command.create(
                    {
                        **output,
                        "sequence": 10 * place,
                        "choices": ", ".join(output["choices"]),
                    }
                )
                for place, output in enumerate(snapshot["outputs"], 1)
            ],
        }
