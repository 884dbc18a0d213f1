import type { FrameBits } from "../model/frame.ts";
import { ConnectionTable } from "./connection-table.ts";
import { FrameLog } from "./frame-log.ts";
import { decodeBlock, HEAD_LENGTH, readHead, type JournalBlock } from "./journal-block.ts";
import { checksumPayload } from "./journal.ts";
import { UserMarks } from "./user-marks.ts";
import { PAYLOAD_PAGE, PayloadPages, type AppendFile } from "./payload-pages.ts";

/**
 * A capture being read back from its journal, a block at a time, up to the last that is whole. Never throws on damage: a
 * byte that was flipped, cut off or put in ends the reading at the block before, and `problem` says so.
 */
export class Recovery {
  readonly log: FrameLog;
  readonly table = new ConnectionTable();
  readonly marks = new UserMarks();
  readonly #journal: AppendFile;
  readonly #payloads: AppendFile;
  readonly #size: number;
  #at = 0;
  #lost = 0;
  #isDone = false;
  #hasEnded = false;
  #problem: string | undefined;

  constructor(journal: AppendFile, payloads: AppendFile, budget: number) {
    this.#journal = journal;
    this.#payloads = payloads;
    this.#size = journal.size;
    this.log = new FrameLog(new PayloadPages({ budget, file: payloads, readOnly: true }));
  }

  /** What could not be read, in a plain sentence; undefined while, and where, the journal is whole. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Frames that Chrome reported and the capture did not record. */
  get lost(): number {
    return this.#lost;
  }

  /** The share of the journal that was read, 0 to 1; 1 once nothing more is to come. */
  get progress(): number {
    return this.#isDone ? 1 : Math.min(0.99, this.#at / Math.max(1, this.#size));
  }

  /** Reads the next block into log, table and marks; undefined once there is none. Cost: a pass over it and its payloads. */
  step(): JournalBlock | undefined {
    if (this.#isDone) return undefined;
    if (this.#at >= this.#size) return this.#end(undefined);
    const read = readBlock(this.#journal, this.#at, this.#size);
    if (typeof read === "string") return this.#end(read);
    const { block, end } = read;
    if (block.payloadFrom !== this.log.payloads.length || block.payloadTo < block.payloadFrom || block.payloadTo > this.#payloads.size) {
      return this.#end("its payloads are not where it says");
    }
    if (checksumPayload(payloadReader(this.#payloads), block.payloadFrom, block.payloadTo) !== block.payloadChecksum) {
      return this.#end("its payloads are damaged");
    }
    this.#restore(block);
    this.#at = end;
    this.#lost = block.lost;
    this.#hasEnded ||= block.isLast;
    return block;
  }

  #end(problem: string | undefined): undefined {
    this.#isDone = true;
    if (problem !== undefined) this.#problem = describe(problem, this.#at, this.#size, this.log.messages);
    this.table.endWithCapture(this.#hasEnded ? "The capture ended here, with the socket open" : "The capture was cut off here, with the socket open");
  }

  #restore(block: JournalBlock): void {
    block.times.forEach((time, i) => {
      this.log.restore(time, block.connections[i] as number, block.bits[i] as FrameBits, block.lengths[i] as number);
    });
    // The rows that events left are among the rows already.
    for (const { row, event } of block.events) {
      if (event.type === "mark") this.marks.apply(event);
      else if (event.type === "payload-size") this.log.setUnreportedSize(row, event.bytes);
      else this.table.apply(event);
    }
  }
}

/** Reads a journal in one go. Cost: a pass over both files. */
export function recoverCapture(journal: AppendFile, payloads: AppendFile, budget: number): Recovery {
  const recovery = new Recovery(journal, payloads, budget);
  while (recovery.step() !== undefined);
  return recovery;
}

function describe(problem: string, at: number, size: number, frames: number): string {
  return `The journal is whole up to byte ${at.toLocaleString("en-US")} (${frames.toLocaleString("en-US")} frames). The block there cannot be read (${problem}); it and what follows, ${(size - at).toLocaleString("en-US")} bytes, are left out.`;
}

/** The block at a place of a journal of `size` bytes, and where it ends; why there is none. */
export function readBlock(journal: AppendFile, at: number, size: number): { readonly block: JournalBlock; readonly end: number } | string {
  const head = new Uint8Array(HEAD_LENGTH);
  journal.read(at, head);
  const read = readHead(head);
  if (typeof read === "string") return read;
  const end = at + HEAD_LENGTH + read.bodyLength;
  if (end > size) return "its end is missing";
  const bytes = new Uint8Array(HEAD_LENGTH + read.bodyLength);
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
