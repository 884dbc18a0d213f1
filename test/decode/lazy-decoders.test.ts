import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { ConnectionDecoder, type ConnectionDecoderOptions } from "../../src/decode/connection-decoder.ts";
import type { ConnectionFacts, Decoded, Decoder, FrameToDecode } from "../../src/decode/decoder.ts";
import { loadDecoder, loadState } from "../../src/decode/decoder-loads.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import { say } from "../../src/model/said.ts";
import { Refusal } from "../../src/model/refusal.ts";
import { decodeAll, fieldsOf, received, sent, UNKNOWN } from "./messages.ts";

/** A decoder as one whose library comes lazily: opened before that, it throws. */
function lazily(decoder: Decoder, load: () => Promise<void> = () => Promise.resolve()): Decoder & { readonly loads: () => number } {
  let isThere = false;
  let loads = 0;
  return {
    ...decoder,
    load: async () => {
      loads++;
      await load();
      isThere = true;
    },
    open: (context) => {
      if (!isThere) throw new Error(`${decoder.id} was opened before it was loaded`);
      return decoder.open(context);
    },
    loads: () => loads,
  };
}

/** As the decode thread does it: what is missing is loaded, and the same message comes again. */
async function decodeLazily(frames: readonly FrameToDecode[], connection: ConnectionFacts, options: ConnectionDecoderOptions): Promise<(Decoded | undefined)[]> {
  const decoder = new ConnectionDecoder(connection, options);
  const all: (Decoded | undefined)[] = [];
  for (const frame of frames) {
    let decoded = decoder.decode(frame);
    for (let { awaits } = decoder; decoded === undefined && awaits !== undefined; awaits = decoder.awaits) {
      await loadDecoder(awaits);
      decoded = decoder.decode(frame);
    }
    all.push(decoded);
  }
  return all;
}

const data = fc.oneof(
  fc.json(),
  fc.jsonValue().map((value) => encode(value)),
  fc.array(fc.json(), { maxLength: 3 }).map((texts) => texts.map((text) => `${text}\n`).join("")),
  fc.constantFrom("2", '0{"sid":"x"}', '42["a",1]', '451-["a",{"_placeholder":true,"num":0}]', '{"type":"connection_ack"}', '{"type":"next","id":"1","payload":{}}', '{"protocol":"json","version":1}\u001e', '{"type":6}\u001e', "text"),
);
const frames = fc.array(fc.tuple(fc.boolean(), data).map(([isSent, one]) => (isSent ? sent(one) : received(one))), { maxLength: 10 });
const facts = fc.constantFrom(UNKNOWN, { subprotocol: "", url: "ws://a.test/?EIO=4" }, { subprotocol: "graphql-ws", url: "" });
const pins = fc.constantFrom(undefined, ...DECODERS.map(({ id }) => id));

