import { unzipSync } from "fflate";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { ExportRequest } from "../../src/contract/files.ts";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { exportSource } from "../../src/engine/export-source.ts";
import { findAllSecrets, redactedSource } from "../../src/format/redact/redacted-source.ts";
import { Redaction } from "../../src/format/redact/redaction.ts";
import { EXPORT_FORMATS } from "../../src/format/registry.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import type { CaptureEvent } from "../../src/model/capture-batch.ts";
import type { HttpExchange } from "../../src/model/http-exchange.ts";
import { OPCODE_BINARY } from "../../src/model/frame.ts";
import { connectionId, epochMilliseconds, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { records } from "../decode/signalr-hub.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { en } from "../words/speakers.ts";
import { someOf } from "../some-of.ts";
import { opened, setupEngine, type Message, type Step } from "./setup-engine.ts";

const id = connectionId;
const time = monotonicSeconds;
const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** An engine that has taken these in and decoded them. */
async function engineWith(steps: readonly Step[]) {
  const engine = setupEngine();
  ends.push(engine.end);
  engine.take(steps);
  await engine.until(({ decoded, rows }) => rows > 0 && decoded >= rows);
  const write = async (format: string, request: Partial<ExportRequest> = {}): Promise<{ readonly name: string; readonly bytes: Buffer; readonly frames: number }> => {
    const { name, frames } = await engine.call("export", { format, scope: "all", sensitive: false, ...request });
    return { name, frames, bytes: Buffer.from(engine.exported.get(name)?.contents ?? []) };
  };
  return { ...engine, write, text: async (format: string, request: Partial<ExportRequest> = {}) => (await write(format, request)).bytes.toString() };
}

const TWO: readonly Step[] = [
  ...opened(1, "wss://feed.test/v1?token=abcdef0123456789"),
  { payload: '{"type":"login","password":"correct horse"}', direction: "sent" },
  { payload: Uint8Array.of(1, 2, 255), opcode: OPCODE_BINARY },
  ...opened(2),
  { connection: 2, payload: '=cmd|" /C calc"!A0, "größe"\r\nzwei' },
  { type: "closed", connection: id(1), time: time(1009), observed: true },
  { type: "close-details", connection: id(1), time: time(1009), closing: { code: 1000, reason: "bye", wasClean: true } },
  { type: "navigated", time: time(1010), url: "http://page.test/next", keepLog: true },
];

const TOKEN = "k7Yw3pQz9LmN2xRtVb8c";
/** It gives what only a message says is a secret. */
const LOGIN: HttpExchange = { method: "GET", url: "http://page.test/start", requestHeaders: [], requestBody: null, status: 200, body: `{"data":{"k":"${TOKEN}"}}`, setCookies: [], finishedAt: epochMilliseconds(0) };

/** A Framescope capture, opened. */
function read(zip: Uint8Array): CaptureLog {
  const files = unzipSync(zip);
  expect(Object.keys(files)).toEqual(["capture.json", "payloads", "journal"]);
  const [journal, payloads] = [new MemoryFile(), new MemoryFile()];
  journal.append(files["journal"] as Uint8Array);
  payloads.append(files["payloads"] as Uint8Array);
  const recovery = recoverCapture(journal, payloads, 1 << 24);
  expect(recovery.problem).toBeUndefined();
  const capture = new CaptureLog({ kept: { journal, payloads } }, 1 << 24);
  while (capture.recover());
  return capture;
}

/** Counts what it looks through. */
class Counting extends Redaction {
  looks = 0;

  override bytes(message: Uint8Array, isText: boolean): Uint8Array {
    this.looks++;
    return super.bytes(message, isText);
  }
}

describe("every export", () => {
  it("gives each message of a frame that holds several a row of its own in tables, with what is its own, masked", async () => {
    const { text, write } = await engineWith([
      ...opened(1),
      { payload: records({ protocol: "json", version: 1 }), direction: "sent" },
      { payload: records({}) },
      { payload: records({ type: 1, invocationId: "7", target: "login", arguments: [{ password: "correct horse" }] }, { type: 6 }), direction: "sent" },
      { payload: records({ type: 3, invocationId: "7", result: "größe" }) },
    ]);
    const lines = (await text("csv", { columns: ["row", "label", "id", "messages", "part"] })).trimEnd().split("\r\n").slice(1);
    const [login, ping] = lines.filter((line) => line.startsWith("4,"));
    expect([login, ping]).toEqual(["4,login,7,2,1", "4,Ping,,2,2"]);
    expect(lines.map((line) => line.split(",")[4])).toEqual(["", "", "", "1", "2", ""]);
    const payloads = (await text("csv", { columns: ["text"] })).split("\r\n").filter((line) => line.includes("login") || line === '"{""type"":6}"');
    expect(payloads).toEqual([expect.stringMatching(/^"\{""type"":1.*""password"":""(?!correct horse)/), '"{""type"":6}"']);
    expect((await write("parquet")).frames).toBe(4);
  });

  it("holds no secret of a message in the answer that gave it, whichever rows are written", async () => {
    const engine = await engineWith([...opened(1), { payload: JSON.stringify({ op: "login", token: TOKEN }), direction: "sent" }, { payload: '{"op":"welcome"}' }]);
    await engine.call("keepAnswers", { exchanges: [LOGIN] });
    for (const { id: format } of EXPORT_FORMATS) {
      expect(unpacked((await engine.write(format)).bytes).includes(TOKEN), format).toBe(false);
      expect(unpacked((await engine.write(format, { scope: { places: [{ from: 2, to: 3 }] } })).bytes).includes(TOKEN), format).toBe(false);
    }
    const capture = read((await engine.write("framescope-capture")).bytes);
    const [message, answer] = [Buffer.from(capture.log.payloadAt(frameIndex(1))).toString(), capture.answers.exchanges[0]?.body];
    expect(message).toContain("‹token-1");
    expect(answer).toBe(LOGIN.body.replace(TOKEN, /‹.*›/.exec(message)?.[0] ?? ""));
    const { secrets } = await engine.call("findSecrets", { capture: null, scope: "all" });
    expect(secrets).toMatchObject([{ kind: "token", found: 2, distinct: 1 }]);
    const unmasked = read((await engine.write("framescope-capture", { keep: ["token"] })).bytes);
    expect(unmasked.answers.exchanges).toEqual([LOGIN]);
  });

  it("is told to be further with each row that is read, and to be there with the last; a second time as well", async () => {
    const { engine } = await engineWith(TWO);
    const source = exportSource(engine.capture, undefined);
    const told = (): readonly number[] => [...source.rows()].map(() => source.share());
    const before = source.share();
    const once = told();
    expect([before, once.at(-1)]).toEqual([0, 1]);
    expect(once).toEqual(once.toSorted((a, b) => a - b));
    expect(told().at(-1)).toBe(1);
  });

  it("holds no secret unless it is told to, and says so in its name", async () => {
    const { write } = await engineWith(TWO);
    for (const { id: format } of EXPORT_FORMATS) {
      const masked = await write(format);
      const all = unpacked(masked.bytes);
      expect(all.includes("correct horse"), format).toBe(false);
      expect(all.includes("abcdef0123456789"), format).toBe(false);
      expect(masked.name, format).not.toContain("with-secrets");
      expect(masked.frames, format).toBe(3);
      const kept = await write(format, { keep: ["password"] });
      // What Parquet compresses is read back elsewhere.
      if (format !== "parquet") expect(unpacked(kept.bytes).includes("correct horse"), format).toBe(true);
      expect(unpacked(kept.bytes).includes("abcdef0123456789"), format).toBe(false);
      expect(kept.name).toMatch(/^framescope-page\.test-.*-with-secrets\.\w+$/);
      const whole = await write(format, { sensitive: true });
      if (format !== "parquet") expect(unpacked(whole.bytes).includes("correct horse"), format).toBe(true);
    }
  });

  it("holds the rows of its scope", async () => {
    const { write } = await engineWith(TWO);
    for (const { id: format } of EXPORT_FORMATS) {
      expect((await write(format, { scope: { connection: id(2) } })).frames, format).toBe(1);
      expect((await write(format, { scope: { places: [{ from: 1, to: 2 }] } })).frames, format).toBe(1);
      expect((await write(format, { scope: { from: epochMilliseconds(1_800_000_001_000), to: epochMilliseconds(1_800_000_003_000) } })).frames, format).toBe(2);
    }
  });

  it("lists what it would mask before anything is written", async () => {
    const { call, exported } = await engineWith(TWO);
    const { secrets: found, rows } = await call("findSecrets", { capture: null, scope: "all" });
    expect(rows).toBe(7);
    expect(found.map(({ kind, name, found: places, distinct }) => [kind, en.tell(name), places, distinct])).toEqual([
      ["password", "Passwords", 1, 1],
      ["token", "Access tokens", 1, 1],
    ]);
    expect((await call("findSecrets", { capture: null, scope: { connection: id(2) } })).secrets).toEqual([]);
    expect(exported.size).toBe(0);
  });

  it("holds nothing that came after it was looked through, while the user was asked", async () => {
    const { call, write, take, until } = await engineWith(TWO);
    const { rows } = await call("findSecrets", { capture: null, scope: "all" });
    take([...opened(3, "wss://tardy.test/?token=tardy0123456789"), { connection: 3, payload: '{"password":"tardy horse"}' }, { payload: '{"password":"tardy too"}' }]);
    await until(({ decoded, rows: all }) => all > rows + 2 && decoded >= all);
    for (const { id: format } of EXPORT_FORMATS) {
      for (const scope of ["all", "shown"] as const) {
        const { frames, bytes } = await write(format, { scope, keep: ["password", "token"], rows });
        expect(frames, format).toBe(3);
        expect(unpacked(bytes).includes("tardy"), format).toBe(false);
      }
    }
  });

  it("holds a connection that has said nothing also where others went on while the user was asked, and none that opened then", async () => {
    const silent: Step = { type: "created", connection: id(3), targetKey: "page", url: "ws://silent.test/", seenFromStart: false };
    const engine = await engineWith([...TWO, silent]);
    const { rows } = await engine.call("findSecrets", { capture: null, scope: "all" });
    engine.take([{ connection: 2, payload: "later" }, ...opened(4, "ws://later.test/"), { connection: 4, payload: "later" }]);
    await engine.until(({ decoded, rows: all }) => all > rows + 2 && decoded >= all);
    const { log } = JSON.parse(await engine.text("har", { rows })) as { readonly log: { readonly entries: readonly { readonly request: { readonly url: string } }[] } };
    expect(log.entries.map(({ request }) => new URL(request.url).host)).toEqual(["feed.test", expect.any(String), "silent.test"]);
  });

  it("looks through a message once: one that holds no secret is passed over the next time, where the user hides nothing beside", async () => {
    const { engine } = await engineWith(TWO);
    const payloads = (redaction: Counting): readonly string[] => Array.from(redactedSource(exportSource(engine.capture, undefined), redaction).rows(), (frame) => Buffer.from(frame.payload()).toString());
    const [look, write, hiding] = [new Counting(), new Counting(), new Counting(undefined, ["calc"])];
    for (const _ of findAllSecrets(exportSource(engine.capture, undefined), look));
    const written = payloads(write);
    // All seven rows, and those without the two messages that hold none.
    expect([look.looks, write.looks]).toEqual([7, 5]);
    expect(written.filter((text) => /password|calc/.test(text))).toEqual([expect.not.stringContaining("correct horse"), expect.stringContaining("calc")]);
    expect(payloads(hiding).filter((text) => text.includes("calc"))).toEqual([]);
  });

  it("masks the same whether or not it was looked through before, and what came since, also after a clear", async () => {
    const secret = '{"password":"correct horse"}';
    const payload = fc.oneof(fc.constantFrom(secret, '{"px":1}', '{"a":"correct"}', "eve@mail.example", "plain"), fc.uint8Array({ maxLength: 20 }));
    // Without the first, which says when it was made.
    const linesOf = async ({ text }: Awaited<ReturnType<typeof engineWith>>, request: Partial<ExportRequest>): Promise<string> => (await text("ndjson", request)).replace(/^.*\n/, "");
    const steps = fc.array(fc.record({ payload, opcode: fc.constantFrom(1, 2) }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(steps, steps, async (before, since) => {
        const [looked, fresh] = [await engineWith([...opened(1), ...before]), await engineWith([...opened(1), ...before])];
        await looked.call("findSecrets", { capture: null, scope: "all" });
        for (const { take, until } of [looked, fresh]) {
          take(since);
          await until(({ decoded, rows }) => rows === before.length + since.length + 1 && decoded >= rows);
        }
        for (const request of [{}, { keep: ["password"] }, { hidden: ["correct"] }]) {
          const once = await linesOf(fresh, request);
          expect(await linesOf(looked, request)).toBe(once);
          expect(once.includes("correct horse")).toBe("keep" in request && before.concat(since).some((message) => message.payload === secret && message.opcode === 1));
        }
        looked.engine.capture.clear();
        looked.take(since.map((message) => ({ ...message, payload: secret, opcode: 1 })));
        await looked.until(({ decoded, rows }) => rows === since.length && decoded >= rows);
        const cleared = await looked.text("ndjson");
        expect(cleared).toContain("‹1***");
        expect(cleared).not.toContain("correct horse");
      }),
      { numRuns: someOf(10) },
    );
  });

  it("of nothing is a whole file", async () => {
    const { write } = await engineWith([...opened(1)]);
    for (const { id: format } of EXPORT_FORMATS) expect((await write(format)).frames, format).toBe(0);
  });
});

describe("NDJSON", () => {
  it("is these lines", async () => {
    const { text } = await engineWith(TWO);
    const lines = (await text("ndjson", { sensitive: true })).trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ record }) => record)).toEqual(["capture", "connection", "connection", "open", "message", "message", "open", "message", "close", "navigation", "end"]);
    expect(lines[0]).toMatchObject({ format: "framescope", version: 1, rows: 7, title: "page.test" });
    expect(lines[1]).toMatchObject({ connection: 1, url: "wss://feed.test/v1?token=abcdef0123456789", closing: { code: 1000, reason: "bye", wasClean: true }, request: { time: 1_800_000_000, headers: [] }, response: { status: 101 } });
    expect(lines[4]).toEqual({ record: "message", n: 2, connection: 1, time: 1_800_000_001, direction: "sent", opcode: 1, size: 43, label: "login", text: '{"type":"login","password":"correct horse"}', kind: "event", decoder: "json" });
    expect(lines[5]).toMatchObject({ n: 3, opcode: 2, base64: "AQL/", size: 3 });
    expect(lines[9]).toMatchObject({ connection: null, text: "http://page.test/next" });
    expect(lines[10]).toEqual({ record: "end", connections: 2, messages: 3, rows: 7 });
  });

  it("has every payload byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ payload: fc.uint8Array({ maxLength: 300 }), opcode: fc.constantFrom(1, 2) }), { minLength: 1, maxLength: 20 }), async (messages) => {
        const { text } = await engineWith([...opened(1), ...messages]);
        const lines = (await text("ndjson", { sensitive: true })).trimEnd().split("\n").map((line) => JSON.parse(line) as { record: string; text?: string; base64?: string; opcode: number });
        const back = lines.filter(({ record }) => record === "message").map(({ text: words, base64 = "", opcode }) => ({ payload: new Uint8Array(words === undefined ? Buffer.from(base64, "base64") : Buffer.from(words)), opcode }));
        expect(back).toEqual(messages.map(({ payload, opcode }) => ({ payload: new Uint8Array(payload), opcode })));
      }),
      { numRuns: someOf(20) },
    );
  });
});

