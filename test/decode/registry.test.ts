import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Decoder } from "../../src/decode/decoder.ts";
import { decoderById, DECODERS } from "../../src/decode/registry.ts";

const FOLDER = new URL("../../src/decode/decoders/", import.meta.url);

it("every file in decoders/ is a decoder in the registry, and none is there twice", async () => {
  const found: unknown[] = [];
  for (const file of readdirSync(FOLDER)) {
    const module = (await import(new URL(file, FOLDER).href)) as Record<string, unknown>;
    found.push(...Object.values(module).filter(isDecoder));
  }
  expect(found.length).toBe(readdirSync(FOLDER).length);
  expect(new Set(DECODERS)).toEqual(new Set(found));
  expect(new Set(DECODERS.map(({ id }) => id)).size).toBe(DECODERS.length);
});

it("protocols of a connection are asked before encodings of a message", () => {
  const claims = DECODERS.map((decoder) => decoder.claims);
  expect(claims.lastIndexOf("connection")).toBeLessThan(claims.indexOf("message"));
});

it("a decoder is found by its id", () => {
  expect(decoderById("msgpack")?.name).toBe("MessagePack");
  expect(decoderById("of a later version")).toBeUndefined();
});

it("no other room knows a decoder by its id: what it needs to know is a trait", () => {
  const src = new URL("../../src/", import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file) && !file.startsWith("decode/"));
  expect(files.length).toBeGreaterThan(100);
  // "json" and the compressions are everybody's words, of a text's form or of a file's: only where "json" is compared with a decoder it names one.
  const ids = DECODERS.map((decoder) => decoder.id.replace(".", "\\.")).filter((id) => !["json", "gzip", "zlib", "deflate"].includes(id));
  const named = new RegExp(`"(?:${ids.join("|")})"|decoder\\w*(?:\\.id)? [!=]== "json"|decoderById\\("json"\\)`, "i");
  expect(files.filter((file) => named.test(readFileSync(new URL(file, src), "utf8")))).toEqual([]);
});

function isDecoder(value: unknown): value is Decoder {
  return typeof value === "object" && value !== null && "open" in value && "claims" in value;
}
