/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */
import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {Field} from "@web/views/fields/field";
import {Record} from "@web/model/record";

/** Opens one field of a record that the form behind it does not show. */
export class MissingFieldDialog extends Component {
    static template = "crm_lead_enrichment.MissingFieldDialog";
    static components = {Dialog, Field, Record};
    static props = ["close", "title", "name", "resModel", "resId", "onSaved"];

    async save(record) {
        if (await record.save()) {
            this.props.close();
            await this.props.onSaved();
        }
    }
}
