import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { Server } from "socket.io";
import { Decoder as LibraryDecoder, Encoder, PacketType, type Packet } from "socket.io-parser";
import { WebSocket } from "ws";
import { describe, expect, it } from "vitest";
import { say } from "../../../src/model/said.ts";
import type { ConnectionFacts, Decoded, FrameToDecode } from "../../../src/decode/decoder.ts";
import { readSocketPacket } from "../../../src/decode/socket-io/socket-packet.ts";
import { someOf } from "../../some-of.ts";
import { anyWrittenJson } from "../json/any-json.ts";
import { bytesOf, decodeAll, fieldsOf, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { asDoubles, entriesOf, plain } from "../plain.ts";
import { told } from "../told.ts";

const facts = (eio: 3 | 4): ConnectionFacts => ({ subprotocol: "", url: `ws://shop.test/socket.io/?EIO=${eio}&transport=websocket` });
const FOUR = facts(4);

/** What the real server, asked for the older revision, sends; and what is sent to it. */
async function captureRevision3(): Promise<FrameToDecode[]> {
  const http = createServer().listen(0, "127.0.0.1");
  const io = new Server(http, { allowEIO3: true, transports: ["websocket"] });
  io.on("connection", (socket) => {
    socket.on("upload", (bytes: Buffer, done: (answer: unknown) => void) => done({ length: bytes.length, back: bytes }));
  });
  await once(http, "listening");
  const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=3&transport=websocket`);
  const frames: FrameToDecode[] = [];
  const acked = new Promise<void>((resolve) => {
    socket.on("message", (data: Buffer, isBinary) => {
      frames.push(received(isBinary ? new Uint8Array(data) : data.toString()));
      if (isBinary) resolve();
    });
  });
  const send = (data: string | Uint8Array): void => {
    frames.push(sent(data));
    socket.send(data);
  };
  await once(socket, "open");
  const [text, bytes] = new Encoder().encode({ type: PacketType.EVENT, nsp: "/", id: 17, data: ["upload", Buffer.from("abc")] }) as [string, Buffer];
  send("2");
  send(`4${text}`);
  // Revision 3 puts the packet's type before the bytes of a message.
  send(new Uint8Array([4, ...bytes]));
  await acked;
  socket.terminate();
  await io.close();
  return frames;
}

describe("the Socket.IO decoder", () => {
  it("reads revision 3 as the real server speaks it: client pings, binary with a type byte", async () => {
    const decoded = decodeAll(await captureRevision3(), facts(3));
    expect(decoded.map((message) => [message?.label, message?.kind])).toEqual(
      expect.arrayContaining([["open", "control"], ["connect", "control"], ["ping", "heartbeat"], ["pong", "heartbeat"], ["upload", "request"], ["ack 17", "answer"]]),
    );
    expect(decoded.every((message) => message?.problem === undefined)).toBe(true);
    const attachments = decoded.filter((message) => message?.label === "attachment");
    expect(attachments.map(valueOf)).toEqual([
      new Uint8Array([97, 98, 99]),
      { length: 3, back: new Uint8Array([97, 98, 99]) },
    ]);
    expect(attachments[0]?.layers[0]).toMatchObject({ name: "Engine.IO", from: 0, to: 1 });
  });

  it("says of a connection that began over HTTP polling that this was not seen", () => {
    const [probe, , upgrade] = decodeAll([sent("2probe"), received("3probe"), sent("5")], { subprotocol: "", url: "wss://shop.test/socket.io/?EIO=4&transport=websocket&sid=x" });
    expect([probe?.label, upgrade?.label, upgrade?.kind, upgrade?.summary]).toEqual(["ping", "upgrade", "control", say("decode.engine-took-over")]);
  });

  it("tells layers with their places in bytes", () => {
    const [message] = decodeAll([sent('42/Zoë,12["order:place",{"px":1}]')], FOUR);
    expect(message?.layers).toEqual([
      { stage: "transport", name: "Engine.IO", what: "message", from: 0, to: 1, problem: undefined },
      { stage: "envelope", name: "Socket.IO", what: "EVENT /Zoë #12", from: 1, to: 10, problem: undefined },
      { stage: "body", name: "JSON", what: say("decode.socket-arguments", { n: 1 }), from: 10, to: 34, problem: undefined },
    ]);
  });

  it("says at which byte the JSON of a packet breaks", () => {
    const [message] = decodeAll([sent('42/é,["a",nope]')], FOUR);
    expect(message).toMatchObject({ label: "not Socket.IO", kind: "error", problem: { offset: 11 } });
  });

  it("goes on after attachments that never came, and says so", () => {
    const decoded = decodeAll([received('452-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]'), received(new Uint8Array(3)), received('42["b"]'), received(new Uint8Array([0x93, 1, 2, 3]))], FOUR);
    expect(decoded.map((message) => message?.label)).toEqual(["a", "attachment", "b", undefined]);
    expect(decoded[2]?.problem?.said).toEqual(say("decode.socket-missing", { n: 1, label: "a" }));
  });

  it("leaves the packet's own row as it was when its attachment comes", () => {
    const frames = [received('451-["a",{"deep":[{"_placeholder":true,"num":0}]}]'), received(new Uint8Array([1, 2]))];
    const [packet, attachment] = decodeAll(frames, FOUR);
    expect(valueOf(packet)).toEqual({ deep: [{ _placeholder: true, num: 0 }] });
    expect(valueOf(attachment)).toEqual({ deep: [new Uint8Array([1, 2])] });
  });

  it("tells the error of a refused connection, in both revisions' forms", () => {
    const [older, newer] = decodeAll([received('44/admin,"Invalid namespace"'), received('44/admin,{"message":"not authorised"}')], FOUR);
    expect(older).toMatchObject({ label: "connect_error", kind: "error", namespace: "/admin", summary: "Invalid namespace" });
    expect(newer).toMatchObject({ label: "connect_error", kind: "error", summary: '{"message":"not authorised"}' });
  });

  it("names a long event by its head, and awaits its attachments all the same", () => {
    const long = `451-/files,3["upload",{"_placeholder":true,"num":0},"${"x".repeat(3000)}"]`;
    const [message, attachment] = decodeAll([sent(long), sent(new Uint8Array(5000))], FOUR, { maxBytes: 1000 });
    expect(message).toMatchObject({ label: "upload", kind: "request", id: "3", namespace: "/files", isPartial: true, value: undefined });
    expect(attachment).toMatchObject({ label: "attachment", summary: say("decode.socket-attachment-sized", { n: 1, all: 1, label: "upload", size: 5000 }) });
  });

  it("reads plain Engine.IO where no Socket.IO is spoken", () => {
    const [message] = decodeAll([sent("4hello")], { subprotocol: "", url: "ws://shop.test/engine.io/?EIO=4&transport=websocket" });
    expect(message).toMatchObject({ label: "message", kind: "event" });
    expect(valueOf(message)).toBe("hello");
  });

  it("keeps every digit and every key of what an event carries, and the digits of its id", () => {
    const [event, ack, none] = decodeAll([sent('42/a,822106502566256641["o",{"id":822106502566256641,"id":-0,"px":1.10}]'), received('43/a,822106502566256641[1e400,2]'), sent('42["o"]')], FOUR);
    expect(event).toMatchObject({ label: "o", id: "822106502566256641", problem: undefined });
    expect(event?.value && entriesOf(event.value)).toEqual(["{3", "id: 822106502566256641", "id: -0", "px: 1.10"]);
    expect(ack?.answers).toBe("822106502566256641");
    expect(ack?.value && entriesOf(ack.value)).toEqual(["[2", "1e400", "2"]);
    expect(none?.value && entriesOf(none.value)).toEqual(["[0"]);
    const several = decodeAll([sent('42["o",{"a":[1]},[],"x"]')], FOUR)[0];
    expect(several?.value && entriesOf(several.value)).toEqual(["[3", "{1", "a: [1", "1", "[0", '"x"']);
  });

  it("has every key and every literal of any JSON that an event or an ack carries, and the values that the library's decoder finds", () => {
    fc.assert(
      fc.property(fc.array(anyWrittenJson, { minLength: 2, maxLength: 4 }), fc.constantFrom('2["o",', '2/a,7["o",', "37[", "3/a,7["), (values, begin) => {
        const packet = `${begin}${values.map(({ text }) => text).join(",")}]`;
        let expected: Packet | undefined;
        const library = new LibraryDecoder();
        library.on("decoded", (found) => {
          expected = found;
        });
        library.add(packet);
        const [decoded] = decodeAll([sent(`4${packet}`)], FOUR);
        expect(decoded?.value && entriesOf(decoded.value)).toEqual([`[${values.length}`, ...values.flatMap(({ entries }) => entries)]);
        expect(asDoubles(valueOf(decoded))).toEqual(((expected as Packet).data as unknown[]).slice(-values.length));
      }),
      { numRuns: someOf(300) },
    );
  });

  it("refuses what the library's parser refuses", () => {
    const piece = fc.constantFrom("0", "1", "2", "3", "4", "/a,", "/a?x=1,", "7", "{}", '{"sid":"a"}', '"text"', "[]", '["a"]', "[1]", "[null]", '["connect"]', "null", "[", "nope");
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")), (text) => {
        let expected: Packet | undefined;
        const library = new LibraryDecoder();
        library.on("decoded", (found) => {
          expected = found;
        });
        try {
          library.add(text);
        } catch {
          expected = undefined;
        }
        const packet = readSocketPacket(bytesOf(text), true);
        if (expected === undefined) expect(packet).toHaveProperty("said");
        else expect({ type: "type" in packet && packet.type, data: "data" in packet ? plain(packet.data) : "none" }).toEqual({ type: PacketType[expected.type], data: expected.data });
      }),
      { numRuns: someOf(500) },
    );
  });

  it("finds in every packet what the library's own decoder finds", () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !RESERVED.has(text));
    const packet = fc.record({
      type: fc.constantFrom(PacketType.EVENT, PacketType.ACK),
      nsp: fc.stringMatching(/^\/[a-zé-]{0,8}$/),
      id: fc.option(fc.nat(), { nil: undefined }),
      data: fc.tuple(name, fc.jsonValue(), fc.uint8Array({ maxLength: 8 })).chain(([first, json, bytes]) =>
        fc.constantFrom<unknown[]>([first, json], [first], [first, json, bytes], [first, { deep: [bytes, json] }, bytes]),
      ),
    });
    fc.assert(
      fc.property(packet, ({ id, ...rest }) => {
        const wire = new Encoder().encode({ ...rest, ...(id !== undefined && { id }) }) as (string | Uint8Array)[];
        let expected: Packet | undefined;
        const library = new LibraryDecoder();
        library.on("decoded", (found) => {
          expected = found;
        });
        for (const part of wire) library.add(part);
        const decoded = decodeAll(wire.map((part) => sent(typeof part === "string" ? `4${part}` : part)), FOUR);
        expect(decoded[0]).toMatchObject({ namespace: expected?.nsp, problem: undefined });
        expect(decoded[0]?.id ?? decoded[0]?.answers).toBe(expected?.id?.toString());
        const args = ((expected as Packet).data as unknown[]).slice(expected?.type === PacketType.EVENT ? 1 : 0);
        expect(asDoubles(valueOf(decoded.at(-1)))).toEqual(args.length === 1 ? args[0] : args);
      }),
    );
  });

  it("takes any bytes without a throw or a hang, and gives the same twice", () => {
    const piece = fc.constantFrom("4", "2", "0", "b", "51-", "452-", "/a,", "12", '["e"', ',{"_placeholder":true,"num":0}', "]", "{", '"', "999999999999-", "é", "__proto__", "4510-");
    const text = fc.array(piece, { maxLength: 9 }).map((parts) => parts.join(""));
    const data = fc.oneof(text, fc.string({ unit: "binary" }), fc.uint8Array({ maxLength: 20 }));
    const frames = fc.array(fc.tuple(fc.boolean(), data).map(([isSent, payload]) => (isSent ? sent(payload) : received(payload))), { maxLength: 8 });
    const isOwn = (message: Decoded | undefined): boolean => message?.label.endsWith("failed") !== true;
    fc.assert(
      fc.property(frames, fc.constantFrom(FOUR, facts(3), UNKNOWN), fc.constantFrom<"socket.io" | undefined>("socket.io", undefined), (all, connection, pinned) => {
        const first = decodeAll(all, connection, { pinned });
        expect(first.every(isOwn)).toBe(true);
        expect(first.map(fieldsOf)).toEqual(decodeAll(all, connection, { pinned }).map(fieldsOf));
      }),
      { numRuns: someOf(500) },
    );
  });

  it("reads packets of socket.io-msgpack-parser, whose bytes stand where they belong", () => {
    const frames = [
      received('0{"sid":"x"}'),
      sent(encode({ type: 0, nsp: "/orders" })),
      sent(encode({ type: 2, data: ["order:place", { qty: 2, note: Uint8Array.of(1, 255) }], id: 7, nsp: "/orders" })),
      received(encode({ type: 3, data: [{ ok: true }], id: 7, nsp: "/orders" })),
      received(encode({ type: 4, data: { message: "no" }, nsp: "/none" })),
    ];
    expect(told("socket.io", frames)).toEqual(["control open", "control connect @/orders", "request order:place #7 @/orders", "answer ack 7 ←7 @/orders", "error connect_error @/none"]);
    expect(valueOf(decodeAll(frames)[2])).toEqual({ qty: 2, note: Uint8Array.of(1, 255) });
    // What is no such packet is left to others.
    expect(told("socket.io", [frames[0] as FrameToDecode, received(encode({ type: 9, nsp: "/" }))])[1]).toMatch(/^msgpack: /);
  });
});

/** Names that Socket.IO refuses. */
const RESERVED = new Set(["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]);
