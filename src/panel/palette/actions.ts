import { CONNECTION_GROUPINGS } from "../../model/settings.ts";
import { commandKey } from "../controls/command-key.ts";
import { showHidden } from "../connections/hidden-line.tsx";
import { undoClear } from "../frames/undo-clear.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { openFilterButton } from "../filter/open-filter-button.ts";
import { liftNetworkRules, turnOffMessageRules } from "../rules/end-rules.ts";
import { importsOf } from "../import/import-store.ts";
import { countPlaces } from "../state/place-ranges.ts";
import { tourOf } from "../welcome/tour-store.ts";
import type { Action, ActionGroup, PlainName } from "./action.ts";
import { columnActions } from "./column-actions.ts";
import { filterActions, viewActions } from "./filter-actions.ts";
import { connectionMenuActions, rowMenuActions } from "./menu-actions.ts";
import { settingActions } from "./setting-actions.ts";
import { timelineActions } from "./timeline-actions.ts";

/** An action, where it makes sense. */
const when = (holds: boolean, action: Action): readonly Action[] => (holds ? [action] : []);

const recordActions: ActionGroup = ({ session, speaker: { words } }) => {
  const { capture } = session;
  const { state } = session.captureState.getState();
  const canChooseTab = session.abilities.getState().includes("choose tab");
  return [
    ...when(state === "capturing", { id: "pause", name: words("palette.pause"), run: () => capture.pause() }),
    ...when(state === "paused" || state === "stopped", { id: "resume", name: words("palette.resume"), run: () => capture.resume() }),
    ...when(state !== "kept", { id: "clear", name: words("palette.clear"), run: () => session.clear() }),
    ...when((session.counts.getState().changed?.cleared ?? null) !== null, { id: "undo clear", name: words("palette.undo-clear"), run: () => undoClear(session) }),
    ...when(state !== "kept", { id: "reload", name: words("palette.reload"), run: () => capture.reloadPage() }),
    ...when(canChooseTab, { id: "tab", name: words("palette.choose-tab"), run: () => session.tabs.setOpen(true) }),
    { id: "import", name: words("palette.import"), run: () => importsOf(session).choose() },
    ...when(importsOf(session).store.getState().running !== null, { id: "cancel import", name: words("import.cancel"), run: () => importsOf(session).cancel() }),
    { id: "captures", name: words("palette.captures"), run: () => session.captures.open() },
  ];
};

/** What goes back to the page. */
const liveActions: ActionGroup = ({ session, speaker: { words } }) => {
  const { sending, areRulesOpen, abilities, rules, messageRules } = session;
  if (!abilities.getState().includes("send")) return [];
  return [
    ...when(rules.getState().length > 0, { id: "lift rules", name: words("palette.lift-rules"), run: () => liftNetworkRules(session) }),
    ...when(messageRules.getState().on.length > 0, { id: "rules off", name: words("palette.rules-off"), run: () => turnOffMessageRules(session) }),
    { id: "send", name: words("palette.send"), run: () => sending.open(null) },
    { id: "connect", name: words("live.connect"), run: () => sending.openToConnect(null) },
    { id: "rules", name: words(areRulesOpen.getState() ? "palette.hide-rules" : "palette.show-rules"), run: () => areRulesOpen.setState(!areRulesOpen.getState(), true) },
  ];
};

