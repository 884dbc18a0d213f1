/** What opens over the screen, with the parts of radix that it needs: one chunk, loaded after the first paint. */
export { CapturesDialog } from "../captures/captures-dialog.tsx";
export { ExportQuestions } from "../export/export-questions.tsx";
export { OfferBar } from "../captures/offer-bar.tsx";
export { WorkerBar } from "../workers/worker-bar.tsx";
export { ConnectionsMenu } from "../connections/connections-menu.tsx";
export { ContextMenu } from "../context-menu/context-menu.tsx";
export { FindBar } from "../find/find-bar.tsx";
export { FilterButtons } from "../filter/filter-buttons.tsx";
export { LateStatus } from "../status-bar/late-status.tsx";
export { RulesPane } from "../rules/rules-pane.tsx";
export { SendDrawer } from "../send/send-drawer.tsx";
export { ImportButton } from "../import/import-button.tsx";
export { ExportMenu } from "./export-menu.tsx";
export { SettingsButton } from "../settings/settings-button.tsx";
export { Tour } from "../welcome/tour.tsx";
export { TabsMenu } from "./tabs-menu.tsx";
