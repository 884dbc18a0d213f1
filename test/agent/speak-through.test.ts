import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdMessage } from "../../src/agent/hold-message.ts";
import { speakThrough } from "../../src/agent/speak-through.ts";

class FakeSocket {
  sent: unknown[] = [];
  state = 1;
}

describe("speaking through a socket", () => {
  it("calls the functions that were given with the socket as `this`, and not the page's", () => {
    const socket = Object.assign(new FakeSocket(), { send: () => expect.unreachable(), readyState: 7 });
    const readyState = function (this: FakeSocket): number {
      return this.state;
    };
    const send = function (this: FakeSocket, data: unknown): void {
      this.sent.push(data);
    };
    // A page that has taken hold of what calls usually go through.
    // oxlint-disable-next-line typescript/unbound-method -- they are put back as they were
    const { call, apply } = Function.prototype;
    // oxlint-disable-next-line no-extend-native -- the page's doing
    Function.prototype.call = Function.prototype.apply = (() => expect.unreachable()) as never;
    let answered: number;
    try {
      // As Chrome does it: a method with the socket as `this`.
      const method = { run: speakThrough().send };
      Object.setPrototypeOf(socket, method);
      answered = (socket as unknown as typeof method).run(readyState, send, { data: "hello" });
    } finally {
      // oxlint-disable-next-line no-extend-native -- puts them back
      Object.assign(Function.prototype, { call, apply });
    }
    expect([answered, socket.sent]).toEqual([1, ["hello"]]);
  });

  it("sends nothing where the socket is not open, and says its state", () => {
    const socket = new FakeSocket();
    socket.state = 3;
    const readyState = function (this: FakeSocket): number {
      return this.state;
    };
    expect(speakThrough().send.call(socket, readyState, () => expect.unreachable(), { data: "late" })).toBe(3);
  });

  it("closes with a code, or without one", () => {
    const closed: unknown[][] = [];
    const readyState = (): number => 1;
    const close = (...values: unknown[]): void => void closed.push(values);
    speakThrough().close.call({}, readyState, close, 4000, "bye");
    speakThrough().close.call({}, readyState, close, undefined, "");
    expect(closed).toEqual([[4000, "bye"], []]);
  });
});

describe("a message in pieces", () => {
  it("is put together out of any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 8 }), (bytes, groups) => {
        const { bytes: hold, addBytes } = holdMessage();
        const base64 = Buffer.from(bytes).toString("base64");
        const decode = (piece: string): Uint8Array => Uint8Array.from(Buffer.from(piece, "base64"));
        for (const fromBase64 of [undefined, decode]) {
          const other = hold(Uint8Array, bytes.length);
          for (let at = 0; at < base64.length; at += groups * 4) addBytes.call(other, base64.slice(at, at + groups * 4), decode(base64.slice(at, at + groups * 4)).length, fromBase64);
          expect(other.data).toEqual(new Uint8Array(bytes));
        }
      }),
    );
  });

  it("is put together out of pieces of text", () => {
    const { text, addText } = holdMessage();
    const held = text();
    for (const piece of ["a", "😀", "", "b"]) addText.call(held, piece);
    expect(held.data).toBe("a😀b");
  });
});
