import { isRowDetail } from "../model/capture-batch.ts";
import type { Target } from "../model/connection.ts";
import { damageWords } from "./damage.ts";
import type { BlockBody } from "./journal-versions/block.ts";
import { JournalWalk, type Found, type Look } from "./journal-walk.ts";
import type { AppendFile } from "./payload-pages.ts";
import type { Told } from "../model/said.ts";

/** What a journal holds. */
export interface JournalSurvey {
  readonly rows: number;
  readonly frames: number;
  readonly connections: number;
  /** The page that opened the first connection, as it was then; undefined where none is known. */
  readonly pageUrl: string | undefined;
  /** The capture ended in order; else it runs still or was cut off. */
  readonly hasEnded: boolean;
  /** Places that are damaged; the counts leave out what they held. */
  readonly damaged: number;
  /** What is missing; undefined where nothing is known to be. */
  readonly problem: Told | undefined;
}

/** Some milliseconds of work. */
const BLOCKS_A_TURN = 256;
/** Where no connection opened in so many blocks, the page is as far as it is known. */
const MOST_LOOKS = 64;

/**
 * Counts what a journal holds without opening it. `heads`: by the heads of its blocks, which costs a hundred bytes a block,
 * and of the first blocks with events the page; damage inside a block is not seen. `whole`: as it will open, which costs a
 * pass over both files. Yields every few milliseconds, for other work to get its turn. Never throws on any bytes.
 */
export function* surveyJournal(journal: AppendFile, payloads: AppendFile, look: Look): Generator<void, JournalSurvey, void> {
  const walk = new JournalWalk(journal, payloads, look);
  const page = new PageOfFirstConnection();
  const met = look === "whole" ? new Set<number>() : undefined;
  let rows = 0;
  let frames = 0;
  let connections = 0;
  let hasEnded = false;
  let damaged = 0;
  let missing = 0;
  let unknown = 0;
  let isExact = true;
  let version: number | undefined;
  for (let steps = 1; ; steps++) {
    const found = walk.next();
    if (found.type === "end") break;
    if (look === "whole" || found.type === "searching" || steps % BLOCKS_A_TURN === 0) yield;
    if (found.type === "searching") continue;
    if (found.type === "damage") {
      damaged++;
      missing += found.damage.frames;
      isExact &&= found.damage.isExact;
      version ??= found.damage.version;
      continue;
    }
    const { head } = found;
    if (!page.isKnown) page.look(found.type === "block" ? walk.bodyOf(found) : found.body);
    connections += head.connections;
    unknown += found.body?.unknown ?? 0;
    hasEnded ||= head.isLast;
    if (met !== undefined) meet(met, found, damaged > 0);
    if (found.type !== "block") continue;
    rows += head.rows;
    frames += head.frames;
  }
  const problem = damageWords({ places: damaged, frames: missing, isExact, version, isAll: walk.end.blocks === 0, marks: 0, unknown });
  return { rows, frames, connections: met?.size ?? connections, pageUrl: page.url, hasEnded, damaged, problem };
}

/** Connections that are opened, and behind damage those that are only spoken of. */
function meet(met: Set<number>, { type, body }: Extract<Found, { type: "block" | "without rows" }>, isDamaged: boolean): void {
  for (const { event } of body?.events ?? []) {
    if ("connection" in event && (event.type === "created" || (isDamaged && !isRowDetail(event)))) met.add(event.connection);
  }
  if (isDamaged && type === "block") for (const connection of body?.connections ?? []) if (connection !== 0) met.add(connection);
}

/** A checksum that fits is no proof that a Framescope wrote it. */
const isTarget = (value: unknown): value is Target => typeof value === "object" && value !== null && "url" in value && typeof value.url === "string";

class PageOfFirstConnection {
  url: string | undefined;
  isKnown = false;
  #looks = 0;
  readonly #targets = new Map<string, Target>();

  look(body: BlockBody | undefined): void {
    this.isKnown = ++this.#looks === MOST_LOOKS;
    for (const { event } of body?.events ?? []) {
      if (event.type === "target" && isTarget(event.target)) {
        this.#targets.set(event.target.key, event.target);
        if (event.target.type === "page") this.url = event.target.url;
      } else if (event.type === "created") {
        const target = this.#targets.get(event.targetKey);
        // A worker's own address says less than the page that started it.
        if (target?.type === "page") this.url = target.url;
        this.isKnown = true;
        return;
      }
    }
  }
}
