import { createStore, type StoreApi } from "zustand/vanilla";
import type { Changed } from "../../contract/changed.ts";
import type { InspectedFrame, LookedAt } from "../../contract/inspect.ts";
import type { Told } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import type { ConnectionId, FrameIndex } from "../../model/units.ts";
import type { EngineClient } from "../engine-client.ts";
import { newestCall } from "./newest-call.ts";

export const INSPECTOR_TABS = ["Message", "Raw", "Hex", "Handshake", "Compare", "Connection", "Findings"] as const;
export type InspectorTab = (typeof INSPECTOR_TABS)[number];

/** What they say is of a connection, whatever row is selected. */
const CONNECTION_TABS: ReadonlySet<InspectorTab> = new Set(["Handshake", "Connection", "Findings"]);

/** What was pointed at last in a frame: a line of its tree, or a byte. The tab that shows the other goes there too. */
export type Spot = LookedAt & ({ readonly line: number } | { readonly at: number });

export interface InspectorState {
  readonly isOpen: boolean;
  /** The tab that the user chose; a selection without a message shows the handshake whatever it is. */
  readonly tab: InspectorTab;
  /** One of several connections of a line that stays on view; null: the last of them. */
  readonly member: ConnectionId | null;
  /** The frame read last: the one before the selection while that is under way. */
  readonly details: InspectedFrame | null;
  /** Characters that a line of raw text holds at the present width, and those for which `details` counts lines. */
  readonly columns: number;
  readonly readColumns: number;
  readonly problem: Told | null;
  /** What the user wants the frame compared with; null: the one before it of its type. */
  readonly compareWith: LookedAt | null;
  /** What was looked at before this frame. */
  readonly before: LookedAt | null;
  readonly spot: Spot | null;
  /** Grows as the user writes on frames. */
  readonly marked: number;
}

export class InspectorStore {
  readonly store: StoreApi<InspectorState>;
  readonly #inspect: (query: LookedAt & { readonly columns: number }) => void;
  #frame: FrameIndex | null = null;
  #message = 0;
  #revision = 0;

  constructor(engine: EngineClient) {
    this.store = createStore<InspectorState>(() => ({
      isOpen: false,
      tab: "Message",
      member: null,
      details: null,
      columns: 80,
      readColumns: 80,
      problem: null,
      compareWith: null,
      before: null,
      spot: null,
      marked: 0,
    }));
    this.#inspect = newestCall(
      (query: LookedAt & { readonly columns: number }) => engine.call("inspect", query),
      (details, { frame, columns }) => frame === this.#frame && this.store.setState({ details, readColumns: columns, problem: null }),
      (problem, { frame }) => frame === this.#frame && this.store.setState({ details: null, problem: toldBy(problem) }),
    );
  }

  open(): void {
    this.store.setState({ isOpen: true });
    this.#read();
  }

  /** Open, and at a tab that says what a row does. */
  openAtRow(): void {
    if (CONNECTION_TABS.has(this.store.getState().tab)) this.setTab("Message");
    this.open();
  }

  /** Findings are of no row: one that is opened next shows what it says. */
  close(): void {
    const { tab } = this.store.getState();
    this.store.setState({ isOpen: false, tab: tab === "Findings" ? "Message" : tab });
  }

  setTab(tab: InspectorTab): void {
    this.store.setState({ tab });
  }

  setMember(member: ConnectionId | null): void {
    this.store.setState({ member });
  }

  point(spot: Spot): void {
    this.store.setState({ spot });
  }

  /** The frame to show, once the inspector is open, and which of its messages. */
  setFrame(frame: FrameIndex | null, message = 0): void {
    const last = this.#frame === null || this.#frame === frame ? null : { frame: this.#frame, message: this.#message };
    this.#frame = frame;
    this.#message = message;
    if (last !== null) this.store.setState({ before: last });
    const { spot } = this.store.getState();
    this.store.setState({ compareWith: null, spot: spot?.frame === frame && (spot?.message ?? 0) === message ? spot : null });
    if (frame === null) this.store.setState({ details: null, problem: null });
    else this.#read();
  }

  /**
   * Has something go on while this is the frame to show: it ends as soon as another is, before that is read, and begins anew once it
   * is the one again. `begin` answers how to end it; the answer ends it all.
   */
  whileShown(frame: FrameIndex, begin: () => () => void): () => void {
    let end: (() => void) | undefined;
    const follow = (): void => {
      const isShown = this.#frame === frame;
      if (isShown && end === undefined) end = begin();
      else if (!isShown) {
        end?.();
        end = undefined;
      }
    };
    const unfollow = this.store.subscribe(follow);
    follow();
    return () => {
      unfollow();
      end?.();
    };
  }

  /** The frame that is looked at has another number of lines, as some were folded or unfolded. */
  laid({ frame, message }: LookedAt, lines: Partial<Pick<InspectedFrame, "treeLines" | "textLines">>): void {
    const { details } = this.store.getState();
    if (details?.index === frame && details.message === message) this.store.setState({ details: { ...details, ...lines, treeHead: [] } });
  }

  /** Compares the frame with another; null: with the one before it of its type. */
  compare(other: LookedAt | null): void {
    this.setTab("Compare");
    this.store.setState({ compareWith: other });
    this.open();
  }

  setColumns(columns: number): void {
    if (columns === this.store.getState().columns) return;
    this.store.setState({ columns });
    this.#read();
  }

  /** What is known of the frame may be more now: its label and value, its answer. */
  changed({ inspected }: Changed): void {
    if (inspected === this.#revision) return;
    this.#revision = inspected;
    this.#read();
  }

  /** The frame is another by what the user wrote on it. */
  refresh(): void {
    this.store.setState(({ marked }) => ({ marked: marked + 1 }));
    this.#read();
  }

  /** The log is another: frames of before are none of its, or have other numbers. */
  leaveLog(): void {
    this.store.setState({ compareWith: null, before: null, spot: null });
  }

  /** The engine is another one. What the one before was asked for as it ended is not asked for again by itself. */
  engineReplaced(): void {
    if (this.store.getState().problem === null) this.#read();
  }

  #read(): void {
    const { isOpen, columns } = this.store.getState();
    if (isOpen && this.#frame !== null) this.#inspect({ frame: this.#frame, message: this.#message, columns });
  }
}
