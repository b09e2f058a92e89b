import {ListController} from "@web/views/list/list_controller";
import {_t} from "@web/core/l10n/translation";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useDropzone} from "@web/core/dropzone/dropzone_hook";
import {useRef} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/**
 * A list of documents that files can be dropped on, many at once.
 */
export class DocumentListController extends ListController {
    static template = "kb_rag.DocumentListView";

    setup() {
        super.setup();
        this.http = useService("http");
        this.kbNotification = useService("notification");
        this.kbOrm = useService("orm");
        this.fileInput = useRef("fileInput");
        useDropzone(
            this.rootRef,
            (ev) => this.upload([...ev.dataTransfer.files]),
            "o_kb_rag_dropzone",
            () => this.activeActions.create
        );
    }

    chooseFiles() {
        this.fileInput.el.click();
    }

    async onFilesChosen() {
        await this.upload([...this.fileInput.el.files]);
        this.fileInput.el.value = "";
    }

    /**
     * @param {File[]} files
     */
    async upload(files) {
        if (!files.length) {
            return;
        }
        const ids = [];
        for (const file of files) {
            const id = await this.uploadOne(file);
            if (id) {
                ids.push(id);
            }
        }
        if (ids.length) {
            await this.kbOrm.call("gpt.kb.document", "action_upload", [
                ids,
                this.props.context.default_collection_id || false,
            ]);
            this.kbNotification.add(_t("%s documents are being indexed.", ids.length), {
                type: "success",
            });
        }
        await this.model.load();
    }

    /**
     * Leave a file on the server; a file that it refuses does not stop the others.
     *
     * @param {File} file
     * @returns {Number|undefined} the attachment's id
     */
    async uploadOne(file) {
        const answer = await this.http.post(
            "/web/binary/upload_attachment",
            {
                csrf_token: odoo.csrf_token,
                ufile: [file],
                model: "gpt.kb.document",
                id: 0,
            },
            "text"
        );
        const [attachment] = JSON.parse(answer);
        if (!attachment || attachment.error) {
            this.kbNotification.add(
                _t("%(name)s was not uploaded: %(why)s", {
                    name: file.name,
                    why: attachment?.error || "",
                }),
                {type: "danger", sticky: true}
            );
            return undefined;
        }
        return attachment.id;
    }
}

registry.category("views").add("kb_rag_document_list", {
    ...listView,
    Controller: DocumentListController,
});
