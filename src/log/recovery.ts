import type { FrameBits } from "../model/frame.ts";
import { ConnectionTable } from "./connection-table.ts";
import { FrameLog } from "./frame-log.ts";
import { decodeBlock, HEAD_LENGTH, readHead, type JournalBlock } from "./journal-block.ts";
import { checksumPayload } from "./journal.ts";
import { UserMarks } from "./user-marks.ts";
import { PAYLOAD_PAGE, PayloadPages, type AppendFile } from "./payload-pages.ts";

/** A capture read back from its journal, as far as the journal is whole. */
export interface RecoveredCapture {
  readonly log: FrameLog;
  readonly table: ConnectionTable;
  readonly marks: UserMarks;
  /** What could not be read, in a plain sentence; undefined where the journal is whole. */
  readonly problem: string | undefined;
}

/**
 * Reads a journal up to its last whole block. Never throws on damage: a byte that was flipped, cut off or put in ends
 * the reading at the block before, and `problem` says so. Cost: a pass over both files.
 */
export function recoverCapture(journal: AppendFile, payloads: AppendFile, budget: number): RecoveredCapture {
  const table = new ConnectionTable();
  const marks = new UserMarks();
  const log = new FrameLog(new PayloadPages({ budget, file: payloads, readOnly: true }));
  let at = 0;
  let problem: string | undefined;
  while (at < journal.size) {
    const read = readBlock(journal, at);
    if (typeof read === "string") {
      problem = read;
      break;
    }
    const { block, end } = read;
    if (block.payloadFrom !== log.payloads.length || block.payloadTo < block.payloadFrom || block.payloadTo > payloads.size) {
      problem = "its payloads are not where it says";
      break;
    }
    if (checksumPayload(payloadReader(payloads), block.payloadFrom, block.payloadTo) !== block.payloadChecksum) {
      problem = "its payloads are damaged";
      break;
    }
    restore(block, log, table, marks);
    at = end;
  }
  return { log, table, marks, problem: problem === undefined ? undefined : describe(problem, at, journal.size) };
}

function describe(problem: string, at: number, size: number): string {
  return `The journal is whole up to byte ${at.toLocaleString("en-US")}. The block there cannot be read (${problem}); it and what follows, ${(size - at).toLocaleString("en-US")} bytes, are left out.`;
}

function readBlock(journal: AppendFile, at: number): { readonly block: JournalBlock; readonly end: number } | string {
  const head = new Uint8Array(HEAD_LENGTH);
  journal.read(at, head);
  const body = readHead(head);
  if (body === undefined) return "its head is damaged";
  const end = at + HEAD_LENGTH + body;
  if (end > journal.size) return "its end is missing";
  const bytes = new Uint8Array(HEAD_LENGTH + body);
  journal.read(at, bytes);
  const block = decodeBlock(bytes);
  return block === undefined ? "it is damaged" : { block, end };
}

/** Reads parts that `checksumPayload` asks for: none crosses a page. */
function payloadReader(payloads: AppendFile): (from: number, length: number) => Uint8Array {
  const page = new Uint8Array(PAYLOAD_PAGE);
  return (from, length) => {
    const part = page.subarray(0, length);
    payloads.read(from, part);
    return part;
  };
}

function restore(block: JournalBlock, log: FrameLog, table: ConnectionTable, marks: UserMarks): void {
  block.times.forEach((time, i) => {
    log.restore(time, block.connections[i] as number, block.bits[i] as FrameBits, block.lengths[i] as number);
  });
  // The rows that events left are among the rows already.
  for (const { event } of block.events) {
    if (event.type === "mark") marks.apply(event);
    else table.apply(event);
  }
}
