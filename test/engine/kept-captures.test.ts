import type { TurnEdges } from "../../src/engine/turns.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import type { KeptCapture } from "../../src/contract/captures.ts";
import { KeptCaptures, readAbout } from "../../src/engine/kept-captures.ts";
import { LONGEST_HEAD } from "../../src/log/journal-block.ts";
import { captureId, captureStart } from "../../src/model/capture-id.ts";
import { kindOf } from "../../src/model/frame.ts";
import { Refusal } from "../../src/model/refusal.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { MemoryFolders, type MemoryFolder } from "./memory-folders.ts";
import { batchOf, opened, type Step } from "./setup-engine.ts";
import { en } from "../words/speakers.ts";

const START = Date.UTC(2026, 10, 20, 14, 0);
const idOf = (number: number): string => captureId(START + number * 60_000, "00000000");
const frames = (count: number): Step[] => [...opened(1), ...Array.from({ length: count }, (_, i) => ({ payload: `frame ${i}` }))];

const copyOf = (file: MemoryFile): MemoryFile => {
  const copy = new MemoryFile();
  copy.append(file.contents);
  return copy;
};

/** A folder as an engine leaves it: `end` in order, or cut off after its last save. */
function recorded(steps: readonly Step[], how: "ended" | "cut off" = "ended", lost = 0): MemoryFolder {
  const journal = new MemoryFile();
  const payloads = new MemoryFile();
  const log = new CaptureLog({ journal, payloads }, 1 << 20);
  log.take(batchOf(steps, lost), START);
  log.save(START + 1000);
  if (how === "ended") log.end(START + 2000);
  return { journal, payloads, writtenAt: START };
}

/** All that the list tells of. */
async function listed(kept: KeptCaptures): Promise<KeptCapture[]> {
  const all: KeptCapture[] = [];
  for await (const capture of kept.list()) all.push(capture);
  return all;
}

const AT_ONCE: TurnEdges = { now: () => 0, turns: { soon: (callback) => callback() } };

function setup(captures: readonly MemoryFolder[], own = "none") {
  const folders = new MemoryFolders();
  captures.forEach((folder, number) => folders.folders.set(idOf(number), folder));
  return { folders, kept: new KeptCaptures(folders, () => own, AT_ONCE), left: () => [...folders.folders.keys()].toSorted() };
}

const PLENTY = { captures: 100, bytes: Infinity };

