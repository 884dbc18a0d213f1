import { createStore, type StoreApi } from "zustand/vanilla";
import type { Ability, CaptureState } from "../../contract/capturing.ts";
import type { Changed } from "../../contract/changed.ts";
import type { Faults } from "../../model/faults.ts";
import { say, type Said, type Told } from "../../model/said.ts";
import { readSettings, SETTINGS_KEY, type Settings } from "../../model/settings.ts";
import type { SilentSockets } from "../../model/connection.ts";
import type { MessageRule } from "../../model/message-rule.ts";
import { NO_RULES, type RulesInForce } from "../../model/rules-in-force.ts";
import type { RuleInForce } from "../../model/network-rule.ts";
import type { UncertainWorker } from "../../model/shared-worker.ts";
import type { ConnectionId, FrameIndex } from "../../model/units.ts";
import type { CaptureClient } from "../capture-client.ts";
import type { EngineClient } from "../engine-client.ts";
import { firstRows } from "../first-rows.ts";
import { CapturesStore } from "./captures-store.ts";
import { ClipboardStore } from "./clipboard-store.ts";
import { readColumnLayout, shownPaths, type ColumnLayout } from "./column-layout.ts";
import { ConnectionsStore } from "./connections-store.ts";
import { copied } from "./copy-words.ts";
import type { DecodersStore } from "./decoders-store.ts";
import { ExportStore, type SaveFile } from "./export-store.ts";
import { FaultsStore } from "./faults-store.ts";
import { FiltersStore } from "./filters-store.ts";
import { FindStore } from "./find-store.ts";
import { FramesStore } from "./frames-store.ts";
import { Happenings } from "./happenings.ts";
import { InspectorStore } from "./inspector-store.ts";
import { combineFilters } from "./kept-filters.ts";
import { COLUMNS_KEY, PANE_SIZES_KEY } from "./kept-keys.ts";
import { KeptStore, type StorageArea } from "./kept-store.ts";
import { readPaneSizes, type PaneSizes } from "./pane-sizes.ts";
import { MenuStore, type MenuTarget } from "./menu-store.ts";
import { PaletteStore } from "./palette-store.ts";
import { PlaceKeeper } from "./place-keeper.ts";
import { countPlaces } from "./place-ranges.ts";
import { RefusalStore } from "./refusal-store.ts";
import { ScopeStore, type ScopeState } from "./scope-store.ts";
import { SelectionStore } from "./selection-store.ts";
import { SendingStore } from "./sending-store.ts";
import { SummaryStore } from "./summary-store.ts";
import { TabsStore } from "./tabs-store.ts";

export interface SessionParts {
  readonly engine: EngineClient;
  readonly capture: CaptureClient;
  /** What outlives the panel: chrome.storage.local. */
  readonly area: StorageArea;
  readonly saveFile: SaveFile;
  readonly writeClipboard: (text: string) => Promise<void>;
  /** Shows a kept capture in a page of its own. */
  readonly openCapture: (id: string) => Promise<unknown>;
  /** Bugs that show in this view. */
  readonly faults: Faults;
}

const isOtherScope = (now: ScopeState, before: ScopeState): boolean =>
  now.text !== before.text || now.connection !== before.connection || now.sent !== before.sent || now.received !== before.received;

/** Resolves once the store is as asked. */
function until<State>(store: StoreApi<State>, isSo: (state: State) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isSo(store.getState())) return resolve();
    const stop = store.subscribe((state) => {
      if (!isSo(state)) return;
      stop();
      resolve();
    });
  });
}

export interface CountsState {
  /** Null until the engine spoke. */
  readonly changed: Changed | null;
}

