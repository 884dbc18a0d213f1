import { OpenCall } from "../../src/engine/open-call.ts";
import { TURNS } from "./timers.ts";
import { afterEach, describe, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { exportLog } from "../../src/engine/export.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import { connectionId, frameIndex } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import type { NextCapture } from "../../src/engine/next-capture.ts";
import { MemoryFolders, type MemoryFolder } from "./memory-folders.ts";
import { batchOf, connectionRows, opened, OWN_CAPTURE, setupEngine, toldOf, type Step } from "./setup-engine.ts";
import { en } from "../words/speakers.ts";
import { Faults } from "../../src/model/faults.ts";
import { say } from "../../src/model/said.ts";

let end = (): void => {};
afterEach(() => end());

function record(steps: readonly Step[], how: "ended" | "cut off" = "cut off", lost = 0) {
  const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
  const log = new CaptureLog(files, 1 << 20);
  log.take(batchOf(steps, lost), 0);
  log.save(0);
  if (how === "ended") log.end(0);
  return files;
}

const TRAFFIC: Step[] = [
  ...opened(1),
  ...opened(2),
  { payload: '{"op":"subscribe"}', direction: "sent" },
  { connection: 2, payload: Uint8Array.of(1, 2, 3), opcode: 2 },
  { payload: '{"op":"tick","px":1}' },
  { type: "closed", connection: connectionId(2), time: 1004 as never },
  { payload: '{"op":"tick","px":2}' },
];

async function show(files: { journal: MemoryFile; payloads: MemoryFile }) {
  const shown = setupEngine({ log: { kept: files } });
  end = shown.end;
  await shown.until(({ storage }) => storage.state === "kept" && storage.read === 1);
  return shown;
}

describe("an engine that shows a kept capture", () => {
  it("answers what the engine that recorded it did", async () => {
    const live = setupEngine();
    live.take(TRAFFIC, 3);
    await live.until(({ decoded }) => decoded === 7);
    const before = await live.call("rows", { from: 0, to: 10 });
    live.end();

    const { call, until } = await show(record(TRAFFIC, "ended", 3));
    const changed = await until(({ decoded }) => decoded === 7);
    expect(changed).toMatchObject({ frames: 4, matches: 4, lost: 3, storage: { state: "kept", read: 1, problem: null } });
    const after = await call("rows", { from: 0, to: 10 });
    expect(after.rows).toEqual(before.rows);
    const { exported } = await show(record(TRAFFIC, "ended"));
    expect(exported.size).toBe(0);
  });

  it("counts what passed over each connection, without rates, and shows none as open", async () => {
    const { call, until } = await show(record(TRAFFIC));
    const changed = await until(({ rows }) => rows === 7);
    expect([changed.sentRate.frames, changed.receivedRate.frames]).toEqual([0, 0]);
    const rows = await connectionRows(call);
    expect(rows.map(({ frames, rate, state, ending, end: how }) => [frames, rate, state, ending, how])).toEqual([
      [3, 0, "closed", say("log.capture-cut-off"), { kind: "capture ended" }],
      [1, 0, "closed", say("log.closed"), { kind: "closed", code: null, hasUnknownCode: true }],
    ]);
  });

  it("exports nothing of a capture that is still being opened", async () => {
    const capture = new CaptureLog({ kept: record(TRAFFIC) }, 1 << 20);
    const store = { create: (name: string) => Promise.resolve({ file: new MemoryFile(), path: [name] }), remove: () => Promise.resolve() };
    const write = () => exportLog(store, capture, undefined, { format: "har", scope: "all", sensitive: false }, { now: () => 0, version: "0.0.0", name: "", turns: TURNS, long: new OpenCall(1, { send: () => {}, now: () => 0 }), tell: en.tell, faults: new Faults("recorder") });
    await expect(write()).rejects.toThrow("engine.export-opening");
    while (capture.recover());
    expect((await write()).frames).toBe(4);
  });

  it("filters and exports what was kept", async () => {
    const { call, exported, until } = await show(record(TRAFFIC));
    await call("setScope", { filter: ".px = 2", connection: null, sent: true, received: true, sort: null });
    await until(({ matches, scanned }) => matches === 1 && scanned === 1);
    const file = await call("export", { format: "har", scope: "all", sensitive: false });
    const har = JSON.parse(Buffer.from(exported.get(file.path[0] as string)?.contents ?? []).toString()) as { log: { entries: { _webSocketMessages: { data: string }[] }[] } };
    expect(har.log.entries.map(({ _webSocketMessages }) => _webSocketMessages.map(({ data }) => data))).toEqual([
      ['{"op":"subscribe"}', '{"op":"tick","px":1}', '{"op":"tick","px":2}'],
      ["AQID"],
    ]);
  });

  it("writes pins and notes into the journal, for the next time it is opened", async () => {
    const files = record(TRAFFIC, "ended");
    const first = await show(files);
    await first.call("pin", { frame: frameIndex(3), pinned: true });
    await first.call("note", { frame: frameIndex(3), text: "here it goes wrong" });
    first.end();
    const second = await show(files);
    expect((await second.call("inspect", { frame: frameIndex(3), columns: 80 }))).toMatchObject({ pinned: true, userNote: "here it goes wrong" });
    expect(recoverCapture(files.journal, files.payloads, 0).log.length).toBe(7);
  });

  it("shows what is whole of a damaged one, says what is missing, and leaves its journal as it is", async () => {
    const files = record(TRAFFIC);
    const log = new CaptureLog({ kept: files }, 1 << 20);
    while (log.recover());
    files.journal.append(Uint8Array.from({ length: 60 }, () => 7));
    const size = files.journal.size;
    const { call, until, end: endIt } = await show(files);
    const changed = await until(({ rows }) => rows === 8);
    expect(toldOf(changed.storage)).toBe("This capture is damaged in one place; a row of type error says where. Frames may be missing.");
    const last = (await call("rows", { from: 7, to: 8 })).rows[0];
    expect(last).toMatchObject({ kind: "error", connection: 0, preview: expect.stringMatching(/^Damaged: bytes [\d,]+ to [\d,]+ of the file “journal”\. Frames may be missing here\.$/) as string });
    await call("pin", { frame: frameIndex(0), pinned: true });
    expect((await call("inspect", { frame: frameIndex(0), columns: 80 }))?.pinned).toBe(true);
    endIt();
    expect(files.journal.size).toBe(size);
  });

  it("is not cleared", async () => {
    const files = record(TRAFFIC);
    const { call } = await show(files);
    await expect(call("clear", null)).rejects.toThrow(/cannot be cleared/);
    expect(files.journal.size).toBeGreaterThan(0);
  });

  it("says why one cannot be opened", async () => {
    const shown = setupEngine({ log: { kept: { why: "It is open elsewhere." } } });
    end = shown.end;
    const changed = await shown.until(({ storage }) => storage.state === "kept");
    expect(changed).toMatchObject({ frames: 0, storage: { read: 1, problem: "It is open elsewhere." } });
  });
});

describe("an engine that records", () => {
  it("exports another capture without opening it in a view, also one that is open elsewhere, and refuses one that is recorded", async () => {
    const folders = new MemoryFolders();
    folders.folders.set("other", record(TRAFFIC));
    folders.folders.set("shown", { ...record(TRAFFIC), use: "open" });
    folders.folders.set("running", { ...record(TRAFFIC), use: "recording" });
    const engine = setupEngine({ captures: folders });
    end = engine.end;
    engine.take([...opened(1), { payload: "of this one" }]);
    const file = await engine.call("exportCapture", { capture: "other", format: "har", sensitive: false });
    expect([file.connections, file.frames]).toEqual([2, 4]);
    expect((await engine.call("exportCapture", { capture: "shown", format: "har", sensitive: false })).frames).toBe(4);
    const own = await engine.call("exportCapture", { capture: OWN_CAPTURE, format: "har", sensitive: false });
    expect([own.connections, own.frames]).toEqual([1, 1]);
    await expect(engine.call("exportCapture", { capture: "running", format: "har", sensitive: false })).rejects.toThrow(/being recorded/);
    await expect(engine.call("exportCapture", { capture: "../..", format: "har", sensitive: false })).rejects.toThrow(/no such capture/);
  });

  it("names an export after the user's name for the capture, in characters that any file may have", async () => {
    const folders = new MemoryFolders();
    for (const id of ["other", OWN_CAPTURE]) folders.folders.set(id, record(TRAFFIC));
    const engine = setupEngine({ captures: folders });
    end = engine.end;
    const other = async (): Promise<string> => (await engine.call("exportCapture", { capture: "other", format: "har", sensitive: false })).name;
    const own = async (): Promise<string> => (await engine.call("export", { format: "har", scope: "all", sensitive: false })).name;
    await engine.call("renameCapture", { capture: OWN_CAPTURE, name: "../Заказы: <b>5 Nov</b>" });
    expect(await own()).toMatch(/^framescope-Заказы-b-5-Nov-b-\d{4}-[\d-]+T[\d-]+\.har$/);
    await engine.call("renameCapture", { capture: "other", name: "…" });
    expect(await other()).not.toContain("…");
    await engine.call("renameCapture", { capture: "other", name: "😀ab".repeat(40) });
    expect((await other()).length).toBeLessThan(80);
  });

  it("writes down that it ended in order, once its page says so", () => {
    const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
    const engine = setupEngine({ log: files });
    end = engine.end;
    engine.take([...opened(1), { payload: "last words" }]);
    engine.engine.receive({ type: "end" }, () => {});
    const recovery = recoverCapture(files.journal, files.payloads, 0);
    expect([...recovery.table.connections.values()].map(({ ending }) => ending)).toEqual([say("log.capture-ended")]);
    expect(recovery.log.messages).toBe(1);
    expect(files.journal.isClosed && files.payloads.isClosed).toBe(true);
  });

  it("writes nothing to the disk once it is told so, and forgets what it had written", async () => {
    const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
    const engine = setupEngine({ log: files });
    end = engine.end;
    engine.take([...opened(1), { payload: "early" }]);
    engine.engine.receive({ type: "memory only", why: "This is an incognito window." }, () => {});
    engine.take([{ payload: "secret" }]);
    await engine.call("clear", null);
    engine.take([{ payload: "secret too" }]);
    const changed = await engine.until(({ frames, generation }) => generation === 1 && frames === 1);
    expect(changed.storage).toMatchObject({ state: "memory only", why: "This is an incognito window." });
    engine.engine.receive({ type: "end" }, () => {});
    expect([files.journal.size, files.payloads.size]).toEqual([0, 0]);
  });

  it("ends a capture that is cleared into the list, and goes on as another one there", async () => {
    const folders = new MemoryFolders();
    const own: MemoryFolder = { journal: new MemoryFile(), payloads: new MemoryFile(), use: "recording" };
    folders.folders.set(OWN_CAPTURE, own);
    const answers: (() => void)[] = [];
    const nextCapture = async (): Promise<NextCapture> => {
      await new Promise<void>((resolve) => answers.push(resolve));
      const id = `2026-11-20T15-00-00-000Z-0000000${folders.folders.size}`;
      const folder: MemoryFolder = { journal: new MemoryFile(), payloads: new MemoryFile(), use: "open" };
      folders.folders.set(id, folder);
      const begin = (): void => {
        for (const one of folders.folders.values()) if (one.use === "recording") delete one.use;
        folder.use = "recording";
      };
      return { id, files: folder, begin, drop: () => folders.folders.delete(id) };
    };
    const engine = setupEngine({ log: own, captures: folders, nextCapture });
    end = engine.end;
    const listed = async (): Promise<[string, number][]> => (await engine.stream("captures", null)).map(({ state, frames }) => [state, frames]);
    engine.take([...opened(1), { payload: "1" }]);
    await engine.call("clear", null);
    // Where it is cleared again before there is another folder, that waits for it.
    engine.take([{ payload: "2" }, { payload: "3" }]);
    const again = engine.call("clear", null);
    await expect.poll(() => answers.length).toBe(1);
    answers[0]?.();
    await again;
    await engine.until(({ cleared }) => cleared?.frames === 2);
    expect(await listed()).toEqual([["running here", 2], ["ended", 1]]);
  });

  it("applies the bounds when it is told them", async () => {
    const folders = new MemoryFolders();
    for (const day of ["01", "02", "03"]) folders.folders.set(`2026-11-${day}T00-00-00-000Z-00000000`, record(TRAFFIC));
    const engine = setupEngine({ captures: folders });
    end = engine.end;
    engine.engine.receive({ type: "limits", budget: 1 << 24, bounds: { captures: 1, bytes: 1e9 } }, () => {});
    await expect.poll(() => [...folders.folders.keys()]).toEqual(["2026-11-03T00-00-00-000Z-00000000"]);
  });

  it("applies the bounds again soon where a capture was just being read", async () => {
    const folders = new MemoryFolders();
    folders.folders.set("2026-11-01T00-00-00-000Z-00000000", record(TRAFFIC));
    let asked = 0;
    const remove = folders.remove.bind(folders);
    folders.remove = (id) => (asked++ === 0 ? Promise.reject(new Error("NoModificationAllowedError")) : remove(id));
    const engine = setupEngine({ captures: folders });
    end = engine.end;
    engine.engine.receive({ type: "limits", budget: 1 << 24, bounds: { captures: 0, bytes: 1e9 } }, () => {});
    await expect.poll(() => [...folders.folders.keys()]).toEqual([]);
    expect(asked).toBe(2);
  });
});
