/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const summary = {
    channel_types: ["channel", "chat", "group"],
    help: _t("Sum up what you missed here; only you will see it"),
    methodName: "execute_command_summary",
};

registry
    .category("discuss.channel_commands")
    .add("ai", {
        channel_types: ["channel", "chat", "group"],
        help: _t("Ask the AI a question; only you will see the answer"),
        methodName: "execute_command_ai",
    })
    .add("resumen", summary)
    .add("summary", summary);
