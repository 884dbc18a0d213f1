import type { KeptCapture } from "../../../src/contract/captures.ts";
import { byteLength, epochMilliseconds } from "../../../src/model/units.ts";

const START = Date.UTC(2026, 10, 20, 12, 31);

/** One of each state that the list can show. */
export function madeUpCaptures(): KeptCapture[] {
  return (["running here", "running elsewhere", "cut off", "ended", "open elsewhere", "ended"] as const).map((state, i) => ({
    id: `capture-${i}`,
    name: i === 3 ? "Before the fix" : "",
    startedAt: epochMilliseconds(START - i * 7e6),
    writtenAt: epochMilliseconds(START - i * 6e6),
    page: i === 4 ? "" : "localhost:5173/orders/live",
    frames: 12_345 * i ** 3,
    connections: i,
    bytes: byteLength(2_345_678 * i ** 3),
    state,
    damaged: i === 5 ? 2 : 0,
    problem: i === 5 ? "This capture is damaged in 2 places; rows of type error say where. At least 310 frames are missing." : null,
    isOffered: state === "cut off",
  }));
}
