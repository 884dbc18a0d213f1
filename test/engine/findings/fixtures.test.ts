import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { MemoryFile } from "../../log/memory-file.ts";
import { RECORDINGS } from "../../decode/recordings.ts";
import { importFrom } from "../import/imported.ts";
import { MemoryFolders } from "../memory-folders.ts";
import { setupEngine } from "../setup-engine.ts";
import { findingsOf, readFinding } from "./story.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

let end = (): void => {};
afterEach(() => end());

async function shown(files: { readonly journal: MemoryFile; readonly payloads: MemoryFile }): Promise<string[]> {
  const engine = setupEngine({ log: { kept: files } });
  end = engine.end;
  await engine.until(({ storage, decoded, rows }) => storage.state === "kept" && storage.read === 1 && decoded >= rows);
  const { items } = await engine.call("findings", { connection: null, from: 0, to: 500 });
  return items.map(readFinding).map(({ rule, title, rows }) => `${rule}: ${title} ${rows.map((row) => `#${row}`).join(" ")}`.trim());
}

async function imported(path: string): Promise<string[]> {
  const folders = new MemoryFolders();
  const { capture } = await importFrom(readFileSync(new URL(path, FIXTURES)), { name: path, folders });
  const files = folders.folders.get(capture);
  if (files === undefined) throw new Error("It is not kept.");
  return await shown(files);
}

const kept = (version: string): Promise<string[]> => {
  const [journal, payloads] = ["journal", "payloads"].map((name) => {
    const file = new MemoryFile();
    file.append(readFileSync(new URL(`captures/${version}/${name}`, FIXTURES)));
    return file;
  }) as [MemoryFile, MemoryFile];
  return shown({ journal, payloads });
};

/** What is found in real captures: each looked at by hand. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  "har/chromium-devtools.har": ["handshake: Handshake: Status #6", "handshake: Handshake: Cookies #1", "handshake: Handshake: Cookies #6", "handshake: Handshake: Cookies #7 #14"],
  "har/playwright-embed.har": ["handshake: Handshake: Status #6"],
  "imports/mitmproxy-8.har": ["handshake: Handshake: Credentials in the URL #1"],
  "imports/mitmproxy.har": ["handshake: Handshake: Credentials in the URL #1"],
  "imports/net-log-default.json": ["handshake: Handshake: Credentials in the URL #1"],
  "imports/net-log-everything.json": ["handshake: Handshake: Credentials in the URL #1", "closed-abnormally: Closed with code 4002 #16 #17 #18"],
  "imports/playwright-attach.zip": ["handshake: Handshake: Credentials in the URL #1"],
  "imports/tshark.pcapng": ["handshake: Handshake: Credentials in the URL #1", "closed-abnormally: Closed with code 4002 #16 #17 #18"],
  "version-2": ["closed-abnormally: Closed with code 4001 #5 #8"],
  "version-3": ["closed-abnormally: Closed with code 4001 #5 #8"],
  "version-4": ["closed-abnormally: Closed with code 4001 #5 #8"],
};

describe("real captures and files", () => {
  for (const path of ["har", "imports"].flatMap((folder) => readdirSync(new URL(folder, FIXTURES)).map((file) => `${folder}/${file}`))) {
    it(`${path}: nothing is found that is not so`, async () => {
      expect(await imported(path)).toEqual(FOUND[path] ?? []);
    });
  }

  for (const version of readdirSync(new URL("captures", FIXTURES))) {
    it(`a capture of ${version}: nothing is found that is not so`, async () => {
      expect(await kept(version)).toEqual(FOUND[version] ?? []);
    });
  }

  it("nothing is found in what real clients and servers said to each other", async () => {
    for (const { id, frames } of RECORDINGS) {
      const found = await findingsOf((story) => {
        story.open(0);
        frames.forEach(({ direction, bytes, opcode }, i) => {
          if (opcode === 1) story[direction](i / 10, Buffer.from(bytes).toString());
        });
      });
      expect(found, id).toEqual([]);
    }
  });
});
