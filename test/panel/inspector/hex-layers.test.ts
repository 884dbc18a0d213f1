import { describe, expect, it } from "vitest";
import { layersByBytes } from "../../../src/panel/inspector/hex-layers.tsx";

const layer = (name: string, from: number, to: number) => ({ name, what: "", problem: null, bytes: from === to ? null : { from, to } });

describe("layers as ranges of bytes", () => {
  it("are those that have bytes of their own, and those that share them are one", () => {
    expect(layersByBytes([layer("Engine.IO", 0, 1), layer("Socket.IO", 1, 9), layer("JSON", 9, 40)]).map(({ names }) => names)).toEqual([["Engine.IO"], ["Socket.IO"], ["JSON"]]);
    expect(layersByBytes([layer("Kubernetes", 0, 1), layer("gzip", 1, 40), layer("JSON", 1, 40), layer("told", 0, 0)]).map(({ names }) => names)).toEqual([["Kubernetes"], ["gzip", "JSON"]]);
  });

  it("are none where one layer has all", () => {
    expect(layersByBytes([layer("JSON", 0, 40)])).toEqual([]);
    expect(layersByBytes([layer("gzip", 0, 40), layer("JSON", 0, 40)])).toEqual([]);
  });
});
