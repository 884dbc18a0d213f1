import { CaptureLog } from "../../src/engine/capture-log.ts";
import { connectionBeside, connectionList } from "../../src/engine/connection-rows.ts";
import type { CaptureBatch, CaptureEvent } from "../../src/model/capture-batch.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { compare, timed, type BenchRow } from "./measure.ts";

const MANY = 86_000;
const FEW = 1_000;
const UPDATES = 300;
const SCREEN = 60;

/** The list of many connections as a view asks for it, again and again while they open and close, in Node. */
export function main(): readonly BenchRow[] {
  const [many, few] = [MANY, FEW].map(captureOf) as [CaptureLog, CaptureLog];
  const { ratio, subject, yardstick } = compare(15, () => timed(() => update(many, MANY)), () => timed(() => update(few, FEW)));
  return [
    {
      name: `an update of the connection list at ${MANY.toLocaleString("en-US")} connections`,
      yardstick: `the same at ${FEW.toLocaleString("en-US")}`,
      value: ratio,
      limit: 2,
      unit: "x",
      detail: `${((subject * 1000) / UPDATES).toFixed(0)} µs against ${((yardstick * 1000) / UPDATES).toFixed(0)} µs`,
    },
  ];
}

/** One that was open ends, and the view reads the screen that it draws, cloned as for another thread, and one further on. */
function update(capture: CaptureLog, count: number): void {
  for (let i = 0; i < UPDATES; i++) {
    const id = connectionId(1 + ((i * 7919) % count));
    take(capture, [{ type: "error", connection: id, time: monotonicSeconds(1), message: "One or more reserved bits are on" }]);
    const listing = { hidesEnded: i % 2 === 0, chosen: id };
    const from = (i * 6007) % count;
    structuredClone(connectionList(capture, { ...listing, from, to: from + SCREEN, watched: [id] }, 0));
    connectionBeside(capture, { ...listing, by: 1 }, 0);
  }
}

function captureOf(count: number): CaptureLog {
  const capture = new CaptureLog({ why: "a benchmark" }, 2 ** 20);
  const time = monotonicSeconds(1);
  for (let id = 1; id <= count; id++) {
    const connection = connectionId(id);
    const targetKey = `target ${id % 20}`;
    take(capture, [
      { type: "target", target: { key: targetKey, type: "worker", url: `https://page.test/worker-${id % 20}.js` } },
      { type: "created", connection, targetKey, url: `wss://feed.test/socket/${id}`, seenFromStart: true },
      { type: "handshake-response", connection, time, status: 101, statusText: "Switching Protocols", headers: [{ name: "Sec-WebSocket-Protocol", value: "v2.stomp" }] },
      ...(id % 3 === 0 ? [{ type: "closed", connection, time } as const] : []),
    ]);
  }
  return capture;
}

function take(capture: CaptureLog, events: readonly CaptureEvent[]): void {
  capture.take({ ...NO_FRAMES, events: events.map((event) => ({ at: 0, event })) }, 0);
}

const NO_FRAMES: Omit<CaptureBatch, "events"> = {
  count: 0,
  times: new Float64Array(0),
  connections: new Uint32Array(0),
  bits: new Uint16Array(0),
  lengths: new Uint32Array(0),
  payload: new Uint8Array(0),
  passed: 0,
};
