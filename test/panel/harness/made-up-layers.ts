import { say } from "../../../src/model/said.ts";
import type { LayerDetails, PairDetails } from "../../../src/contract/inspect.ts";
import type { FrameRow } from "../../../src/contract/rows.ts";
import { frameIndex, milliseconds, type FrameIndex } from "../../../src/model/units.ts";

/** The layers of a made-up message. */
export function layersOf(label: string): readonly LayerDetails[] {
  if (label !== "ack 17") return [{ name: "JSON", what: "an object of 5 entries", problem: null, bytes: null }];
  return [
    { name: "Engine.IO", what: "message", problem: null, bytes: { from: 0, to: 1 } },
    { name: "Socket.IO", what: "ACK 17 /orders", problem: null, bytes: { from: 1, to: 12 } },
    { name: "JSON", what: "an array of 1 entry", problem: say("decode.at-byte", { problem: say("decode.json-value"), offset: 212 }), bytes: { from: 12, to: 212 } },
  ];
}

export function pairOf(frame: FrameIndex, pair: NonNullable<FrameRow["pair"]>): PairDetails {
  return {
    ...pair,
    other: pair.latency === null ? null : { frame: frameIndex(pair.role === "answer" ? frame - 5 : frame + 5), message: 0, label: pair.role === "answer" ? "order:place" : "ack 17" },
    stream: null,
    usual: { median: milliseconds(31), p95: milliseconds(84), count: 212 },
  };
}
