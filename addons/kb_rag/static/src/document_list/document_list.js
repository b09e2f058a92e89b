import {ListController} from "@web/views/list/list_controller";
import {_t} from "@web/core/l10n/translation";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {useDropzone} from "@web/core/dropzone/dropzone_hook";
import {useRef} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

const MEGABYTE = 1024 * 1024;
// Odoo's own, where the session does not say.
const DEFAULT_MAX_FILE_SIZE = 128 * MEGABYTE;

/**
 * A list of documents that files can be dropped on, many at once.
 */
export class DocumentListController extends ListController {
    static template = "kb_rag.DocumentListView";

    setup() {
        super.setup();
        this.http = useService("http");
        this.kbAction = useService("action");
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
     * Upload the files one by one, then ask for their collection, unless they were
     * dropped on one.
     *
     * @param {File[]} files
     */
    async upload(files) {
        const fitting = files.filter((file) => this.fits(file));
        if (!fitting.length) {
            return;
        }
        const collectionId = this.props.context.default_collection_id || false;
        const [uploadId] = await this.kbOrm.create("gpt.kb.upload", [
            {collection_id: collectionId},
        ]);
        let count = 0;
        for (const file of fitting) {
            if (await this.uploadOne(file, uploadId)) {
                count++;
            }
        }
        if (!count) {
            return;
        }
        const method = collectionId ? "action_confirm" : "action_open";
        const action = await this.kbOrm.call("gpt.kb.upload", method, [[uploadId]]);
        await this.kbAction.doAction(action, {onClose: () => this.model.load()});
        await this.model.load();
    }

    /**
     * @param {File} file
     * @returns {Boolean} whether the server takes a file of this size; else it is said
     */
    fits(file) {
        const limit = session.max_file_upload_size || DEFAULT_MAX_FILE_SIZE;
        if (file.size <= limit) {
            return true;
        }
        this.refuse(
            file,
            _t("it has %(size)s MB, and the server takes %(limit)s MB at most.", {
                size: Math.ceil(file.size / MEGABYTE),
                limit: Math.floor(limit / MEGABYTE),
            })
        );
        return false;
    }

    /**
     * Leave a file on the server; a file that it refuses does not stop the others.
     *
     * @param {File} file
     * @param {Number} uploadId the record that the file is attached to
     * @returns {Boolean} whether it is there
     */
    async uploadOne(file, uploadId) {
        try {
            const answer = await this.http.post(
                "/web/binary/upload_attachment",
                {
                    csrf_token: odoo.csrf_token,
                    ufile: [file],
                    model: "gpt.kb.upload",
                    id: uploadId,
                },
                "text"
            );
            const [attachment] = JSON.parse(answer);
            if (attachment && !attachment.error) {
                return true;
            }
            this.refuse(file, attachment?.error || "");
        } catch {
            // A page that says why, of Odoo or of a proxy before it, instead of an answer.
            this.refuse(file, _t("the server did not take it. It may be too large."));
        }
        return false;
    }

    refuse(file, why) {
        this.kbNotification.add(
            _t("%(name)s was not uploaded: %(why)s", {name: file.name, why}),
            {type: "danger", sticky: true}
        );
    }
}

registry.category("views").add("kb_rag_document_list", {
    ...listView,
    Controller: DocumentListController,
});
