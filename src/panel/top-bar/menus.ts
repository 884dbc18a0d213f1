/** What opens over the screen, with the parts of radix that it needs: one chunk, loaded after the first paint. */
export { ConnectionsMenu } from "../connections/connections-menu.tsx";
export { ContextMenu } from "../context-menu/context-menu.tsx";
export { FilterKeep } from "../filter/filter-keep.tsx";
export { FilterHelp } from "../filter/filter-help.tsx";
export { ExportMenu } from "./export-menu.tsx";
export { SettingsButton } from "./settings-button.tsx";
