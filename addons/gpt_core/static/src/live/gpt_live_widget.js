import {Component, onWillUnmount, useEffect} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const EVERY_MS = 1500;

/** Reads the record again while a job works for it: `is_running` says whether one does. */
export class GptLiveWidget extends Component {
    static template = "gpt_core.LiveWidget";
    static props = {...standardWidgetProps};

    setup() {
        this.timer = null;
        useEffect(
            (running) => {
                if (running) {
                    this.wait();
                }
                return () => this.stop();
            },
            () => [this.isRunning]
        );
        onWillUnmount(() => this.stop());
    }

    get isRunning() {
        return Boolean(this.props.record.data.is_running);
    }

    wait() {
        this.stop();
        this.timer = setTimeout(() => this.refresh(), EVERY_MS);
    }

    stop() {
        clearTimeout(this.timer);
        this.timer = null;
    }

    async refresh() {
        // What somebody types meanwhile is not thrown away.
        if (!document.hidden && !(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
        if (this.isRunning && this.timer !== null) {
            this.wait();
        }
    }
}

registry.category("view_widgets").add("gpt_live", {component: GptLiveWidget});
