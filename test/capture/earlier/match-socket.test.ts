import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDevToolsLog, type LoggedSocket } from "../../../src/capture/earlier/devtools-log.ts";
import { matchSocket, type OrphanFrame } from "../../../src/capture/earlier/match-socket.ts";

const OFFSET = 1_795_000_000;

/** A logged socket whose messages came at these CDP times, as DevTools heard them. */
function logged(key: string, messages: readonly (readonly [number, string])[]): LoggedSocket {
  return {
    key,
    url: `ws://feed.test/${key}`,
    initiator: undefined,
    startedAt: OFFSET,
    requestHeaders: [],
    response: undefined,
    endedAt: undefined,
    messages: messages.map(([time, data]) => ({ time: time + OFFSET, direction: "received", opcode: 1, data })),
  };
}

const heard = (...frames: readonly (readonly [number, string])[]): OrphanFrame[] =>
  frames.map(([timestamp, data]) => ({ timestamp, direction: "received", opcode: 1, data }));
/** A feed that ticks ten times a second, `delay` seconds late; its clock is read some microseconds apart each time. */
const ticks = (delay: number, jitter: number, count = 20): (readonly [number, string])[] =>
  Array.from({ length: count }, (_, i) => [i / 10 + delay + ((i * 7) % 5) * jitter, `tick ${i}`]);

describe("matching a socket to DevTools’ log", () => {
  it("finds the place of the first frame by payload and time, though the same payload came before", () => {
    const socket = logged("a", [[1, "ping"], [2, "ping"], [3, "ping"]]);
    expect(matchSocket(heard([2.00001, "ping"]), [socket], OFFSET)).toEqual({ found: socket, at: 1, alike: [] });
  });

  it("finds none where a payload, a direction or the time is another", () => {
    const socket = logged("a", [[1, "ping"], [2, "pong"]]);
    expect(matchSocket(heard([1, "pong"]), [socket], OFFSET)).toEqual({ found: undefined, candidates: 0 });
    expect(matchSocket(heard([1, "ping"], [2, "other"]), [socket], OFFSET).found).toBeUndefined();
    expect(matchSocket([{ timestamp: 1, direction: "sent", opcode: 1, data: "ping" }], [socket], OFFSET).found).toBeUndefined();
    expect(matchSocket(heard([7, "ping"]), [socket], OFFSET).found).toBeUndefined();
  });

  it("compares what the log has, and takes frames that came after it was read as they are", () => {
    const socket = logged("a", [[1, "one"], [2, "two"]]);
    expect(matchSocket(heard([2, "two"], [3, "three"]), [socket], OFFSET)).toMatchObject({ found: socket, at: 1 });
  });

  it("takes neither of two that fit, until enough frames tell them apart", () => {
    const both = [logged("a", ticks(0, 0)), logged("b", ticks(0.004, 0.0003))];
    const few = heard(...ticks(0.000_012, 0.000_002, 3));
    expect(matchSocket(few, both, OFFSET)).toEqual({ found: undefined, candidates: 2 });
    const match = matchSocket(heard(...ticks(0.000_012, 0.000_002)), both, OFFSET);
    expect(match.found !== undefined && [match.found.key, match.alike.map(({ key }) => key)]).toEqual(["a", ["b"]]);
    const twins = [logged("a", ticks(0, 0)), logged("b", ticks(0, 0))];
    expect(matchSocket(heard(...ticks(0, 0)), twins, OFFSET)).toEqual({ found: undefined, candidates: 2 });
  });

  it("finds a socket though a busy machine told us of single frames late", () => {
    const others = ticks(0.000_012, 0.000_002, 600);
    const late = others.map(([time, data], i): readonly [number, string] => [time + (i % 40 === 7 ? 0.06 : 0), data]);
    const socket = logged("a", ticks(0, 0, 600));
    expect(matchSocket(heard(...late), [socket], OFFSET)).toEqual({ found: socket, at: 0, alike: [] });
    expect(matchSocket(heard(...late), [socket, logged("b", ticks(0.004, 0.0003, 600))], OFFSET).found).toBe(socket);
  });

  it("waits for more frames where the payloads are right and the time of a few is not", () => {
    const socket = logged("a", ticks(0, 0));
    const late = heard(...ticks(0.06, 0, 3));
    expect(matchSocket(late, [socket], OFFSET)).toEqual({ found: undefined, candidates: 1 });
    expect(matchSocket(late, [logged("other", [[0.06, "another"]])], OFFSET)).toEqual({ found: undefined, candidates: 0 });
    // The one that seems to fit got the same, and is told of as much later as the right one was late.
    expect(matchSocket(late, [socket, logged("b", ticks(0.055, 0))], OFFSET)).toEqual({ found: undefined, candidates: 2 });
    expect(matchSocket(heard(...ticks(0.06, 0, 6)), [socket], OFFSET).found).toBe(socket);
  });

  it("takes the place that is nearest in time, where one payload comes again and again", () => {
    const socket = logged("a", Array.from({ length: 40 }, (_, i) => [i / 10, "tick"] as const));
    const frames = Array.from({ length: 12 }, (_, i) => [2 + i / 10, "tick"] as const);
    expect(matchSocket(heard(...frames), [socket], OFFSET)).toEqual({ found: socket, at: 20, alike: [] });
  });

  it("finds a socket whose log is from before the clock was set, by a row of frames", () => {
    const socket = logged("a", ticks(2, 0));
    expect(matchSocket(heard(...ticks(0, 0)), [socket], OFFSET).found).toBe(socket);
    expect(matchSocket(heard(...ticks(0, 0, 2)), [socket], OFFSET).found).toBeUndefined();
  });
});

describe("reading DevTools’ log", () => {
  it("takes whatever comes, and throws at nothing", () => {
    const entry = fc.record({ _resourceType: fc.constant("websocket"), request: fc.anything(), response: fc.anything(), _webSocketMessages: fc.anything(), timings: fc.anything(), startedDateTime: fc.anything(), _initiator: fc.anything() });
    fc.assert(fc.property(fc.anything(), (log) => Array.isArray(readDevToolsLog(log))));
    fc.assert(fc.property(fc.array(entry), (entries) => readDevToolsLog({ entries }).length === entries.length));
  });

  it("tells two of one URL and moment apart where there is no key", () => {
    const entry = { _resourceType: "websocket", startedDateTime: "2026-01-01T00:00:00.000Z", request: { url: "wss://h2.test/" } };
    expect(new Set(readDevToolsLog({ entries: [entry, entry] }).map(({ key }) => key)).size).toBe(2);
  });

  it("knows a socket that has ended by the time that DevTools counts after its last frame", () => {
    const entry = (receive: number) => ({ _resourceType: "websocket", startedDateTime: "2026-01-01T00:00:00.000Z", time: 500, timings: { receive }, response: { status: 101 } });
    expect(readDevToolsLog({ entries: [entry(0), entry(12)] }).map(({ endedAt }) => endedAt !== undefined)).toEqual([false, true]);
  });
});