describe("the list of captures", () => {
  it("tells of each what its journal holds, the newest first", async () => {
    const { kept } = setup([recorded(frames(3)), recorded(frames(1200), "cut off")]);
    const list = await listed(kept);
    expect(list.map(({ id, page, frames: count, connections, state, isOffered }) => [id, page, count, connections, state, isOffered])).toEqual([
      [idOf(1), "page.test", 1200, 1, "cut off", true],
      [idOf(0), "page.test", 3, 1, "ended", false],
    ]);
    expect(list[1]?.startedAt).toBe(START);
    expect(list[0]?.bytes).toBeGreaterThan(1200 * 18);
  });

  it("counts the blocks that are whole where the last one was cut off by the crash, wherever it was cut", async () => {
    const folder = { journal: new MemoryFile(), payloads: new MemoryFile() };
    const log = new CaptureLog(folder, 1 << 20);
    log.take(batchOf(frames(10)), START);
    log.save(START + 1000);
    const whole = folder.journal.size;
    log.take(batchOf(frames(5).slice(4)), START);
    log.save(START + 2000);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: whole, max: folder.journal.size - 1 }), async (size) => {
        const journal = new MemoryFile();
        journal.append(folder.journal.contents.subarray(0, size));
        const [capture] = await listed(setup([{ ...folder, journal }]).kept);
        expect(capture?.frames).toBe(10);
        expect(capture?.problem === null).toBe(size === whole);
      }),
    );
  });

  it("offers what will open: frames, connections and damaged places, though only reading all of it tells", async () => {
    const places = fc.record({ file: fc.constantFrom("journal" as const, "payloads" as const), at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), bit: fc.nat(7) });
    const folder = { journal: new MemoryFile(), payloads: new MemoryFile() };
    const log = new CaptureLog(folder, 1 << 20);
    for (let save = 0; save < 5; save++) {
      log.take(batchOf([...opened(save + 1), ...frames(7).slice(4)]), START);
      log.save(START + save);
    }
    await fc.assert(
      fc.asyncProperty(fc.array(places, { minLength: 1, maxLength: 3 }), async (flips) => {
        const files = { journal: copyOf(folder.journal), payloads: copyOf(folder.payloads) };
        for (const { file, at, bit } of flips) files[file].flip(Math.floor(at * files[file].size), bit);
        const [capture] = await listed(setup([files]).kept);
        const kept = new CaptureLog({ kept: files }, 1 << 20);
        while (kept.recover());
        const { storage } = kept;
        const damaged = Array.from({ length: kept.log.length }, (_, row) => kept.log.bitsAt(frameIndex(row))).filter((bits) => kindOf(bits) === "error").length;
        expect(capture).toMatchObject({ damaged, problem: storage.state === "kept" ? storage.problem : "", isOffered: true });
        // A head that is whole tells of a block's connections; one that is not keeps them to itself until they are met.
        expect([capture?.frames, capture?.connections]).toEqual([kept.log.messages, kept.table.connections.size]);
      }),
    );
  });

  it("reads a capture whole once, and only to offer it", async () => {
    const folders = [recorded(frames(200), "cut off"), recorded(frames(200))];
    let bytes = 0;
    for (const { payloads } of folders) {
      const read = payloads.read.bind(payloads);
      payloads.read = (offset, into) => ((bytes += into.length), read(offset, into));
    }
    const { kept } = setup(folders);
    await kept.applyBounds(PLENTY);
    expect(bytes).toBe(0);
    await listed(kept);
    expect(bytes).toBe(folders[0]?.payloads.size);
    await listed(kept);
    expect(bytes).toBe(folders[0]?.payloads.size);
  });

  it("names no query of the page's address, and the page as it was when the first socket opened", async () => {
    const target = (url: string): Step => ({ type: "target", target: { key: "page", type: "page", url } });
    const [, created, ...rest] = frames(1);
    const { kept } = setup([recorded([target("about:blank"), target("https://shop.test/cart?token=secret#x"), created as Step, ...rest, target("https://later.test/")])]);
    expect((await listed(kept))[0]?.page).toBe("shop.test/cart");
  });

  it("knows who uses a capture", async () => {
    const folders = [recorded(frames(1), "cut off"), recorded(frames(1), "cut off"), recorded(frames(1), "cut off"), recorded(frames(1))];
    const { kept } = setup(folders.map((folder, i) => ({ ...folder, ...([{ use: "recording" }, { use: "recording" }, { use: "open" }, {}] as const)[i] })), idOf(0));
    const list = await listed(kept);
    expect(list.map(({ state, isOffered }) => [state, isOffered])).toEqual([["ended", false], ["open elsewhere", false], ["running elsewhere", false], ["running here", false]]);
  });

  it("lets other work have its turns while it counts a long capture, and looks for a page in its beginning only", async () => {
    const journal = new MemoryFile();
    const payloads = new MemoryFile();
    const log = new CaptureLog({ journal, payloads }, 1 << 20);
    const frame = { payload: "x".repeat(500) };
    for (let i = 0; i < 2000; i++) {
      log.take(batchOf([frame]), START + i);
      log.save(START + i);
    }
    const folders = new MemoryFolders();
    folders.folders.set(idOf(0), { journal, payloads, about: { name: "", isSeen: true } });
    let turns = 0;
    let asked = 0;
    let bytes = 0;
    const read = journal.read.bind(journal);
    journal.read = (offset, into) => ((bytes += into.length), read(offset, into));
    const [capture] = await listed(new KeptCaptures(folders, () => "none", { now: () => 10 * asked++, turns: { soon: (callback) => (turns++, callback()) } }));
    expect(capture?.frames).toBe(2000);
    expect(turns).toBeGreaterThan(5);
    // Its heads are most of what it reads.
    expect(bytes).toBeLessThan(2000 * LONGEST_HEAD * 1.2);
  });

  it("stands though files are missing, empty, or anything at all", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 50 }), fc.anything(), fc.string(), async (journalBytes, payloadBytes, about, id) => {
        const journal = new MemoryFile();
        journal.append(journalBytes);
        const payloads = new MemoryFile();
        payloads.append(payloadBytes);
        const folders = new MemoryFolders();
        folders.folders.set(id, { journal, payloads, about });
        const list = await listed(new KeptCaptures(folders, () => "none", AT_ONCE));
        expect(list.length).toBe(journalBytes.length === 0 ? 0 : 1);
        if (list[0] !== undefined) expect(list[0].problem).not.toBeNull();
      }),
    );
  });

  it("says so where a journal is of a later version, and does not remove it", async () => {
    const folder = recorded(frames(2), "cut off");
    const bytes = folder.journal.contents;
    bytes[4] = 99;
    folder.journal.cutTo(0);
    folder.journal.append(bytes);
    const { kept, left } = setup([folder]);
    const [newer] = await listed(kept);
    expect([newer?.frames, en.tell(newer?.problem ?? "")]).toEqual([0, expect.stringContaining("format 99")]);
    await kept.applyBounds(PLENTY);
    expect(left()).toHaveLength(1);
  });

  it("keeps a name, and offers no more what was seen", async () => {
    const { kept } = setup([recorded(frames(2), "cut off")]);
    expect((await listed(kept))[0]).toMatchObject({ name: "", isOffered: true });
    await kept.rename(idOf(0), "  the bad morning ");
    await kept.dismiss(idOf(0));
    expect((await listed(kept))[0]).toMatchObject({ name: "the bad morning", isOffered: false });
  });

  it("offers no more here what was seen though the disk is full, and again where nobody knows of it", async () => {
    const { folders, kept } = setup([recorded(frames(2), "cut off")]);
    folders.writeAbout = () => Promise.reject(new Refusal("No space."));
    await kept.dismiss(idOf(0));
    expect((await listed(kept))[0]?.isOffered).toBe(false);
    expect((await listed(new KeptCaptures(folders, () => "none", AT_ONCE)))[0]?.isOffered).toBe(true);
    await expect(kept.rename(idOf(0), "Monday")).rejects.toThrow("No space.");
  });

  it("takes a new name where the old one is damaged", async () => {
    const { kept } = setup([{ ...recorded(frames(2)), about: "{garbage" }]);
    expect((await listed(kept))[0]).toMatchObject({ name: "", frames: 2 });
    await kept.rename(idOf(0), "Monday");
    expect((await listed(kept))[0]).toMatchObject({ name: "Monday", frames: 2 });
  });

  it("deletes a capture, and none that is in use", async () => {
    const { kept, left } = setup([recorded(frames(2)), { ...recorded(frames(2)), use: "open" }]);
    await kept.remove(idOf(0));
    await expect(kept.remove(idOf(1))).rejects.toThrow("engine.delete-in-use");
    expect(left()).toEqual([idOf(1)]);
  });
});