/** Everything that one panel shows, over one pair of wires. Owns its clients: `end` ends all. */
export class PanelSession {
  readonly engine: EngineClient;
  readonly capture: CaptureClient;
  readonly area: StorageArea;
  readonly captureState: StoreApi<CaptureState> = createStore<CaptureState>(() => ({ state: "starting" }));
  readonly silent: StoreApi<SilentSockets> = createStore<SilentSockets>(() => "none");
  /** Whether the page opens tabs that are not captured. */
  readonly opensTabs: StoreApi<boolean> = createStore<boolean>(() => false);
  readonly abilities: StoreApi<readonly Ability[]> = createStore<readonly Ability[]>(() => []);
  /** Shared workers that run, of which it is not known whether the tab uses them. */
  readonly uncertainWorkers: StoreApi<readonly UncertainWorker[]> = createStore<readonly UncertainWorker[]>(() => []);
  /** What Chrome does to connections for the user. */
  readonly rules: StoreApi<readonly RuleInForce[]> = createStore<readonly RuleInForce[]>(() => []);
  /** What is done to messages for the user. */
  readonly messageRules: StoreApi<RulesInForce> = createStore<RulesInForce>(() => NO_RULES);
  readonly counts: StoreApi<CountsState> = createStore<CountsState>(() => ({ changed: null }));
  /** The same for who draws it: set with the rows that it tells of, as a frame of its own would cost as much as theirs. */
  readonly drawnCounts: StoreApi<CountsState> = createStore<CountsState>(() => ({ changed: null }));
  readonly scope: ScopeStore;
  readonly frames: FramesStore;
  readonly selection: SelectionStore;
  readonly place: PlaceKeeper;
  readonly summary: SummaryStore;
  readonly clipboard: ClipboardStore;
  readonly connections: ConnectionsStore;
  readonly inspector: InspectorStore;
  readonly exports: ExportStore;
  readonly captures: CapturesStore;
  readonly settings: KeptStore<Settings>;
  readonly filters: FiltersStore;
  readonly columns: KeptStore<ColumnLayout>;
  readonly paneSizes: KeptStore<PaneSizes>;
  readonly find: FindStore;
  readonly menu = new MenuStore();
  readonly palette = new PaletteStore();
  readonly sending = new SendingStore();
  /** Whether the list of message rules is open. */
  readonly areRulesOpen: StoreApi<boolean> = createStore<boolean>(() => false);
  /** The rule that is being written. */
  readonly editedRule: StoreApi<MessageRule | null> = createStore<MessageRule | null>(() => null);
  readonly refusals = new RefusalStore();
  readonly faults: FaultsStore;
  readonly happenings = new Happenings(() => performance.now());
  readonly #ending = new AbortController();
  /** Ends what is made for it later, and hears of storage. */
  readonly ended = this.#ending.signal;
  readonly tabs: TabsStore;
  /** The next `changed` is the first of another engine. */
  #isEngineNew = false;

  constructor({ engine, capture, area, saveFile, writeClipboard, openCapture, faults }: SessionParts) {
    this.engine = engine;
    this.capture = capture;
    this.area = area;
    this.frames = new FramesStore(engine);
    this.selection = new SelectionStore(engine, this.frames);
    this.place = new PlaceKeeper(engine, this.frames, this.selection);
    this.find = new FindStore(engine, this.selection, this.frames);
    this.summary = new SummaryStore(engine);
    this.clipboard = new ClipboardStore(writeClipboard);
    this.connections = new ConnectionsStore(engine, () => this.scope.setConnection(null));
    this.inspector = new InspectorStore(engine);
    this.exports = new ExportStore(engine, saveFile, () => shownPaths(this.columns.store.getState()), async () => await (await import("../http-log/read-http-log.ts")).readHttpLog(Date.now()));
    this.captures = new CapturesStore(engine, this.exports, openCapture);
    this.settings = new KeptStore(area, SETTINGS_KEY, readSettings);
    this.scope = new ScopeStore(engine, () => this.filters.store.getState().saved, undefined, () => this.connections.store.getState().hidden, () => this.columns.store.getState().deltaOf);
    this.columns = new KeptStore(area, COLUMNS_KEY, readColumnLayout);
    this.paneSizes = new KeptStore(area, PANE_SIZES_KEY, readPaneSizes);
    this.filters = new FiltersStore(engine, area, () => this.frames.refresh());
    this.tabs = new TabsStore(capture);
    this.faults = new FaultsStore(faults);
  }

