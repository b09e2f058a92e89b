/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import {registry} from "@web/core/registry";

/** Offers to enrich what was just imported, and says about what it will cost. */
export const leadImport = {
    dependencies: ["action", "bus_service", "notification", "orm"],
    start(_env, {action, bus_service: bus, notification, orm}) {
        let close = null;

        async function start(batchId) {
            close();
            action.doAction(
                await orm.call("gpt.lead.batch", "action_start", [[batchId]])
            );
        }

        bus.subscribe("gpt_lead_import", ({batch_id: batchId, message, offer}) => {
            // A file is imported piece by piece; the last offer is for all of it.
            close?.();
            close = notification.add(message, {
                type: "info",
                sticky: true,
                buttons: [{name: offer, primary: true, onClick: () => start(batchId)}],
            });
        });
    },
};

registry.category("services").add("gpt_lead_import", leadImport);
