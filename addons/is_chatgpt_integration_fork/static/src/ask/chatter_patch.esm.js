/* Copyright 2026 The odoo-gpt authors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Chatter} from "@mail/chatter/web_portal/chatter";
import {onWillStart} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

const GROUP = "is_chatgpt_integration_fork.group_ask";

/** What is selected on the page, or was typed into the chatter and not sent yet. */
function chosenText(thread) {
    const selected = document.getSelection()?.toString().trim();
    return selected || thread?.composer?.text?.trim() || false;
}

patch(Chatter.prototype, {
    setup() {
        super.setup(...arguments);
        this.askAction = useService("action");
        this.askOrm = useService("orm");
        this.mayAsk = false;
        onWillStart(async () => {
            this.mayAsk = await user.hasGroup(GROUP);
        });
    },

    async onClickAskAI() {
        const text = chosenText(this.state.thread);
        // The model reads what is stored: what was typed and not saved is stored first.
        const saved = await this.props.saveRecord?.();
        const {model, id} = this.state.thread;
        if (saved === false || !id) {
            return;
        }
        const action = await this.askOrm.call("gpt.ask", "action_open", [
            model,
            id,
            text,
        ]);
        await this.askAction.doAction(action, {
            onClose: () => this.onCloseFullComposerCallback(),
        });
    },
});