  /** Resolves once what is kept from before is known: what is drawn then does not change its place. */
  async begin(): Promise<void> {
    this.scope.store.subscribe((now, before) => {
      this.connections.choose(now.connection);
      if (now.sort !== before.sort) this.place.sort(now.sort !== null, before.sort !== null);
      else if (isOtherScope(now, before)) this.place.leave();
      if (now.taken === before.taken) return;
      this.frames.scopeTaken(now.asked);
      this.place.taken();
      this.selection.relocate(true);
      // An engine that is quick tells of its rows before it says that it shows them, and then of nothing more.
      if (this.counts.getState().changed?.asked === now.asked) this.place.changed();
    });
    this.selection.store.subscribe((now, before) => {
      if (now.frame !== before.frame || now.message !== before.message) this.inspector.setFrame(now.frame, now.message ?? 0);
      this.summary.selected(now.ranges);
    });
    this.capture.listen({
      changed: (state) => this.#captureChanged(state),
      engine: (port) => this.#engineReplaced(port),
      faults: (faults) => this.faults.pageTold(faults),
      silent: (silent) => this.silent.setState(silent, true),
      opensTabs: (opensTabs) => this.opensTabs.setState(opensTabs, true),
      abilities: (abilities) => this.abilities.setState(abilities, true),
      tabs: (tabs, captured) => this.tabs.told(tabs, captured),
      rules: (rules) => this.rules.setState(rules, true),
      messageRules: (rules) => this.messageRules.setState(rules, true),
      uncertainWorkers: (workers) => this.uncertainWorkers.setState(workers, true),
    });
    this.engine.listen((changed) => this.#changed(changed));
    await Promise.all([this.settings.begin(), this.filters.begin(), this.columns.begin(), this.paneSizes.begin()]).catch(() => undefined);
    const show = ({ groupConnections, hiddenConnections }: Settings): void => {
      this.connections.group(groupConnections);
      if (JSON.stringify(hiddenConnections) === JSON.stringify(this.connections.store.getState().hidden)) return;
      this.connections.hide(hiddenConnections);
      this.place.leave();
      this.scope.refresh();
    };
    show(this.settings.store.getState());
    this.settings.store.subscribe(show);
    this.filters.store.subscribe((now, before) => {
      if (combineFilters("", now.saved).filter === combineFilters("", before.saved).filter) return;
      this.place.leave();
      this.scope.refresh();
    });
    const ask = (layout: ColumnLayout): void => this.frames.setColumns(shownPaths(layout), layout.deltaOf);
    ask(this.columns.store.getState());
    this.columns.store.subscribe((now, before) => {
      ask(now);
      if (now.deltaOf !== before.deltaOf && this.scope.store.getState().sort?.by === "delta") this.scope.refresh();
    });
    this.scope.begin();
    void firstRows.then(() => this.#askTheRest());
  }

  /** What the first rows do not need: each question would stand before theirs, in the engine too. */
  #askTheRest(): void {
    if (this.ended.aborted) return;
    this.exports.askForms();
    void this.#decoders().then((decoders) => decoders.begin()).catch(() => undefined);
    // What was cut off before is offered.
    void this.captures.refresh();
  }

  /** Resolves once the first rows are here, or there are none, and it is known whether the capture runs. */
  async shown(): Promise<void> {
    await Promise.all([
      until(this.counts, ({ changed }) => changed !== null),
      until(this.captureState, ({ state }) => state !== "starting"),
    ]);
    await until(this.frames.store, ({ range }) => range !== null || this.frames.rows === 0);
  }

  /**
   * A connection to look at, or null for all. Opens its handshake where no frame of it is selected. `itself`: of several that are
   * listed in one line it is this one that is looked at, else the last of them.
   */
  chooseConnection(connection: ConnectionId | null, showHandshake: boolean, itself = false): void {
    this.scope.setConnection(connection);
    this.inspector.setMember(itself ? connection : null);
    if (connection === null) return;
    if (this.selectedConnection() !== connection) this.selection.clear();
    if (showHandshake) this.inspector.open();
  }

  /** Where a link to a row leads: it is selected, and what it says is on view. */
  showFrame(frame: FrameIndex): void {
    this.inspector.openAtRow();
    this.selection.goToFrame(frame);
  }

  /** That of the frame selected; null where none is, or what is known of it is still on its way. */
  selectedConnection(): ConnectionId | null {
    const { frame, connection } = this.selection.store.getState();
    const { details } = this.inspector.store.getState();
    return connection ?? (frame !== null && details?.index === frame ? (details.connection?.id ?? null) : null);
  }

  /** Stays with the rows that come; sorted, they come anywhere. */
  followEnd(): void {
    this.frames.setFollowing(this.scope.store.getState().sort === null);
  }

  /** The messages of all rows selected, as text. */
  copySelected(): void {
    const { ranges } = this.selection.store.getState();
    if (countPlaces(ranges) === 0) return;
    const copying = this.engine.call("copyText", { places: ranges }).then(({ text, ...form }) => ({ done: copied(form), text }));
    void this.clipboard.copyNamed(copying);
  }

  /** Opens the menu of a row, which says how the rows selected would be copied once that is known. */
  openFrameMenu(at: { readonly x: number; readonly y: number }, target: MenuTarget, from: HTMLElement | null): void {
    this.menu.open(at, target, from);
    const { ranges } = this.selection.store.getState();
    if (countPlaces(ranges) < 2) return;
    // Too many to be copied: choosing the item says so.
    void this.engine.call("copyForm", { places: ranges }).then((form) => this.menu.setCopyForm(target, form), () => undefined);
  }

  /** Shows a frame's messages below it, or no longer. */
  unfold(frame: FrameIndex, unfolded: boolean): void {
    this.frames.setFollowing(false);
    this.selection.only();
    this.frames.rowsUnfolded();
    this.engine.call("unfold", { frame, unfolded }).catch((problem: unknown) => this.refusals.tell((why) => say("panel.not-unfolded", { why }), problem));
  }

  async pin(frame: FrameIndex, pinned: boolean): Promise<void> {
    await this.#write(this.engine.call("pin", { frame, pinned }), (why) => say(pinned ? "panel.not-pinned" : "panel.not-unpinned", { why }));
  }

  /** All rows selected, at once. */
  async pinSelected(pinned: boolean): Promise<void> {
    await this.#write(this.engine.call("pinPlaces", { places: this.selection.store.getState().ranges, pinned }), (why) => say(pinned ? "panel.not-pinned" : "panel.not-unpinned", { why }));
  }

  async note(frame: FrameIndex, text: string): Promise<void> {
    await this.#write(this.engine.call("note", { frame, text: text.trim() }), (why) => say("panel.note-not-saved", { why }));
  }

  clear(): void {
    this.selection.clear();
    this.frames.leaveLog();
    const clear = (): Promise<unknown> => this.engine.call("clear", null);
    (this.sending.beforeClear?.().then(clear) ?? clear())
      .catch((problem: unknown) => this.refusals.tell((why) => say("panel.not-cleared", { why }), problem))
      .finally(() => this.frames.stayInLog(this.counts.getState().changed));
  }

  /** For whoever mends Framescope. */
  copyFaults(): void {
    void this.clipboard.copy(say("copy.report"), import("./fault-report.ts").then(({ faultReport }) => faultReport(this, navigator.userAgent)));
  }

  end(): void {
    this.#ending.abort();
    this.engine.end(say("panel.closed"));
    this.capture.end();
    this.connections.end();
    this.exports.end();
    this.captures.end();
    this.settings.end();
    this.filters.end();
    this.columns.end();
    this.paneSizes.end();
    this.clipboard.end();
    this.refusals.end();
    this.faults.end();
  }

  #captureChanged(state: CaptureState): void {
    const before = this.captureState.getState().state;
    this.captureState.setState(state, true);
    if (before !== state.state) this.happenings.note(`capture: ${state.state}`);
  }

