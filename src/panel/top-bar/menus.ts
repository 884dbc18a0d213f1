/** What opens over the screen, with the parts of radix that it needs: one chunk, loaded after the first paint. */
export { CapturesDialog } from "../captures/captures-dialog.tsx";
export { ConnectionsMenu } from "../connections/connections-menu.tsx";
export { ContextMenu } from "../context-menu/context-menu.tsx";
export { FilterButtons } from "../filter/filter-buttons.tsx";
export { ExportMenu } from "./export-menu.tsx";
export { SettingsButton } from "./settings-button.tsx";
export { TabsMenu } from "./tabs-menu.tsx";