describe("a Framescope capture", () => {
  const rowsOf = (capture: CaptureLog): readonly unknown[] =>
    Array.from(exportSource(capture, undefined).rows(), (frame) => ({
      at: frame.stored.time,
      bits: frame.stored.bits,
      bytes: Buffer.from(frame.stored.payload()).toString("hex"),
      of: frame.connection,
      pinned: frame.pinned,
      note: frame.note,
      event: frame.event,
      madeFrom: frame.madeFrom,
      size: frame.size,
    }));

  it("is the same capture again", async () => {
    const message: fc.Arbitrary<Message> = fc.record({ payload: fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string()), opcode: fc.constantFrom(1, 2), connection: fc.constantFrom(1, 2, 3), direction: fc.constantFrom("sent" as const, "received" as const) });
    const other: fc.Arbitrary<CaptureEvent> = fc.constantFrom<CaptureEvent>(
      { type: "error", connection: id(2), time: time(1003), message: "no luck" },
      { type: "closed", connection: id(2), time: time(1004) },
      { type: "closed", connection: id(1), time: time(1005), observed: true },
      { type: "close-details", connection: id(1), time: time(1005), closing: { code: 4000, reason: "später", wasClean: false } },
      { type: "navigated", time: time(1006), url: "http://page.test/2", keepLog: true },
      { type: "stream-event", connection: id(3), name: "tick", id: "7" },
      { type: "resumed", time: time(1007), skipped: 3 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof({ weight: 3, arbitrary: message }, other), { minLength: 1, maxLength: 30 }), async (steps) => {
        const stream: CaptureEvent[] = [
          { type: "created", connection: id(3), transport: "event-source", targetKey: "page", url: "http://page.test/events", seenFromStart: true },
          { type: "handshake-request", connection: id(3), time: time(1000), wallTime: 1_800_000_000, headers: [{ name: "Accept", value: "text/event-stream" }] },
          { type: "handshake-response", connection: id(3), time: time(1000.2), status: 200, statusText: "OK", headers: [{ name: "Content-Type", value: "text/event-stream" }] },
        ];
        const engine = await engineWith([...opened(1), ...opened(2), ...stream, ...steps]);
        await engine.call("note", { frame: frameIndex(0), text: "look" });
        await engine.call("pin", { frame: frameIndex(2), pinned: true });
        const first = read((await engine.write("framescope-capture", { sensitive: true })).bytes);
        // Written once more from what was read, it is the same but for when.
        const again = setupEngine({ log: { kept: await filesOf(first) } });
        ends.push(again.end);
        expect(rowsOf(first).length).toBeGreaterThan(0);
        expect(JSON.stringify([...first.table.targets.values()])).toBe(JSON.stringify([{ key: "page", type: "page", url: "http://page.test/" }]));
        const { rows } = await engine.call("rows", { from: 0, to: 100 });
        expect(rowsOf(first).map((row) => (row as { note: string }).note)).toEqual(rows.map(({ note }) => note));
        expect(rowsOf(first).map((row) => (row as { pinned: boolean }).pinned)).toEqual(rows.map(({ pinned }) => pinned));
        await again.until(({ storage }) => storage.state === "kept" && storage.read === 1);
        const second = read(Buffer.from((await writeAgain(again)) ?? []));
        expect(rowsOf(second)).toEqual(rowsOf(first));
        expect([...second.table.connections.values()]).toEqual([...first.table.connections.values()]);
      }),
      { numRuns: someOf(15) },
    );
  });

  it("of some rows has these rows", async () => {
    const { write } = await engineWith(TWO);
    const capture = read((await write("framescope-capture", { scope: { places: [{ from: 1, to: 3 }] }, sensitive: true })).bytes);
    expect(capture.log.length).toBe(2);
    expect([...capture.table.connections.keys()]).toEqual([1]);
    expect(capture.table.connections.get(id(1))).toMatchObject({ state: "closed", closing: { code: 1000 } });
  });
});

