/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import {Component, status, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const UNDER_WAY = ["queued", "running"];
const COLOURS = {
    queued: "text-bg-secondary",
    running: "text-bg-info",
    done: "text-bg-success",
    failed: "text-bg-danger",
    limited: "text-bg-warning",
    held: "text-bg-warning",
};

/**
 * Shows how far the enrichment of a lead is, and keeps what is shown up to date. What a
 * person is editing is never reloaded meanwhile.
 */
export class LeadStateField extends Component {
    static template = "crm_lead_enrichment.LeadStateField";
    static props = {...standardFieldProps};

    setup() {
        this.watcher = useService("gpt_lead_watcher");
        this.local = useState({newer: null});
        useEffect(
            (id, state) => {
                this.local.newer = null;
                if (id && UNDER_WAY.includes(state)) {
                    return this.watcher.watch(id, state, (now) => this.onChange(now));
                }
            },
            () => [this.props.record.resId, this.value]
        );
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get shown() {
        return this.local.newer || this.value;
    }

    get isUnderWay() {
        return UNDER_WAY.includes(this.shown);
    }

    get label() {
        const options = this.props.record.fields[this.props.name].selection;
        const option = options.find(([key]) => key === this.shown);
        return option ? option[1] : "";
    }

    get colour() {
        return COLOURS[this.shown] || "text-bg-light";
    }

    get title() {
        const isEnded = this.local.newer && !this.isUnderWay;
        return isEnded ? _t("Save or discard your changes to see it.") : "";
    }

    async onChange(state) {
        const {record} = this.props;
        if (await record.isDirty()) {
            this.local.newer = state;
            return;
        }
        await record.load();
        if (status(this) !== "destroyed") {
            this.refreshChatter();
        }
    }

    refreshChatter() {
        const store = this.env.services["mail.store"];
        const where = {model: "crm.lead", id: this.props.record.resId};
        const thread =
            store?.Thread?.get?.(where) ?? store?.["mail.thread"]?.get?.(where);
        thread?.fetchNewMessages?.();
    }
}

export const leadStateField = {
    component: LeadStateField,
    displayName: _t("Lead Enrichment"),
    supportedTypes: ["selection"],
};

registry.category("fields").add("gpt_lead_state", leadStateField);
