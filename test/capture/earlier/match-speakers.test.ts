import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchSpeakers, type HeardMessage } from "../../../src/capture/earlier/match-speakers.ts";
import type { SpeakerNote } from "../../../src/capture/earlier/speaker-notes.ts";

const note = (socket: number, message: string, realm = "0", at = 0): SpeakerNote => ({ at, socket: `${realm} ${socket}`, message, address: { url: `ws://${socket}.test/`, subprotocol: "", extensions: "" } });
const heard = (...all: string[]): HeardMessage[] => all.map((one) => ({ requestId: one.split(" ")[0] ?? "", message: one.split(" ")[1] ?? "" }));
const match = (frames: readonly HeardMessage[], notes: readonly SpeakerNote[], wanted: readonly string[], taken: readonly string[] = []): Record<string, string> =>
  Object.fromEntries([...matchSpeakers(frames, notes, new Set(wanted), new Set(taken))].map(([requestId, { socket }]) => [requestId, socket]));

describe("whose the frames are that are heard without a name", () => {
  it("is told by a message that only one socket had, and was heard of one requestId only", () => {
    expect(match(heard("a x", "b y"), [note(1, "x"), note(2, "y")], ["a"])).toEqual({ a: "0 1" });
    expect(match(heard("a x", "a x", "b y"), [note(1, "x")], ["a", "b"])).toEqual({ a: "0 1" });
  });

  it("is told by the order where several had the very same messages, and each was read", () => {
    expect(match(heard("a x", "b x"), [note(1, "x"), note(2, "x")], ["a", "b"])).toEqual({ a: "0 1", b: "0 2" });
  });

  it("is not told where a page read fewer than were heard, or in realms whose order nobody knows", () => {
    expect(match(heard("a x", "b x"), [note(2, "x")], ["a", "b"])).toEqual({});
    expect(match(heard("a x", "b x"), [note(1, "x"), note(2, "x", "1")], ["a", "b"])).toEqual({});
  });

  it("is not told by an order in which they were not read, but by a message that was one socket’s alone", () => {
    expect(match(heard("a x", "b x"), [note(1, "x", "0", 5), note(2, "x", "0", 4)], ["a", "b"])).toEqual({});
    expect(match(heard("a x", "b x"), [note(1, "x", "0", 5), note(2, "x", "0", -1)], ["a", "b"])).toEqual({});
    expect(match(heard("a x", "b y"), [note(1, "x", "0", -1)], ["a", "b"])).toEqual({ a: "0 1" });
  });

  it("is told by what was heard since a realm began to note it", () => {
    const frames = heard("b x", "a x", "b x").map(({ requestId, message }) => ({ requestId, message: `received ${message}` }));
    const notes = [note(1, "received x"), note(2, "received x")];
    expect(match(frames, notes, ["a", "b"])).toEqual({});
    expect(Object.fromEntries([...matchSpeakers(frames, notes, new Set(["a", "b"]), new Set(), new Map([["0 received", 1]]))].map(([requestId, { socket }]) => [requestId, socket]))).toEqual({ a: "0 1", b: "0 2" });
  });

  it("is not told where the messages contradict each other, or two would be one socket, or it has a name already", () => {
    expect(match(heard("a x", "a y"), [note(1, "x"), note(2, "y")], ["a"])).toEqual({});
    expect(match(heard("a x", "b y"), [note(1, "x"), note(1, "y")], ["a", "b"])).toEqual({});
    expect(match(heard("a x"), [note(1, "x")], ["a"], ["0 1"])).toEqual({});
  });

  it("is never told wrongly, whatever was sent and whichever sockets the page does not read", () => {
    const frame = fc.record({ socket: fc.integer({ min: 1, max: 4 }), message: fc.constantFrom("x", "y", "z") });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), fc.uniqueArray(fc.integer({ min: 1, max: 4 })), (frames, unread) => {
        const told = match(
          frames.map(({ socket, message }) => ({ requestId: `r${socket}`, message })),
          frames.filter(({ socket }) => !unread.includes(socket)).map(({ socket, message }) => note(socket, message)),
          ["r1", "r2"],
        );
        for (const [requestId, socket] of Object.entries(told)) expect(socket).toBe(`0 ${requestId.slice(1)}`);
      }),
    );
  });
});
