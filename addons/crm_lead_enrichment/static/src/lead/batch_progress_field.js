/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import {Component, onWillUnmount, useEffect} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const SECONDS = 2;

/** Shows how far a batch is, as long as it is under way. */
export class BatchProgressField extends Component {
    static template = "crm_lead_enrichment.BatchProgressField";
    static props = {...standardFieldProps};

    setup() {
        this.timer = null;
        useEffect(
            (isRunning) => {
                if (isRunning) {
                    this.plan();
                }
            },
            () => [this.props.record.data.is_running]
        );
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get percent() {
        return Math.min(Math.round(this.props.record.data[this.props.name]), 100);
    }

    plan() {
        this.timer = setTimeout(async () => {
            if (!document.hidden) {
                await this.props.record.load();
            }
            if (this.props.record.data.is_running) {
                this.plan();
            }
        }, SECONDS * 1000);
    }
}

export const batchProgressField = {
    component: BatchProgressField,
    displayName: _t("Progress"),
    supportedTypes: ["float"],
    fieldDependencies: [{name: "is_running", type: "boolean"}],
};

registry.category("fields").add("gpt_lead_batch_progress", batchProgressField);