describe("the bounds of kept captures", () => {
  it("push the oldest out, never one in use, and keep as many as fit", async () => {
    const folder = fc.record({ count: fc.integer({ min: 1, max: 40 }), use: fc.constantFrom(undefined, undefined, "recording" as const, "open" as const) });
    await fc.assert(
      fc.asyncProperty(fc.array(folder, { maxLength: 7 }), fc.nat(5), fc.nat(6000), async (made, captures, bytes) => {
        const all = made.map(({ count, use }) => ({ ...recorded(frames(count)), ...(use !== undefined && { use }) }));
        const { kept, left } = setup(all);
        const sizes = all.map(({ journal, payloads }) => journal.size + payloads.size);
        await kept.applyBounds({ captures, bytes });
        const idle = made.flatMap(({ use }, i) => (use === undefined ? [i] : []));
        const gone = made.flatMap((_, i) => (left().includes(idOf(i)) ? [] : [i]));
        const stay = idle.filter((i) => !gone.includes(i));
        expect(gone.every((i) => idle.includes(i))).toBe(true);
        // Whatever went is older than whatever stayed.
        expect(Math.max(-1, ...gone)).toBeLessThan(Math.min(Infinity, ...stay));
        expect(stay.length).toBeLessThanOrEqual(captures);
        const used = sizes.reduce((sum, size, i) => sum + (idle.includes(i) ? 0 : size), 0);
        const total = stay.reduce((sum, i) => sum + (sizes[i] as number), used);
        if (stay.length > 0) expect(total).toBeLessThanOrEqual(bytes);
        const newestGone = gone.at(-1);
        if (newestGone !== undefined) expect(stay.length === captures || total + (sizes[newestGone] as number) > bytes).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("remove captures in which no socket appeared, or that were cleared, but none that runs", async () => {
    const navigation: Step = { type: "navigated", time: monotonicSeconds(1), url: "http://page.test/", keepLog: true };
    const cleared = { journal: new MemoryFile(), payloads: new MemoryFile() };
    const log = new CaptureLog(cleared, 1 << 20);
    log.take(batchOf(frames(4)), START);
    log.save(START);
    log.clear();
    log.end(START);
    const refused: Step[] = [...opened(1).slice(0, 2), { type: "closed", connection: connectionId(1), time: monotonicSeconds(2) }];
    const { kept, left } = setup([recorded([navigation]), cleared, { journal: new MemoryFile(), payloads: new MemoryFile() }, recorded(refused), { journal: new MemoryFile(), payloads: new MemoryFile(), use: "recording" }]);
    expect((await listed(kept)).map(({ id }) => id)).toEqual([idOf(4), idOf(3)]);
    await kept.applyBounds(PLENTY);
    expect(left()).toEqual([idOf(3), idOf(4)]);
  });
});

describe("what the user put on a capture", () => {
  it("is read as far as it is valid", () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const { name, isSeen } = readAbout(stored);
        expect(typeof name === "string" && name.length <= 80 && typeof isSeen === "boolean").toBe(true);
      }),
    );
  });
});

describe("the name of a capture", () => {
  it("tells when it began, and nothing where it is not one of ours", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(999), (seconds, milliseconds) => {
        const time = seconds * 1000 + milliseconds;
        expect(captureStart(captureId(time, "0a1b2c3d"))).toBe(time);
      }),
    );
    for (const name of ["", "..", "2026-99-99T99-99-99-999Z-00000000", "x".repeat(9999), "2026-11-20T14-00-00-000Z"]) expect(captureStart(name)).toBeUndefined();
  });
});
