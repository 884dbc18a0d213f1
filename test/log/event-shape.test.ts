import fc from "fast-check";
import { expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { exportSource } from "../../src/engine/export-source.ts";
import { redactedSource } from "../../src/format/redact/redacted-source.ts";
import { Redaction } from "../../src/format/redact/redaction.ts";
import { har } from "../../src/format/exports/har.ts";
import { decodeBody, readHead } from "../../src/log/journal-block.ts";
import type { PlacedEvent } from "../../src/log/journal-versions/block.ts";
import { writeBlock } from "../../src/log/journal-versions/version-4.ts";
import { explainHandshake } from "../../src/model/handshake.ts";
import { epochMilliseconds } from "../../src/model/units.ts";
import { batchOf, opened } from "../engine/setup-engine.ts";
import { en } from "../words/speakers.ts";
import { MemoryFile } from "./memory-file.ts";

const other = fc.oneof(fc.constantFrom<unknown>(null, true, 0, -1, "", "x", [], {}, [null], { a: 1 }, { code: "x", values: 5 }), fc.jsonValue({ maxDepth: 1 }));

/** The same with another value at one of its places, counted from the outside in. */
function changed(value: unknown, at: { left: number }, by: unknown): unknown {
  if (at.left-- === 0) return by;
  if (Array.isArray(value)) return value.map((one) => changed(one, at, by));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one, at, by)]));
}

const placesIn = (value: unknown): number => 1 + (typeof value === "object" && value !== null ? Object.values(value).reduce((sum: number, one) => sum + placesIn(one), 0) : 0);

function written() {
  const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
  const log = new CaptureLog(files, 1 << 20, undefined, en.tell);
  log.take(batchOf([...opened(1), { payload: "a" }]), 0);
  log.end(0);
  return { journal: files.journal.contents, payloads: files.payloads.contents };
}

it("a block written by hand, whose events hold something else anywhere, is read without what is wrong, and shown and exported", () => {
  const { journal, payloads } = written();
  const head = readHead(journal);
  if (typeof head !== "object" || head.place === undefined) throw new Error("It is no block.");
  const body = decodeBody(head, new Uint8Array(journal.subarray(head.headLength, head.headLength + head.bodyLength)));
  if (body === undefined) throw new Error("It has no body.");
  const { place } = head;
  let left = 0;
  fc.assert(
    fc.property(fc.nat({ max: placesIn(body.events) - 1 }), other, (at, by) => {
      const events = changed(body.events, { left: at }, by) as readonly PlacedEvent[];
      // What is no event at all makes the block none.
      if (!Array.isArray(events) || !events.every((placed: { readonly event?: { readonly type?: unknown } } | null) => typeof placed?.event?.type === "string")) return;
      const kept = { journal: new MemoryFile(), payloads: new MemoryFile() };
      kept.journal.append(writeBlock({ ...head, ...body, place, events }));
      kept.payloads.append(payloads);
      const capture = new CaptureLog({ kept }, 1 << 20);
      while (capture.recover());
      for (const connection of capture.table.connections.values()) if (connection.transport === "websocket") explainHandshake(connection);
      for (const _ of har.write(redactedSource(exportSource(capture, undefined), new Redaction()), { sensitive: false, tell: en.tell, version: "", title: "", now: epochMilliseconds(0) })) left += 1;
    }),
    { numRuns: 150 },
  );
  expect(left).toBeGreaterThan(0);
});