  /** All that the new engine must know of this view, and all that it may know otherwise. */
  #engineReplaced(port: MessagePort): void {
    this.#isEngineNew = true;
    this.happenings.note("another engine");
    this.faults.engineReplaced();
    this.frames.engineReplaced();
    this.connections.engineReplaced();
    this.engine.connect(port);
    this.scope.refresh();
    this.filters.engineReplaced();
    void this.#decoders().then((decoders) => decoders.engineReplaced());
  }

  async #decoders(): Promise<DecodersStore> {
    const { decodersOf } = await import("./decoders-store.ts");
    return decodersOf(this);
  }

  /** What the user wrote on a frame shows in its row and in the inspector. */
  async #write(call: Promise<null>, failed: (why: Told) => Said): Promise<void> {
    try {
      await call;
    } catch (problem) {
      this.refusals.tell(failed, problem);
    }
    this.frames.refresh();
    this.inspector.refresh();
  }

  /** Rows from `resumedAt` on are others than with the engine before. */
  #keepSelection({ resumedAt }: Changed): void {
    const { frame } = this.selection.store.getState();
    if (frame === null) return;
    if (resumedAt !== null && frame >= resumedAt) return this.selection.clear();
    this.selection.relocate(false);
    this.inspector.engineReplaced();
  }

  /** Places and frames of before mean nothing now, but where an undo has put rows before them. */
  #leaveLog(by: number): void {
    if (by >= 0) this.place.moveOn(by);
    else {
      this.selection.clear();
      this.place.moved();
    }
    this.inspector.leaveLog();
    this.find.leaveLog();
    this.menu.leaveLog();
  }

  #changed(changed: Changed): void {
    const before = this.counts.getState().changed;
    const isEngineNew = this.#isEngineNew;
    this.#isEngineNew = false;
    const isOtherLog = before !== null && !isEngineNew && before.generation !== changed.generation;
    this.faults.engineTold(changed.faults);
    if (before?.generation !== changed.generation) this.happenings.note(before === null ? "the engine speaks" : "the log is another");
    if (before?.storage.state !== changed.storage.state) this.happenings.note(`storage: ${changed.storage.state}`);
    if (isOtherLog) this.#leaveLog(before.clearedRows - changed.clearedRows);
    this.frames.changed(changed);
    this.place.changed();
    this.connections.changed(changed);
    this.inspector.changed(changed);
    this.scope.filterEnded(changed.filterProblem);
    if (isEngineNew) this.#keepSelection(changed);
    else if (!isOtherLog) {
      // A filter that is run again, as answers come, shows other rows under the same scope.
      const isOther = before !== null && before.shown !== changed.shown;
      if (isOther || changed.scanned < 1 || this.scope.store.getState().sort !== null) this.selection.relocate(false);
      if (isOther) this.summary.refresh();
    }
    this.counts.setState({ changed });
    this.frames.drawBeside(() => this.drawnCounts.setState({ changed }));
  }
}
