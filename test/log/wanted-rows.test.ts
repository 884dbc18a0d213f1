import { expect, it } from "vitest";
import type { BlockHead } from "../../src/log/journal-versions/block.ts";
import { version4, writeBlock } from "../../src/log/journal-versions/version-4.ts";
import { rowsThatHold } from "../../src/log/wanted-rows.ts";
import { messageBits } from "../../src/model/frame.ts";
import { putEventsFirst } from "./events-first.ts";
import { MemoryFile } from "./memory-file.ts";

const ROWS = 5;
const ROWS_BEFORE = 1000;

/** A block of messages of ten bytes each. */
const newBlock = (): Uint8Array<ArrayBuffer> =>
  writeBlock({
    times: Float64Array.from({ length: ROWS }, (_, i) => 1001 + i),
    connections: new Uint32Array(ROWS).fill(1),
    lengths: new Uint32Array(ROWS).fill(10),
    bits: new Uint16Array(ROWS).fill(messageBits("received", 1, false, false)),
    events: [],
    payloadFrom: 200,
    payloadTo: 250,
    payloadChecksum: 0,
    lost: 0,
    isLast: false,
    place: { blocks: 3, rows: ROWS_BEFORE, frames: ROWS_BEFORE },
    clock: undefined,
  });

function rowsOf(block: Uint8Array<ArrayBuffer>, places: readonly number[]): [number, number][] {
  const journal = new MemoryFile();
  journal.append(block);
  return rowsThatHold(journal, version4.readHead(new DataView(block.buffer)) as BlockHead, 0, places).map(({ from, to }) => [from - ROWS_BEFORE, to - ROWS_BEFORE]);
}

it("finds the rows that hold bytes by their lengths", () => {
  expect(rowsOf(newBlock(), [200, 219, 240])).toEqual([[0, 1], [1, 2], [4, 5]]);
});

it("answers all rows of a block where these do not come first in its body, or less of it is there than it says", () => {
  const block = newBlock();
  putEventsFirst(block);
  expect(rowsOf(block, [219])).toEqual([[0, ROWS]]);
  expect(rowsOf(newBlock().slice(0, version4.headLength + 4), [219])).toEqual([[0, ROWS]]);
});