async function filesOf(capture: CaptureLog) {
  const { writeCapture } = await import("../../src/format/framescope/write-capture.ts");
  const pieces = [...writeCapture(exportSource(capture, undefined), { sensitive: true, tell: en.tell, version: "0.0.0", title: "", now: 1_800_000_000_000 as never })];
  const files = unzipSync(Buffer.concat(pieces));
  const [journal, payloads] = [new MemoryFile(), new MemoryFile()];
  journal.append(files["journal"] as Uint8Array);
  payloads.append(files["payloads"] as Uint8Array);
  return { journal, payloads };
}

async function writeAgain(engine: ReturnType<typeof setupEngine>): Promise<Uint8Array | undefined> {
  const { name } = await engine.call("export", { format: "framescope-capture", scope: "all", sensitive: true });
  return engine.exported.get(name)?.contents;
}

describe("CSV", () => {
  it("has the columns that are asked for, quotes what has to be, and lets no formula run", async () => {
    const { text } = await engineWith(TWO);
    expect(await text("csv", { sensitive: true, columns: ["row", "time", "direction", "size", "text", "base64"] })).toBe(
      [
        "row,time,direction,size,text,base64",
        '1,2027-01-15T08:00:00.500000Z,,,"Opened: 101 Switching Protocols",',
        '2,2027-01-15T08:00:01.000000Z,sent,43,"{""type"":""login"",""password"":""correct horse""}",',
        "3,2027-01-15T08:00:02.000000Z,received,3,,AQL/",
        '4,2027-01-15T08:00:00.500000Z,,,"Opened: 101 Switching Protocols",',
        `5,2027-01-15T08:00:03.000000Z,received,35,"'=cmd|"" /C calc""!A0, ""größe""\r\nzwei",`,
        '6,2027-01-15T08:00:09.000000Z,,,"1000: closed “bye”",',
        '7,2027-01-15T08:00:10.000000Z,,,"http://page.test/next",',
        "",
      ].join("\r\n"),
    );
  });
});

