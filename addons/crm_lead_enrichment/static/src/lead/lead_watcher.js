/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import {registry} from "@web/core/registry";

const SECONDS = 2;

/**
 * Looks how far the enrichment of the leads on the screen is, with one request for all
 * of them, and only while one of them is under way and the page is looked at.
 */
export const leadWatcher = {
    dependencies: ["orm"],
    start(_env, {orm}) {
        const watched = new Set();
        let timer = null;

        async function look() {
            timer = null;
            if (!document.hidden) {
                await ask();
            }
            plan();
        }

        async function ask() {
            const ids = [...new Set([...watched].map((item) => item.id))];
            let states;
            try {
                states = await orm.silent.call("crm.lead", "gpt_states", [ids]);
            } catch {
                // The server is away: it is asked again later.
                return;
            }
            for (const item of [...watched]) {
                const [state] = states[item.id] || [];
                if (state !== undefined && state !== item.state) {
                    item.state = state;
                    item.onChange(state);
                }
            }
        }

        function plan() {
            if (watched.size && timer === null) {
                timer = setTimeout(look, SECONDS * 1000);
            }
        }

        return {
            /**
             * @param {Number} id of the lead
             * @param {String} state that is shown now
             * @param {Function} onChange is called with the new state
             * @returns {Function} that ends it
             */
            watch(id, state, onChange) {
                const item = {id, state, onChange};
                watched.add(item);
                plan();
                return () => watched.delete(item);
            },
        };
    },
};

registry.category("services").add("gpt_lead_watcher", leadWatcher);
