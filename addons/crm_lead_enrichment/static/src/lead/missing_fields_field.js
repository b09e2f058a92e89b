/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const FOCUSABLE = "input, textarea, select, [contenteditable='true']";

function nextFrame() {
    return new Promise((resolve) => setTimeout(resolve, 100));
}

/** Shows the missing data by their labels; in a form, a click leads to the field. */
export class MissingFieldsField extends Component {
    static template = "crm_lead_enrichment.MissingFieldsField";
    static props = {...standardFieldProps};

    setup() {
        this.root = useRef("root");
    }

    get items() {
        return this.props.record.data.gpt_missing_labels || [];
    }

    get isInForm() {
        return this.env.config?.viewType === "form";
    }

    async goTo(name) {
        const form = this.root.el.closest(".o_form_view");
        let target = this.visible(form, name);
        if (!target) {
            // It may be in a tab that is not open.
            for (const tab of form.querySelectorAll(
                ".o_notebook .nav-link:not(.active)"
            )) {
                tab.click();
                await nextFrame();
                target = this.visible(form, name);
                if (target) {
                    break;
                }
            }
        }
        if (target) {
            target.scrollIntoView({block: "center"});
            (target.querySelector(FOCUSABLE) || target).focus();
        }
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