describe("columns of the user's own", () => {
  it("stand in CSV, NDJSON and Markdown with what each message has there, masked as in the message", async () => {
    const { text } = await engineWith([
      ...opened(1),
      { payload: '{"type":"login","password":"correct horse","n":-5}', direction: "sent" },
      { payload: '{"type":"=cmd","user":{"name":"ann, \\"a\\""},"n":9007199254740993}' },
      { payload: "none" },
    ]);
    const paths = [".password", ".type", ".user.name", ".n", ".user"] as const;
    const lines = (await text("csv", { paths, columns: ["row", ".password", ".type", ".user.name", ".n"] })).split("\r\n");
    expect(lines[0]).toBe("row,.password,.type,.user.name,.n");
    expect(lines[2]).toMatch(/^2,(?!correct horse).+,login,,-5$/);
    expect(lines.slice(3)).toEqual([`3,,'=cmd,"ann, ""a""",9007199254740993`, "4,,,,", ""]);
    const kept = await text("csv", { sensitive: true, paths, columns: [".password"] });
    expect(kept.split("\r\n")[2]).toBe("correct horse");
    const messages = (await text("ndjson", { paths })).split("\n").filter((line) => line.includes('"record":"message"'));
    expect(JSON.parse(messages[0] as string)).toMatchObject({ values: { ".type": "login", ".n": -5 } });
    expect(messages[1]).toContain('"values":{".type":"=cmd",".user.name":"ann, \\"a\\"",".n":9007199254740993,".user":{"name":"ann, \\"a\\""}}}');
    expect(messages[2]).not.toContain("values");
    expect(messages.join("\n")).not.toContain("correct horse");
    const markdown = await text("markdown", { paths });
    expect(markdown).toContain("`.n = 9007199254740993`");
    expect(markdown).not.toContain("correct horse");
  });

  it("have of each message of a frame its own, and of the frame the first that has it", async () => {
    const { text } = await engineWith([
      ...opened(1),
      { payload: records({ protocol: "json", version: 1 }), direction: "sent" },
      { payload: records({}) },
      { payload: records({ type: 6 }, { type: 1, target: "t", arguments: [1] }, { type: 1, target: "u", arguments: [1] }) },
    ]);
    const lines = (await text("csv", { paths: [".target"], columns: ["part", ".target"] })).trimEnd().split("\r\n");
    expect(lines.slice(-3)).toEqual(["1,", "2,t", "3,u"]);
    expect(await text("ndjson", { paths: [".target"] })).toContain('"values":{".target":"t"}');
  });
});

