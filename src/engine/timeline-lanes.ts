import { MOST_LANES, type TimelineLane, type TimelineView } from "../contract/timeline.ts";
import type { ConnectionTable } from "../log/connection-table.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { frameIndex, type ConnectionId } from "../model/units.ts";
import { TimeBlocks, type Buckets } from "./time-blocks.ts";

const SLICE_ROWS = 20_000;

interface Lane {
  readonly root: ConnectionId;
  /** Its rows, rising. */
  readonly rows: number[];
  /** Made once it is drawn. */
  blocks: TimeBlocks | undefined;
}

/** What passed on each connection by itself; those that the same place opened one after the other are one. 4 bytes a row. */
export class TimelineLanes {
  readonly #log: FrameLog;
  readonly #table: ConnectionTable;
  readonly #lanes = new Map<ConnectionId, Lane>();
  #taken = 0;

  constructor(log: FrameLog, table: ConnectionTable) {
    this.#log = log;
    this.#table = table;
  }

  /** Takes rows in that came since, for so many lanes; answers whether there are more. */
  advance(most: number): boolean {
    const end = Math.min(this.#log.length, this.#taken + SLICE_ROWS);
    for (; this.#taken < end; this.#taken++) {
      const connection = this.#log.connectionAt(frameIndex(this.#taken));
      // What happens to the page is on no connection.
      if (this.#table.connections.has(connection)) this.#laneOf(this.#table.order.rootOf(connection)).rows.push(this.#taken);
    }
    if (end < this.#log.length) return true;
    return this.#shown(most).some(({ blocks }) => blocks.advance());
  }

  /** The lanes with most rows, in the order in which they began, and how many there are. */
  lay(buckets: Buckets, most: number, addEvents: (root: ConnectionId, blocks: TimeBlocks) => Pick<TimelineLane, "marks" | "unmarked" | "silences">): TimelineView["lanes"] {
    const shown = this.#shown(most).map(({ root, blocks }): TimelineLane => ({
      connection: root,
      url: this.#table.connections.get(root)?.url ?? "",
      traffic: blocks.traffic(buckets),
      ...addEvents(root, blocks),
    }));
    return { shown, count: this.#lanes.size };
  }

  #laneOf(root: ConnectionId): Lane {
    const known = this.#lanes.get(root);
    if (known !== undefined) return known;
    const lane: Lane = { root, rows: [], blocks: undefined };
    this.#lanes.set(root, lane);
    return lane;
  }

  #shown(most: number): (Lane & { readonly blocks: TimeBlocks })[] {
    const all = [...this.#lanes.values()];
    const fits = Math.min(most, MOST_LANES);
    const chosen = all.length <= fits ? all : all.toSorted((a, b) => b.rows.length - a.rows.length).slice(0, fits);
    return chosen
      .toSorted((a, b) => (a.rows[0] ?? 0) - (b.rows[0] ?? 0))
      .map((lane) => {
        const { rows } = lane;
        lane.blocks ??= new TimeBlocks(this.#log, { get length() { return rows.length; }, at: (position) => rows[position] ?? 0 });
        return lane as Lane & { readonly blocks: TimeBlocks };
      });
  }
}
