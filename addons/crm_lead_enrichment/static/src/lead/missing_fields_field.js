/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import {Component, useRef} from "@odoo/owl";
import {MissingFieldDialog} from "./missing_field_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const FOCUSABLE = "input, textarea, select, [contenteditable='true']";
const TABS = ".o_notebook .nav-link";

function nextFrame() {
    return new Promise((resolve) => setTimeout(resolve, 100));
}

/**
 * Shows the missing data by their labels. In a form, a click leads to the field; one
 * that the form does not show is opened in place.
 */
export class MissingFieldsField extends Component {
    static template = "crm_lead_enrichment.MissingFieldsField";
    static props = {...standardFieldProps};

    setup() {
        this.root = useRef("root");
        this.dialog = useService("dialog");
    }

    get items() {
        return this.props.record.data.gpt_missing_labels || [];
    }

    get isInForm() {
        return this.env.config?.viewType === "form";
    }

    async goTo(item) {
        const form = this.root.el.closest(".o_form_view");
        const target =
            this.visible(form, item.name) || (await this.inTabs(form, item.name));
        if (target) {
            target.scrollIntoView({block: "center"});
            (target.querySelector(FOCUSABLE) || target).focus();
        } else {
            await this.open(item);
        }
    }

    /** It may be in a tab that is not open; if it is in none, the tab stays. */
    async inTabs(form, name) {
        const opened = form.querySelector(`${TABS}.active`);
        for (const tab of form.querySelectorAll(`${TABS}:not(.active)`)) {
            tab.click();
            await nextFrame();
            const target = this.visible(form, name);
            if (target) {
                return target;
            }
        }
        opened?.click();
        return null;
    }

    async open(item) {
        const {record} = this.props;
        // What was typed so far is kept, as with any button of a form.
        if (!(await record.save())) {
            return;
        }
        this.dialog.add(MissingFieldDialog, {
            title: item.label,
            name: item.name,
            resModel: record.resModel,
            resId: record.resId,
            onSaved: () => record.load(),
        });
    }

    visible(form, name) {
        const found = form.querySelectorAll(`.o_field_widget[name="${name}"]`);
        return [...found].find((element) => element.offsetParent !== null);
    }
}

export const missingFieldsField = {
    component: MissingFieldsField,
    displayName: _t("Missing Data"),
    supportedTypes: ["char"],
    fieldDependencies: [{name: "gpt_missing_labels", type: "json"}],
};

registry.category("fields").add("gpt_missing_fields", missingFieldsField);