describe("a decoder that comes lazily", () => {
  it("says of every message what it says where it was there from the start, whichever of them come lazily", async () => {
    await fc.assert(
      fc.asyncProperty(frames, facts, pins, fc.array(fc.boolean(), { minLength: DECODERS.length, maxLength: DECODERS.length }), async (messages, connection, pinned, isLazy) => {
        const decoders = DECODERS.map((decoder, i) => (isLazy[i] === true ? lazily(decoder) : decoder));
        const said = await decodeLazily(messages, connection, { pinned, decoders });
        expect(said.map(fieldsOf)).toEqual(decodeAll(messages, connection, { pinned }).map(fieldsOf));
      }),
      { numRuns: 300 },
    );
  });

  it("is loaded once, and not before a connection needs it", async () => {
    const decoders = DECODERS.map((decoder) => lazily(decoder));
    const loads = (): string[] => decoders.filter((decoder) => decoder.loads() > 0).map(({ id }) => id);
    const socket = { subprotocol: "", url: "ws://a.test/?EIO=4" };
    await decodeLazily([], socket, { decoders });
    expect(loads()).toEqual([]);
    await decodeLazily([received('42["a"]'), received('42["b"]')], socket, { decoders });
    await decodeLazily([received('42["a"]')], UNKNOWN, { decoders });
    expect(loads()).toEqual(["socket.io"]);
    expect(decoders.every((decoder) => decoder.loads() <= 1)).toBe(true);
  });

  it("waits, as an encoding, for a message that it recognises where it says which", async () => {
    const packed = DECODERS.find(({ id }) => id === "msgpack") as Decoder;
    const decoder = { ...lazily(packed), recognises: ({ bytes }: FrameToDecode) => bytes[0] === 0x81 };
    const said = await decodeLazily([received("text"), received(encode(["aaaaa", 1])), received(encode({ type: "a" })), received(encode(["aaaaa", 1]))], UNKNOWN, { decoders: [decoder] });
    expect(said.map((one) => one?.label)).toEqual([undefined, undefined, "a", "aaaaa"]);
  });

  it("is not asked, and is told, where it cannot be loaded: others read what they know", async () => {
    for (const [failure, pinned] of [[new Error("no network"), undefined], [new Refusal(say("decode.broken")), undefined], [new Error("no network"), "socket.io"]] as const) {
      const decoders = DECODERS.map((decoder) => (decoder.id === "socket.io" ? lazily(decoder, () => Promise.reject(failure)) : decoder));
      const told: Decoder[] = [];
      const said = await decodeLazily([received('42["a"]'), received({ type: "b" }), received({ type: "c" })], { subprotocol: "", url: "ws://a.test/?EIO=4" }, { decoders, pinned, notLoaded: (decoder) => told.push(decoder) });
      expect(told.map(({ id }) => id)).toEqual(["socket.io"]);
      expect(told.map(loadState)).toEqual(["failed"]);
      // What the user chose is left to nobody else.
      expect(said.map((one) => one?.decoder)).toEqual(pinned === undefined ? [undefined, "json", "json"] : [undefined, undefined, undefined]);
    }
  });
});

it("no decoder brings a library with it that does not come lazily", () => {
  const src = new URL("../../src/decode/", import.meta.url);
  expect(readdirSync(src).length).toBeGreaterThan(5);
  const seen = new Set<string>();
  const libraries = new Set<string>();
  const waiting = [new URL("registry.ts", src).href];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, isType, from = ""] of readFileSync(new URL(file), "utf8").matchAll(/^(?:import|export) (type )?[^;]*?from "([^"]+)";$/gm)) {
      if (isType !== undefined) continue;
      if (from.startsWith(".")) waiting.push(new URL(from, file).href);
      else libraries.add(from);
    }
  }
  expect(seen.size).toBeGreaterThan(30);
  expect([...libraries]).toEqual([]);
});

it("no decoder that comes lazily opens another, which nobody has loaded: it takes what that loads", () => {
  const src = fileURLToPath(new URL("../../src/decode/", import.meta.url));
  const sessions = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("session.ts"));
  expect(sessions.length).toBeGreaterThan(30);
  const opened = sessions.flatMap((path) => {
    const text = readFileSync(join(src, path), "utf8");
    return [...text.matchAll(/^import \{ (\w+) \} from "\.\.\/decoders\//gm)].flatMap(([, name = ""]) => (text.includes(`${name}.open(`) ? [`${path} opens ${name}`] : []));
  });
  expect(opened).toEqual([]);
});

/** What loads before the first message that needs more, as the build cuts it. */
const MOST_LOADED = 30_000;

it("not more than 30 kB of decoders load before the first message that needs one", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const input = join(root, "src/decode/connection-decoder.ts");
  const built = await build({ root, configFile: false, logLevel: "error", build: { write: false, target: "esnext", modulePreload: false, rollupOptions: { input, preserveEntrySignatures: "strict", output: { format: "es" } } } });
  const chunks = new Map((Array.isArray(built) ? built : [built]).flatMap((one) => ("output" in one ? one.output : [])).flatMap((chunk) => (chunk.type === "chunk" ? [[chunk.fileName, chunk] as const] : [])));
  const loaded = new Map<string, number>();
  const waiting = [...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = chunks.get(name);
    if (chunk === undefined || loaded.has(name)) continue;
    loaded.set(name, gzipSync(chunk.code, { level: 9 }).length);
    waiting.push(...chunk.imports);
  }
  const total = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.info(`${(total / 1000).toFixed(1)} kB of decoders load at once, gzipped, of ${MOST_LOADED / 1000} kB; ${chunks.size - loaded.size} of ${chunks.size} chunks load when they are needed.`);
  expect(chunks.size - loaded.size).toBeGreaterThan(30);
  expect(total).toBeLessThanOrEqual(MOST_LOADED);
});