const rowActions: ActionGroup = ({ session, speaker: { words }, focusFilter }) => {
  const { scope, filters, selection, find, inspector, connections, settings } = session;
  const { text, connection, sent, received, sort } = scope.store.getState();
  const selected = countPlaces(selection.store.getState().ranges);
  const { hidesEnded, ended, groupBy, list: { hidden } } = connections.store.getState();
  const hasFilter = text !== "" || filters.store.getState().saved.some(({ isOn }) => isOn);
  const clearFilter = (): void => {
    scope.setFilter("");
    filters.allOff();
  };
  return [
    { id: "filter", name: words("palette.filter"), hint: "/", run: focusFilter },
    { id: "find", name: words("palette.find"), hint: commandKey("F"), run: () => find.open() },
    ...when(hasFilter, { id: "no filter", name: words("palette.no-filter"), run: clearFilter }),
    ...when(text !== "", { id: "save filter", name: words("filter.save"), hint: text, run: () => keepFilter(session, () => filters.save(text, text)) }),
    ...when(text !== "" && filters.canHighlight, { id: "highlight filter", name: words("palette.highlight"), hint: text, run: () => keepFilter(session, () => filters.highlight(text)) }),
    ...when(connection !== null, { id: "all connections", name: words("palette.all-connections"), run: () => session.chooseConnection(null, false) }),
    { id: "sent", name: words(sent ? "palette.hide-sent" : "palette.show-sent"), run: () => scope.toggle("sent") },
    { id: "received", name: words(received ? "palette.hide-received" : "palette.show-received"), run: () => scope.toggle("received") },
    ...when(ended > 0, { id: "ended", name: words(hidesEnded ? "palette.show-ended" : "palette.hide-ended"), run: () => connections.hideEnded(!hidesEnded) }),
    ...when(hidden !== undefined, { id: "show hidden", name: words("menu.show-hidden"), run: () => showHidden(session) }),
    ...when(session.silent.getState() === "perhaps", { id: "find silent", name: words("connections.find-silent"), run: () => session.capture.findSilentSockets() }),
    ...CONNECTION_GROUPINGS.filter((one) => one !== groupBy).map((one) => ({ id: `group by ${one}`, name: words(`palette.group-by-${one}`), run: () => settings.change({ groupConnections: one }) })),
    ...when(sort === null, { id: "newest", name: words("palette.newest"), hint: "End", run: () => session.followEnd() }),
    ...when(selected > 0, { id: "inspect", name: words("palette.inspect"), hint: "Enter", run: () => inspector.open() }),
    { id: "findings", name: words("palette.findings"), run: () => openFindings(session) },
    { id: "connections", name: words("palette.connections"), run: goToConnections },
    { id: "filter examples", name: words("filter.examples"), run: () => openFilterButton("help") },
    ...when(session.faults.store.getState().faults.length > 0, { id: "copy report", name: words("palette.copy-report"), run: () => session.copyFaults() }),
    { id: "shortcuts", name: words("palette.shortcuts"), hint: "?", run: () => session.palette.show("shortcuts") },
    { id: "tour", name: words("welcome.tour"), run: () => tourOf(session).begin(session.palette.store.getState().from) },
  ];
};

/** As its button does: it is a chip or a colour from now on, and the box is empty. */
function keepFilter({ scope, filters }: PanelSession, keep: () => void): void {
  filters.used(scope.store.getState().text);
  keep();
  scope.setFilter("");
}

/** In a narrow panel they open from a button. */
function goToConnections(): void {
  const button = document.querySelector<HTMLElement>(".connections-trigger");
  if (button === null) document.querySelector<HTMLElement>(".connections-list")?.focus();
  else button.click();
}

function openFindings({ inspector }: PanelSession): void {
  inspector.setTab("Findings");
  inspector.open();
}

/** All that is shown, or all there is, in each form that there is: of the rows selected and the connection chosen, their menus have it. */
const exportActions = (scope: "shown" | "all"): ActionGroup => ({ session: { exports }, speaker: { words } }) =>
  exports.forms.store.getState().map(({ format, name, sensitive }) => ({
    id: `export ${scope} ${format} ${String(sensitive)}`,
    name: words(sensitive === true ? "palette.export-sensitive" : "palette.export", { name }),
    run: () => void exports.run({ format, sensitive: sensitive === true, scope }),
  }));

/** What became of the last one: as in the status bar. */
const exportStateActions: ActionGroup = ({ session: { exports }, speaker: { words } }) => {
  const { state } = exports.store.getState();
  return [
    ...when(state === "writing", { id: "cancel export", name: words("status.export-cancel"), run: () => exports.cancel() }),
    ...when(state === "saved" || state === "failed", { id: "dismiss export", name: words("palette.dismiss-export"), run: () => exports.dismiss() }),
  ];
};

/** All that one can do, under its headings. */
export const ACTION_GROUPS: readonly { readonly name: PlainName | "timeline.name"; readonly actions: ActionGroup }[] = [
  { name: "palette.group-rows", actions: rowActions },
  { name: "palette.group-columns", actions: columnActions },
  { name: "palette.group-views", actions: viewActions },
  { name: "timeline.name", actions: timelineActions },
  { name: "palette.group-filters", actions: filterActions },
  { name: "palette.group-live", actions: liveActions },
  { name: "palette.group-recording", actions: recordActions },
  { name: "palette.group-settings", actions: settingActions },
  { name: "palette.group-export", actions: (parts) => [...exportStateActions(parts), ...exportActions("shown")(parts)] },
  { name: "palette.group-export-all", actions: exportActions("all") },
  { name: "palette.group-row", actions: rowMenuActions },
  { name: "palette.group-connection", actions: connectionMenuActions },
];
