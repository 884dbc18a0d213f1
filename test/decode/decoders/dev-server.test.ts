import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { decoderById } from "../../../src/decode/registry.ts";
import type { ValueDocument } from "../../../src/model/value-document.ts";
import { Refusal } from "../../../src/model/refusal.ts";
import { bytesOf, decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const NEXT = connectionTo("ws://localhost:3000/_next/hmr?id=x");

describe("hot reload of development servers", () => {
  it("is known: Vite's, with the file that it is about", () => {
    const vite = connectionTo("ws://localhost:5173/?token=x", "vite-hmr");
    expect(told("dev-server", [received({ type: "connected" }), received({ type: "update", updates: [{ type: "js-update", path: "/src/app.ts" }] }), received({ type: "custom", event: "plugin:ready", data: {} }), received({ type: "error", err: {} }), received({ type: "ping" })], vite)).toEqual([
      "control connected",
      "event update @/src/app.ts",
      "event plugin:ready",
      "error error",
      "heartbeat ping",
    ]);
  });

  it("is known: webpack's, of its versions 4 and 5 by a type, of 6 by an action too", () => {
    expect(told("dev-server", [received({ type: "liveReload" }), received({ type: "hash", data: "4f2a" }), received({ type: "ok" }), received({ type: "errors", data: [{}] }), received({ type: "static-changed", data: "/public/a.css" })])).toEqual([
      "event liveReload", "event hash", "event ok", "error errors", "event static-changed @/public/a.css",
    ]);
    for (const data of [true, "linear", "circular"]) expect(told("dev-server", [received({ type: "progress", data })])).toEqual(["event progress"]);
    expect(told("dev-server", [received({ name: "", action: "built", time: 51, hash: "4f2a", warnings: [], errors: ["./index.js 1:17"] }), received({ action: "building", file: "/src/app.ts" })])).toEqual(["error built", "event building @/src/app.ts"]);
  });

  it("is known: Next's, before its version 16 by an action and with another path, and what its page says of itself", () => {
    expect(told("dev-server", [received({ action: "sync", hash: "1", errors: [] }), received({ action: "built", hash: "2", errors: [{ message: "no" }] }), received({ action: "serverError", errorJSON: "{}" }), received({ action: "addedPage", data: ["/orders"] })], connectionTo("ws://localhost:3000/docs/_next/webpack-hmr"))).toEqual([
      "event sync", "error built", "error serverError", "event addedPage @/orders",
    ]);
    const resource = { path: "static/chunks/a.js", headers: null };
    expect(told("dev-server", [sent({ type: "turbopack-subscribe", path: "static/chunks/a.js" }), received({ type: "turbopack-message", data: [{ resource, type: "partial" }] }), received({ type: "turbopack-message", data: { resource, type: "issues" } }), sent({ event: "client-error", errorCount: 1 }), sent({ event: "client-hmr-latency", page: "/orders" })], NEXT)).toEqual([
      "event turbopack-subscribe @static/chunks/a.js", "event turbopack-message @static/chunks/a.js", "event turbopack-message @static/chunks/a.js", "error client-error", "event client-hmr-latency @/orders",
    ]);
  });

  it("is known: Next's binary messages, of its own path alone", () => {
    const frames = [received(Uint8Array.of(0, 3, ...bytesOf("r-1"), ...bytesOf('1:"tea"\n'))), received(Uint8Array.of(0, 3, ...bytesOf("r-1"))), received(Uint8Array.of(0, 0, 0xff)), received(Uint8Array.of(1, ...bytesOf("[]")))];
    expect(told("dev-server", frames, NEXT)).toEqual(["event react-debug-chunk @r-1", "event react-debug-chunk @r-1", "event react-debug-chunk", "error errors-to-show-in-browser"]);
    expect(decodeAll(frames, NEXT).map(valueOf)).toEqual(['1:"tea"\n', undefined, Uint8Array.of(0xff), "[]"]);
    expect(decodeAll([received(Uint8Array.of(0, 9, 97)), received(Uint8Array.of(2, 97))], NEXT)).toEqual([undefined, undefined]);
    expect(decodeAll([received({ type: "hot" }), ...frames.slice(0, 1)])[1]?.decoder).not.toBe("dev-server");
  });

  it("encodes what is text, and refuses what is not", () => {
    const value = readJson(bytesOf('{"type":"building"}')).document as ValueDocument;
    const encode = (like: typeof frame, connection = NEXT) => decoderById("dev-server")?.encode?.(value, { frame: like, connection })[0]?.bytes;
    const frame = received({ type: "sync" });
    expect(encode(frame)).toEqual(bytesOf('{"type":"building"}'));
    expect(() => encode(received(Uint8Array.of(1, 2)))).toThrow(Refusal);
    const inBytes = received(bytesOf('{"type":"sync"}'));
    expect([encode(inBytes), encode(inBytes, UNKNOWN), encode(received(Uint8Array.of(1, 2)), UNKNOWN)]).toEqual(Array.from({ length: 3 }, () => bytesOf('{"type":"building"}')));
  });

  it("leaves a page's own messages to JSON, and takes any bytes without a throw", () => {
    expect(told("dev-server", [received({ type: "connected" }), received({ type: "hash", data: "no hex" }), received({ action: "built", hash: "4f2a" })]).every((text) => text.startsWith("json: "))).toBe(true);
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.json()), (data) => { decodeAll([received(data)], NEXT).map(valueOf); decodeAll([received(data)], UNKNOWN, { pinned: "dev-server" }).map((message) => message?.summary); }));
  });
});
