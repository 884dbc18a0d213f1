import { MOST_QUIET, type QuietConnection, type Span } from "../contract/timeline.ts";
import type { ConnectionTable } from "../log/connection-table.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { kindOf } from "../model/frame.ts";
import { frameIndex, type ConnectionId } from "../model/units.ts";
import { MessageHabit } from "./message-habit.ts";

const SLICE_ROWS = 20_000;

interface Family {
  readonly root: ConnectionId;
  readonly habit: MessageHabit;
  /** The one that spoke last. */
  speaker: ConnectionId;
  isKnown: boolean;
}

/**
 * Stretches in which a connection, or those that the same place opened one after the other, said nothing for far longer
 * than is its habit, whoever else was talking. While it was closed, or nobody listened, nothing was to be heard.
 */
export class ConnectionSilences {
  readonly #log: FrameLog;
  readonly #table: ConnectionTable;
  readonly #families = new Map<ConnectionId, Family>();
  /** Those whose habit is known: of very many, most say too little. */
  readonly #known: Family[] = [];
  /** Of each connection, so that its place in the order is looked for once. */
  readonly #familyOf = new Map<ConnectionId, Family>();
  #taken = 0;
  /** The last of the times from which on somebody listened again. */
  #unheard = -Infinity;
  /** The time of the last row: clocks may jump back, so that another's is later. */
  #now = 0;

  constructor(log: FrameLog, table: ConnectionTable) {
    this.#log = log;
    this.#table = table;
  }

  /** Takes rows in that came since; answers whether there are more. */
  advance(): boolean {
    const end = Math.min(this.#log.length, this.#taken + SLICE_ROWS);
    for (; this.#taken < end; this.#taken++) this.#take(this.#taken);
    return end < this.#log.length;
  }

  /** The only one that spoke; undefined where several did, or none. */
  get only(): ConnectionId | undefined {
    return this.#families.size === 1 ? this.#families.keys().next().value : undefined;
  }

  /** Of those that one place opened, by the first: those that reach into a stretch of time, in their order. */
  of(root: ConnectionId, span: Span): readonly Span[] {
    const family = this.#families.get(root);
    return family === undefined ? [] : this.#within(family, span);
  }

  /** The longest of all, of connections that are as asked, in their order. Cost: by the connections that spoke often. */
  all(span: Span, isAsAsked: (root: ConnectionId) => boolean): readonly QuietConnection[] {
    const found: QuietConnection[] = [];
    for (const family of this.#known) {
      const silences = this.#within(family, span);
      if (silences.length === 0 || !isAsAsked(family.root)) continue;
      const url = this.#table.connections.get(family.root)?.url ?? "";
      for (const one of silences) found.push({ ...one, connection: family.root, url });
    }
    const longest = found.length <= MOST_QUIET ? found : found.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MOST_QUIET);
    return longest.toSorted((a, b) => a.from - b.from);
  }

  #take(place: number): void {
    const row = frameIndex(place);
    const kind = kindOf(this.#log.bitsAt(row));
    const time = (this.#log.timeAt(row) - this.#log.timeAt(frameIndex(0))) * 1000;
    this.#now = time;
    if (kind === "pause") this.#unheard = Math.max(this.#unheard, time);
    else if (kind === "message") {
      const connection = this.#log.connectionAt(row);
      const family = this.#familyOf.get(connection) ?? this.#put(connection);
      family.speaker = connection;
      family.habit.message(time, this.#unheard);
      if (!family.isKnown && family.habit.isKnown) {
        family.isKnown = true;
        this.#known.push(family);
      }
    } else if (kind === "close" || kind === "open") {
      const connection = this.#log.connectionAt(row);
      const family = this.#familyOf.get(connection) ?? this.#families.get(this.#table.order.rootOf(connection));
      if (family === undefined) return;
      // Of one that ended unseen, nobody knows until when it was open.
      if (kind === "open") family.habit.begin();
      // Its closing may be told once the next of them speaks.
      else if (family.speaker === connection) family.habit.end(time, this.#unheard);
    }
  }

  #within({ habit, speaker }: Family, span: Span): readonly Span[] {
    const isLasting = habit.isSilent(this.#now, this.#unheard) && this.#isLiving(speaker);
    return habit.within(span, isLasting ? this.#now : null, this.#unheard);
  }

  /** Of some that ended no row tells when. */
  #isLiving(id: ConnectionId): boolean {
    const connection = this.#table.connections.get(id);
    return connection?.state === "open" || connection?.isOutliving === true;
  }

  #put(connection: ConnectionId): Family {
    const root = this.#table.order.rootOf(connection);
    let family = this.#families.get(root);
    if (family === undefined) this.#families.set(root, (family = { root, habit: new MessageHabit(), speaker: connection, isKnown: false }));
    this.#familyOf.set(connection, family);
    return family;
  }
}
