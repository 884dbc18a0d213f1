import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionDecoder } from "../../src/decode/connection-decoder.ts";
import { loadDecoder } from "../../src/decode/decoder-loads.ts";
import { Pairing } from "../../src/decode/pairing.ts";
import type { RowToPair } from "../../src/decode/row-to-pair.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import type { Direction } from "../../src/model/frame.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { bytesOf } from "./messages.ts";

const beat = (index: number, label: string, direction: Direction): RowToPair => ({
  index,
  connection: connectionId(1),
  time: monotonicSeconds(index),
  direction,
  decoded: { speaks: "json", namespace: undefined, label, kind: "heartbeat", id: undefined, answers: undefined },
});

/** Of rows as `> ping`, what each answers. */
const pairs = (rows: readonly string[], pairing = new Pairing()): (number | undefined)[] =>
  rows.map((row, index) => pairing.add(beat(index, row.slice(2), row[0] === ">" ? "sent" : "received"))?.answersRow);

describe("heartbeats without ids", () => {
  it("are paired where the next answer comes before another ask, either way and in any case of letters", () => {
    expect(pairs(["> ping", "< pong", "< PING", "> ping", "> PONG", "< Pong"])).toEqual([undefined, 0, undefined, undefined, 2, 3]);
    expect(pairs(["> Heartbeat", "< Heartbeat ACK"])).toEqual([undefined, 0]);
  });

  it("are not paired while two wait, nor after them until as many answers came", () => {
    expect(pairs(["> ping", "> ping", "< pong", "> ping", "< pong", "< pong", "> ping", "< pong"])).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, undefined, 6]);
  });

  it("are not paired with what says the same, or comes the same way", () => {
    expect(pairs(["> ping", "< ping", "> heartbeat", "< heartbeat", "< Ping", "< Pong", "< pong"])).toEqual([undefined, undefined, undefined, undefined, undefined, 0, undefined]);
  });

  it("are not paired over messages that were not captured", () => {
    const pairing = new Pairing();
    pairing.add(beat(0, "ping", "sent"));
    pairing.interrupt();
    expect(pairing.add(beat(1, "pong", "received"))).toBeUndefined();
  });

  it("are each paired with the last ask of the other side, which was the only one", () => {
    const row = fc.constantFrom("> ping", "< pong", "< ping", "> pong");
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        for (const [answer, asked] of pairs(rows).entries()) {
          if (asked === undefined) continue;
          const [way, ask] = rows[answer] === "< pong" ? ["<", "> ping"] : [">", "< ping"];
          expect(rows[asked]).toBe(ask);
          expect(rows.slice(asked + 1, answer).filter((between) => between === ask || between === `${way} pong`)).toEqual([]);
          // As many answers as asks before it.
          expect(rows.slice(0, asked).filter((before) => before === ask).length).toBeLessThanOrEqual(rows.slice(0, asked).filter((before) => before === `${way} pong`).length);
        }
      }),
    );
  });

  it.each([
    ["Engine.IO 4", "wss://x/socket.io/?EIO=4&transport=websocket", "", ["<0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}", "<2", ">3"]],
    ["Engine.IO 3", "wss://x/socket.io/?EIO=3&transport=websocket", "", ["<0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}", ">2", "<3"]],
    ["NATS", "wss://x/", "", ['<INFO {"server_id":"N","version":"2.9.10","max_payload":1048576}\r\n', "<PING\r\n", ">PONG\r\n"]],
    ["GraphQL", "wss://x/", "graphql-transport-ws", ['>{"type":"connection_init"}', '<{"type":"ping"}', '>{"type":"pong"}']],
    ["Pusher", "wss://x/app/k?protocol=7", "", ['<{"event":"pusher:connection_established","data":"{}"}', '>{"event":"pusher:ping","data":{}}', '<{"event":"pusher:pong","data":{}}']],
    ["Centrifugo", "wss://x/connection/websocket", "", ['>{"id":1,"connect":{}}', "<{}", ">{}"]],
    ["tRPC", "wss://x/", "", ['>{"id":1,"method":"query","params":{"path":"a"}}', "<PING", ">PONG"]],
    ["OKX", "wss://ws.okx.com:8443/ws/v5/public", "", ['>{"op":"subscribe","args":[{"channel":"tickers","instId":"BTC-USDT"}]}', ">ping", "<pong"]],
    ["Discord", "wss://gateway.discord.gg/?v=10&encoding=json", "", ['<{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}', '>{"op":1,"d":null}', '<{"op":11,"d":null,"s":null,"t":null}']],
    ["JSON", "wss://x/", "", ['>{"type":"hello"}', '>{"type":"ping"}', '<{"type":"pong"}']],
  ] as const)("of %s have their round trip", async (_name, url, subprotocol, messages) => {
    await Promise.all(DECODERS.map(loadDecoder));
    const decoder = new ConnectionDecoder({ url, subprotocol });
    const pairing = new Pairing();
    const found = messages.map((message, index) => {
      const direction = message.startsWith(">") ? "sent" : "received";
      const decoded = decoder.decode({ bytes: bytesOf(message.slice(1)), opcode: 1, direction });
      return decoded && [decoded.kind, pairing.add({ index, connection: connectionId(1), time: monotonicSeconds(index), direction, decoded })?.answersRow];
    });
    expect(found.slice(-2)).toEqual([["heartbeat", undefined], ["heartbeat", messages.length - 2]]);
  });
});
