import { describe, expect, it } from "vitest";
import { received } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

describe("hot reload of development servers", () => {
  it("is known: Vite's, Next's, webpack's", () => {
    const vite = connectionTo("ws://localhost:5173/?token=x", "vite-hmr");
    expect(told("dev-server", [received({ type: "connected" }), received({ type: "update", updates: [{ type: "js-update", path: "/src/app.ts" }] }), received({ type: "custom", event: "plugin:ready", data: {} }), received({ type: "error", err: {} }), received({ type: "ping" })], vite)).toEqual([
      "control connected",
      "event update @/src/app.ts",
      "event plugin:ready",
      "error error",
      "heartbeat ping",
    ]);
    expect(told("dev-server", [received({ action: "sync", hash: "1", errors: [] }), received({ action: "building" })], connectionTo("ws://localhost:3000/_next/webpack-hmr"))).toEqual(["event sync", "event building"]);
    expect(told("dev-server", [received({ type: "liveReload" }), received({ type: "hash", data: "4f2a" }), received({ type: "ok" }), received({ type: "errors", data: [] })])).toEqual(["event liveReload", "event hash", "event ok", "error errors"]);
  });

  it("leaves a page's own messages to JSON", () => {
    expect(told("dev-server", [received({ type: "connected" }), received({ type: "hash", data: "no hex" })]).every((text) => text.startsWith("json: "))).toBe(true);
  });
});
