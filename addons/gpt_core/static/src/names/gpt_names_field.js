import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The names that a prompt may use; a click puts one where the cursor is. */
export class GptNamesField extends Component {
    static template = "gpt_core.NamesField";
    static props = {...standardFieldProps};

    get names() {
        const text = this.props.record.data[this.props.name] || "";
        return text.split(" ").filter(Boolean);
    }

    get title() {
        return _t("Click to put it where the cursor is");
    }

    /**
     * @param {MouseEvent} ev a press, not a click: the prompt still has the cursor
     * @param {String} name
     */
    insert(ev, name) {
        ev.preventDefault();
        const prompt = document.activeElement;
        if (prompt && prompt.tagName === "TEXTAREA" && !prompt.readOnly) {
            prompt.setRangeText(
                name,
                prompt.selectionStart,
                prompt.selectionEnd,
                "end"
            );
            prompt.dispatchEvent(new InputEvent("input", {bubbles: true}));
        }
    }
}

registry.category("fields").add("gpt_names", {
    component: GptNamesField,
    displayName: _t("Usable names"),
    supportedTypes: ["char"],
});
