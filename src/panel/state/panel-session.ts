import { createStore, type StoreApi } from "zustand/vanilla";
import type { CaptureState, Changed } from "../../engine/contract.ts";
import { readSettings, SETTINGS_KEY, type Settings } from "../../model/settings.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { CaptureClient } from "../capture-client.ts";
import type { EngineClient } from "../engine-client.ts";
import { ConnectionsStore } from "./connections-store.ts";
import { ExportStore, type SaveFile } from "./export-store.ts";
import { FiltersStore } from "./filters-store.ts";
import { FramesStore } from "./frames-store.ts";
import { InspectorStore } from "./inspector-store.ts";
import { KeptStore, type StorageArea } from "./kept-store.ts";
import { ScopeStore } from "./scope-store.ts";
import { SelectionStore } from "./selection-store.ts";

export interface SessionParts {
  readonly engine: EngineClient;
  readonly capture: CaptureClient;
  /** What outlives the panel: chrome.storage.local. */
  readonly area: StorageArea;
  readonly saveFile: SaveFile;
}

export interface CountsState {
  /** Null until the engine spoke. */
  readonly changed: Changed | null;
}

/** Everything that one panel shows, over one pair of wires. Owns its clients: `end` ends all. */
export class PanelSession {
  readonly engine: EngineClient;
  readonly capture: CaptureClient;
  readonly captureState: StoreApi<CaptureState> = createStore<CaptureState>(() => ({ state: "starting" }));
  readonly counts: StoreApi<CountsState> = createStore<CountsState>(() => ({ changed: null }));
  readonly scope: ScopeStore;
  readonly frames: FramesStore;
  readonly selection: SelectionStore;
  readonly connections: ConnectionsStore;
  readonly inspector: InspectorStore;
  readonly exports: ExportStore;
  readonly settings: KeptStore<Settings>;
  readonly filters: FiltersStore;

  constructor({ engine, capture, area, saveFile }: SessionParts) {
    this.engine = engine;
    this.capture = capture;
    this.scope = new ScopeStore(engine);
    this.frames = new FramesStore(engine);
    this.selection = new SelectionStore(engine, this.frames);
    this.connections = new ConnectionsStore(engine);
    this.inspector = new InspectorStore(engine);
    this.exports = new ExportStore(engine, saveFile);
    this.settings = new KeptStore(area, SETTINGS_KEY, readSettings);
    this.filters = new FiltersStore(engine, area, () => this.frames.refresh());
  }

  begin(): void {
    this.scope.store.subscribe((now, before) => {
      if (now.taken === before.taken) return;
      this.frames.refresh();
      this.selection.relocate(true);
    });
    this.connections.store.subscribe(({ rows }) => {
      const { connection } = this.scope.store.getState();
      // A clear takes away connections that are over.
      if (connection !== null && !rows.some(({ id }) => id === connection)) this.scope.setConnection(null);
    });
    this.selection.store.subscribe((now, before) => {
      if (now.frame !== before.frame) this.inspector.setFrame(now.frame);
    });
    this.capture.listen((state) => this.captureState.setState(state, true));
    this.engine.listen((changed) => this.#changed(changed));
    this.scope.begin();
    void this.settings.begin();
    void this.filters.begin();
  }

  /** A connection to look at, or null for all. Opens its handshake where no frame of it is selected. */
  chooseConnection(connection: ConnectionId | null, showHandshake: boolean): void {
    this.scope.setConnection(connection);
    if (connection === null) return;
    if (this.selection.store.getState().connection !== connection) this.selection.clear();
    if (showHandshake) this.inspector.open();
  }

  clear(): void {
    this.selection.clear();
    void this.engine.call("clear", null).catch(() => undefined);
  }

  end(): void {
    this.engine.end("The panel was closed.");
    this.capture.end();
    this.connections.end();
    this.exports.end();
    this.settings.end();
    this.filters.end();
  }

  #changed(changed: Changed): void {
    const before = this.counts.getState().changed;
    this.frames.changed(changed);
    this.connections.changed();
    this.scope.filterEnded(changed.filterProblem);
    if (before !== null && before.generation !== changed.generation) {
      this.selection.clear();
    } else if (changed.scanned < 1) this.selection.relocate(false);
    this.counts.setState({ changed });
  }
}