describe("Markdown and transcript", () => {
  it("let nothing out of its fence or its line", async () => {
    const { text } = await engineWith([...opened(1, "wss://x.test/`a`"), { payload: "```\n# no heading\n````" }, { payload: "two\nlines\u001b[31m" }]);
    const markdown = await text("markdown");
    expect(markdown).toContain("`````\n```\n# no heading\n````\n`````\n");
    expect(markdown).toContain("`` wss://x.test/`a` ``");
    const transcript = await text("transcript");
    expect(transcript.trimEnd().split("\n")).toHaveLength(4);
    expect(transcript).toContain("↓ two\\nlines\\u001b[31m\n");
  });
});

describe("payloads as files", () => {
  it("have names that lead nowhere, one each, and the bytes of the messages", async () => {
    const { write } = await engineWith([...opened(1), { payload: '{"type":"../../etc/passwd"}' }, { payload: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1), opcode: OPCODE_BINARY }, { payload: "plain", direction: "sent" }]);
    const files = unzipSync((await write("payload-files", { sensitive: true })).bytes);
    expect(Object.keys(files)).toEqual(["000002-received-etc-passwd.json", "000003-received.png", "000004-sent.txt"]);
    expect(Object.values(files).map((bytes) => Buffer.from(bytes).toString("latin1"))).toEqual(['{"type":"../../etc/passwd"}', "\u0089PNG\u0001", "plain"]);
  });
});

/** What stands in a file, out of its zip where it is one. */
function unpacked(bytes: Buffer): Buffer {
  return bytes.subarray(0, 2).toString() === "PK" ? Buffer.concat(Object.values(unzipSync(bytes))) : bytes;
}
