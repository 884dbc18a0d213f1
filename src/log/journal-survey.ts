import type { Target } from "../model/connection.ts";
import { HEAD_LENGTH, readHead } from "./journal-block.ts";
import type { AppendFile } from "./payload-pages.ts";
import { readBlock } from "./recovery.ts";

/** What a journal holds, told by the heads of its blocks. */
export interface JournalSurvey {
  readonly rows: number;
  readonly frames: number;
  readonly connections: number;
  /** The page that opened the first connection, as it was then; undefined where none is known. */
  readonly pageUrl: string | undefined;
  /** The capture ended in order; else it runs still or was cut off. */
  readonly hasEnded: boolean;
  /** Why it cannot be read to its end; undefined where it can. What the counts leave out is behind that place. */
  readonly problem: string | undefined;
}

/** Some milliseconds of work. */
const BLOCKS_A_TURN = 256;
/** Where no connection opened in so many blocks, the page is as far as it is known. */
const MOST_LOOKS = 64;

/**
 * Counts what a journal holds without reading it: a head of 56 bytes a block, and of the first blocks with events the
 * page. Yields every few milliseconds, for other work to get its turn. Damage inside a block is not seen here. Never
 * throws on any bytes.
 */
export function* surveyJournal(journal: AppendFile, payloadSize: number): Generator<void, JournalSurvey, void> {
  const { size } = journal;
  const head = new Uint8Array(HEAD_LENGTH);
  const page = new PageOfFirstConnection();
  let rows = 0;
  let frames = 0;
  let connections = 0;
  let hasEnded = false;
  let problem: string | undefined;
  for (let at = 0, blocks = 1; at < size; blocks++) {
    if (blocks % BLOCKS_A_TURN === 0) yield;
    const read = journal.read(at, head) === HEAD_LENGTH ? readHead(head) : "its head is cut off";
    if (typeof read === "string") {
      problem = read;
      break;
    }
    const end = at + HEAD_LENGTH + read.bodyLength;
    if (end > size || read.payloadTo > payloadSize) {
      problem = "its end is missing";
      break;
    }
    if (!page.isKnown) page.look(journal, at, size);
    rows += read.rows;
    frames += read.frames;
    connections += read.connections;
    hasEnded ||= read.isLast;
    at = end;
  }
  return { rows, frames, connections, pageUrl: page.url, hasEnded, problem };
}

class PageOfFirstConnection {
  url: string | undefined;
  isKnown = false;
  #looks = 0;
  readonly #targets = new Map<string, Target>();

  look(journal: AppendFile, at: number, size: number): void {
    this.isKnown = ++this.#looks === MOST_LOOKS;
    const read = readBlock(journal, at, size);
    if (typeof read === "string") return;
    for (const { event } of read.block.events) {
      if (event.type === "target") {
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
