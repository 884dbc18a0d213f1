import { expect, it } from "vitest";
import { CaptureLog } from "../../../src/engine/capture-log.ts";
import { ImportedRows } from "../../../src/engine/import/imported-rows.ts";
import { writeCapture } from "../../../src/engine/import/write-capture.ts";
import { Faults } from "../../../src/model/faults.ts";
import { MemoryFile } from "../../log/memory-file.ts";
import { en } from "../../words/speakers.ts";

it("writes what errors say in batches, as it does payloads", () => {
  const rows = new ImportedRows(new MemoryFile());
  const connection = rows.open();
  for (let row = 0; row < 20; row++) rows.add({ connection, kind: "error", isReceived: true, opcode: 0, time: 1e12 + row, payload: new Uint8Array(1 << 20).fill(0x61) });
  rows.finish();
  const capture = new CaptureLog({ journal: new MemoryFile(), payloads: new MemoryFile() }, 1 << 20, new Faults("recorder"), en.tell);
  // What is told while the rows are put in order is 0.
  expect([...writeCapture(rows, capture, () => 0)].filter((share) => share > 0)).toHaveLength(2);
});
