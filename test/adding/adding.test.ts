import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DECODERS } from "../../src/decode/registry.ts";
import { EXPORT_FORMATS } from "../../src/format/registry.ts";
import type { HandshakeView } from "../../src/contract/inspect.ts";
import { connectionId } from "../../src/model/units.ts";
import type * as Languages from "../../src/words/languages.ts";
import type * as SetupEngine from "../engine/setup-engine.ts";
import { en } from "../words/speakers.ts";
import { followPage, type FollowedPage } from "./follow-page.ts";

const ROOT = new URL("../../", import.meta.url);
// Each of several checkers would look at what all files share, beside tests that go on.
const COMPILER = ["node_modules/typescript/bin/tsc", "--checkers", "1", "-p"];
const TEXT_LINES = Buffer.from("text lines\none\ntwo\n");
const read = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");

describe("docs/adding.md, followed to the letter", () => {
  let followed: FollowedPage;
  let engine: ReturnType<typeof SetupEngine.setupEngine>;
  let opened: typeof SetupEngine.opened;

  beforeAll(async () => {
    followed = followPage("docs/adding.md", "adding");
    const { setupEngine, opened: opens } = await followed.load<typeof SetupEngine>("test/engine/setup-engine.ts");
    opened = opens;
    engine = setupEngine({ files: { "lines.txt": TEXT_LINES } });
    const [target, created, request, response] = opened(1);
    engine.take([target, created, request, { ...response, headers: [{ name: "Server", value: "echo/1" }] }] as Parameters<typeof engine.take>[0]);
    engine.take([{ payload: 'level=warn msg="disk is nearly full"' }, { payload: '{"type":"tick"}' }]);
    await engine.until(({ decoded }) => decoded >= 3);
  }, 60_000);
  afterAll(() => {
    engine.end();
    followed.end();
  });

  it("has a step for each kind", () => {
    for (const folder of ["src/decode/decoders/", "src/format/exports/", "src/format/imports/", "src/format/redact/kinds/", "src/query/fields/", "src/model/handshake/checks/", "src/engine/findings/rules/"]) {
      expect(followed.steps.filter((step) => step.startsWith(`ts ${folder}`)), folder).toHaveLength(1);
    }
    expect(followed.steps).toContain("diff src/words/languages.ts");
  });

  // Once for both: to look at all types takes seconds.
  it("fits the types of every room; of the transport, which it leaves unfinished, the compiler names the files that the page names, and no other", () => {
    followed.goOn();
    const { stdout } = spawnSync(process.execPath, [...COMPILER, followed.folder], { cwd: ROOT, encoding: "utf8" });
    // What one says in more than a line is indented; a line of code can have several.
    const said = stdout.split(/^(?=\S)/m).filter((one) => one.trim() !== "").map((one) => /^(?:out\/adding\/(?<file>\S+?)\((?<line>\d+),\d+\): error )?[^]*$/.exec(one));
    const placeOf = (error: RegExpExecArray | null): string => `${error?.groups?.["file"] ?? error?.[0] ?? ""}:${error?.groups?.["line"] ?? ""}`;
    const ofTransport = new Set(said.filter((error) => /fetch-?stream/i.test(error?.[0] ?? "")).map(placeOf));
    expect(said.filter((error) => !ofTransport.has(placeOf(error))).map((error) => error?.[0])).toEqual([]);
    const told = [...read("docs/adding.md").matchAll(/^\| `(src\/\S+)` \| /gm)].map(([, file]) => file);
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(said.map((error) => error?.groups?.["file"]))).toEqual(new Set(told));
  }, 120_000);

  it("a decoder: rows have its label", async () => {
    const { rows } = await engine.call("rows", { from: 0, to: 10 });
    expect(rows.map(({ label }) => label)).toEqual(["open", "warn", "tick"]);
  });

  it("an export: a view is offered it, and writes it", async () => {
    expect(await engine.call("exportForms", null)).toContainEqual({ format: "text-lines", name: "Text lines", sensitive: null });
    const { name, frames } = await engine.call("export", { format: "text-lines", scope: "all", sensitive: false });
    expect(name).toMatch(/\.txt$/);
    expect(frames).toBe(2);
    expect(Buffer.from(engine.exported.get(name)?.contents ?? []).toString()).toBe('level=warn msg="disk is nearly full"\n{"type":"tick"}\n');
  });

  it("an import: a file of its kind becomes a capture", async () => {
    const answer = await engine.call("importFile", { file: { name: "lines.txt", size: TEXT_LINES.length } });
    expect(answer).toMatchObject({ name: "lines.txt", connections: 1, frames: 2, problems: [] });
  });

  it("a field: completion offers it and its values in the capture, and it filters", async () => {
    expect((await engine.call("complete", { text: "sche", at: 4 })).map(({ text }) => text)).toContain("scheme:");
    expect((await engine.call("complete", { text: "scheme:", at: 7 })).map(({ text }) => text.trim())).toContain("ws");
    const scope = { connection: null, sent: true, received: true, sort: null };
    expect(await engine.call("setScope", { filter: "scheme:wss", ...scope })).toBeNull();
    await engine.until(({ matches, scanned }) => scanned === 1 && matches === 0);
    expect(await engine.call("setScope", { filter: "scheme:ws", ...scope })).toBeNull();
    await engine.until(({ matches, scanned }) => scanned === 1 && matches === 2);
  });

  it("a check: the handshake of a connection has its finding", async () => {
    const { report } = (await engine.call("handshake", { connection: connectionId(1) })) as HandshakeView;
    expect(report.findings.at(-1)).toMatchObject({ title: "Server", verdict: "note", said: [{ code: "handshake.server" }] });
  });

  it("a finding: the list has it", async () => {
    const { decoded: before } = await engine.until(() => true);
    engine.take([...opened(2), ...Array.from({ length: 100 }, () => ({ payload: '{"type":"order"}', direction: "sent" as const, connection: 2 }))]);
    await engine.until(({ decoded }) => decoded >= before + 101);
    const { items } = await engine.call("findings", { connection: connectionId(2), from: 0, to: 50 });
    expect(items.map(({ rule }) => rule)).toContain("never-answered");
  });

  it("a language: it is chosen where the browser asks for it, and speaks", async () => {
    const { chooseLanguage, loadSpeaker, LANGUAGES } = await followed.load<typeof Languages>("src/words/languages.ts");
    const id = chooseLanguage("auto", ["de-AT"]);
    expect(LANGUAGES[id].name).toBe("Deutsch");
    expect((await loadSpeaker(id)).words("bar.export")).toBe("Export");
  });
});

describe("the tables of the documents", () => {
  it("have a section for each decoder", () => {
    const ids = [...read("docs/protocols.md").matchAll(/^### .+\n`(.+?)`, /gm)].map(([, id]) => id);
    expect(new Set(ids)).toEqual(new Set(DECODERS.map(({ id }) => id)));
  });

  it("have a row for each export, with what its file is", () => {
    const rows = [...read("docs/adding.md").matchAll(/^\| \[(.+?)\]\(\S+\) \| `(\S+)` \| `\.(\S+)` \| (yes|no) \|$/gm)].map(([, ...row]) => row);
    expect(rows).toEqual(EXPORT_FORMATS.map(({ name, id, extension, hasSensitiveForm }) => [en.tell(name), id, extension, hasSensitiveForm ? "yes" : "no"]));
  });
});
