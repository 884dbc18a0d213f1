import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaptureLog } from "../../../src/engine/capture-log.ts";
import { exportLog } from "../../../src/engine/export.ts";
import { Cancelled, OpenCall } from "../../../src/engine/open-call.ts";
import { recoverCapture, type Recovery } from "../../../src/log/recovery.ts";
import { Faults } from "../../../src/model/faults.ts";
import { directionOf, kindOf, opcodeOf } from "../../../src/model/frame.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../../src/model/units.ts";
import { MemoryFile } from "../../log/memory-file.ts";
import { en } from "../../words/speakers.ts";
import { MemoryFolders } from "../memory-folders.ts";
import { batchOf, opened, setupEngine, type Step } from "../setup-engine.ts";
import { TURNS } from "../timers.ts";
import { imported, importFrom } from "./imported.ts";
import { rowText } from "./row-words.ts";

/** A capture as its engine recorded it, and the file that a format makes of it. */
async function recorded(steps: readonly Step[], format: string): Promise<{ readonly capture: Recovery; readonly file: Uint8Array }> {
  const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
  const log = new CaptureLog(files, 1 << 24, new Faults("recorder"), en.tell);
  log.take(batchOf(steps), 0);
  const out = new MemoryFile();
  const store = { create: (name: string) => Promise.resolve({ file: out, path: [name] }), remove: () => Promise.resolve() };
  await exportLog(store, log, undefined, { format, scope: "all", sensitive: true }, { now: () => 0, version: "0.0.0", name: "", turns: TURNS, long: new OpenCall(1, { send: () => {}, now: () => 0 }), tell: en.tell, faults: new Faults("recorder") });
  log.end(0);
  return { capture: recoverCapture(files.journal, files.payloads, 1 << 24), file: out.contents };
}

/** What a capture says of each connection and its messages, to a microsecond. */
const contentsOf = ({ table, log }: Recovery): unknown =>
  [...table.connections.values()].map(({ id, url, transport, state }) => ({
    url,
    transport,
    state,
    messages: Array.from({ length: log.length }, (_, place) => frameIndex(place))
      .filter((index) => log.connectionAt(index) === id && kindOf(log.bitsAt(index)) === "message")
      .map((index) => [directionOf(log.bitsAt(index)), opcodeOf(log.bitsAt(index)), Math.round((table.clock.toEpoch(log.timeAt(index)) ?? 0) * 1000), rowText(log, index)]),
  }));

describe("a capture that is written and read again", () => {
  const message = fc.record({ connection: fc.integer({ min: 1, max: 3 }), direction: fc.constantFrom("sent", "received"), payload: fc.oneof(fc.string({ unit: "grapheme", maxLength: 40 }), fc.uint8Array({ maxLength: 40 })) }).map((one): Step => ({ ...one, opcode: typeof one.payload === "string" ? 1 : 2 }));

  it.each(["har", "ndjson", "framescope-capture", "pcapng"])("as %s has the same connections, and the same messages in the same order", async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 30 }), fc.boolean(), fc.integer({ min: 1, max: 50 }), async (messages, isClosed, largest) => {
        const closed: Step[] = isClosed ? [{ type: "closed", connection: connectionId(2), time: monotonicSeconds(2000) }] : [];
        const { capture, file } = await recorded([...opened(1), ...opened(2), ...opened(3), ...messages, ...closed], format);
        const again = await imported(file, { largest });
        expect(again.problems).toEqual([]);
        expect(contentsOf(again.capture)).toEqual(contentsOf(capture));
        expect(again.rows.filter((row) => / (sent|received) /.test(row)).map((row) => row.split(" ")[0])).toEqual(messages.map((one) => String((one as { connection: number }).connection)));
      }),
      { numRuns: 12 },
    );
  });

  it("is longer than a batch, and the same", async () => {
    const messages = Array.from({ length: 20_000 }, (_, place): Step => ({ connection: (place % 3) + 1, payload: `message ${place}` }));
    const { capture, file } = await recorded([...opened(1), ...opened(2), ...opened(3), ...messages], "har");
    const again = await imported(file);
    expect(contentsOf(again.capture)).toEqual(contentsOf(capture));
  });
});

const HAR = Buffer.from(
  JSON.stringify({ log: { entries: [{ startedDateTime: "2026-11-20T12:00:00Z", request: { url: "ws://feed.test/" }, response: { status: 101 }, _webSocketMessages: Array.from({ length: 5000 }, (_, i) => ({ type: "send", opcode: 1, data: `${i}`, _pinned: i === 3, _note: i === 3 ? "here" : "" })) }] } }),
);

describe("an import", () => {
  it("is an ordinary kept capture, under the name of the file", async () => {
    const folders = new MemoryFolders();
    const engine = setupEngine({ captures: folders, files: { "feed.har": HAR } });
    const answer = await engine.call("importFile", { file: { name: "feed.har", size: HAR.length } });
    expect(answer).toMatchObject({ name: "feed.har", connections: 1, frames: 5000, problems: [], moreProblems: 0 });
    expect(folders.folders.get(answer.capture)).toMatchObject({ about: { name: "feed", isSeen: true } });
    engine.end();
    const { journal, payloads } = folders.folders.get(answer.capture) as { journal: MemoryFile; payloads: MemoryFile };
    const shown = setupEngine({ log: { kept: { journal, payloads } } });
    await shown.until(({ decoded, rows }) => rows > 5000 && decoded === rows);
    await shown.call("setScope", { filter: "is:pinned", connection: null, sent: true, received: true, sort: null });
    await shown.until(({ matches, scanned }) => matches === 1 && scanned === 1);
    expect((await shown.call("rows", { from: 0, to: 1 })).rows).toMatchObject([{ preview: "3", note: "here" }]);
    shown.end();
  });

  it("that is cancelled leaves nothing behind, whenever that is", async () => {
    for (let cancelAt = 1; ; cancelAt += 3) {
      const folders = new MemoryFolders();
      let asked = 0;
      const goOn = (): void => {
        if (++asked >= cancelAt) throw new Cancelled();
      };
      const done = await importFrom(HAR, { folders, long: { goOn } }).then(
        () => true,
        (error: unknown) => {
          expect(error).toBeInstanceOf(Cancelled);
          return false;
        },
      );
      expect(folders.folders.size).toBe(done ? 1 : 0);
      if (done) {
        expect(cancelAt).toBeGreaterThan(10);
        return;
      }
      cancelAt *= 2;
    }
  });

  it("for which the disk has no room is refused, and leaves nothing behind", async () => {
    for (const full of ["journal", "payloads", "spool"] as const) {
      const folders = new MemoryFolders();
      const create = folders.create.bind(folders);
      folders.create = async () => {
        const made = await create();
        (made[full] as MemoryFile).room = 100;
        return made;
      };
      await expect(importFrom(HAR, { folders })).rejects.toMatchObject({ name: "Refusal" });
      expect(folders.folders.size).toBe(0);
    }
  });

  it("tells how far it is: reading, then writing", async () => {
    const told: string[] = [];
    await importFrom(HAR, { long: { progress: ({ doing, share }) => told.push(`${doing} ${share <= 1}`) } });
    expect([...new Set(told)]).toEqual(["reading true", "writing true"]);
  });
});
