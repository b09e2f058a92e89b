/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component, onMounted, onWillUnmount, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const PAUSE = 1000;

/**
 * A boolean field that keeps its form up to date while it is true: it asks the record
 * for news (`action_refresh`) and loads it again.
 */
export class PreflightProgress extends Component {
    static template = xml`
        <i t-if="isRunning" class="fa fa-spinner fa-spin" role="img" aria-hidden="true"/>
    `;
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.isGone = false;
        onMounted(() => this.follow());
        onWillUnmount(() => {
            this.isGone = true;
            clearTimeout(this.timer);
        });
    }

    get isRunning() {
        return this.props.record.data[this.props.name];
    }

    async follow() {
        const {record} = this.props;
        if (this.isGone || !this.isRunning || !record.resId) {
            return;
        }
        await this.orm.silent.call(record.resModel, "action_refresh", [[record.resId]]);
        if (!this.isGone) {
            await record.load();
            this.timer = setTimeout(() => this.follow(), PAUSE);
        }
    }
}

registry.category("fields").add("gpt_preflight_progress", {
    component: PreflightProgress,
    supportedTypes: ["boolean"],
});
