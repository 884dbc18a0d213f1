import { describe, expect, it } from "vitest";
import { linkTypeOf, pcapFile, pcapngFile, tcpPackets, type TcpPacket } from "../../format/imports/packets.ts";
import { recordSocket, type SocketMessage } from "../../format/imports/recorded-socket.ts";
import { imported } from "./imported.ts";

const MESSAGES: readonly SocketMessage[] = ['{"op":"tick","px":64000.25}', '{"op":"tick","px":64000.50}', Uint8Array.of(0, 255, 1, 254), "漢字 😀", "x".repeat(70_000), ""];

/** What is to be found of a talk: the ping and its pong, each message and its echo, both close frames. */
const wanted = (messages: readonly SocketMessage[]): string[] => {
  const words = (message: SocketMessage): string => (typeof message === "string" ? `1 ${message}` : `2 ${Buffer.from(message).toString("hex")}`);
  const hex = (text: string): string => Buffer.from(text, "latin1").toString("hex");
  return [`sent 9 ${hex("are you there")}`, `received 10 ${hex("are you there")}`, ...messages.flatMap((message) => [`sent ${words(message)}`, `received ${words(message)}`]), `sent 8 ${hex("\u000f\u00a1enough")}`, `received 8 ${hex("\u000f\u00a1enough")}`];
};

const told = (rows: readonly string[]): string[] => rows.flatMap((row) => /^\d+ ((?:sent|received) \d+) import [\d.?]+ (.*)$/s.exec(row)?.slice(1).join(" ") ?? []);

describe("packets of a WebSocket", () => {
  it("are every message with its payload, in every form of file", async () => {
    const sent = await recordSocket({ deflate: false, messages: MESSAGES, fragments: true });
    for (const link of ["ethernet", "vlan", "cooked", "raw", "loopback"] as const) {
      for (const isLittle of [true, false]) {
        const packets = tcpPackets(sent, { ipv6: isLittle, link });
        for (const write of [pcapFile, pcapngFile]) {
          const { rows, problems, capture } = await imported(write(packets, linkTypeOf(link), isLittle));
          expect(problems).toEqual([]);
          expect(told(rows)).toEqual(wanted(MESSAGES));
          expect(capture.table.connections.get(1 as never)).toMatchObject({ url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/feed\?token=1$/) as string, state: "closed", closing: { code: 4001, reason: "enough", wasClean: true }, handshake: { status: 101 } });
        }
      }
    }
  });

  it.each([true, { serverNoContextTakeover: true, clientNoContextTakeover: true, threshold: 0 }, { threshold: 0 }])("have permessage-deflate undone: %j", async (deflate) => {
    const messages = [...MESSAGES.slice(0, 2), ...MESSAGES, ...Array.from({ length: 30 }, (_, i) => `{"op":"tick","id":${i},"px":64000.25}`.repeat(40))];
    const { rows, problems } = await imported(pcapFile(tcpPackets(await recordSocket({ deflate, messages })), 1));
    expect(problems).toEqual([]);
    expect(told(rows)).toEqual(wanted(messages));
  });

  it("may come in any order, more than once, in segments of any size, beside other connections, past the last sequence number", async () => {
    const sent = await recordSocket({ deflate: { threshold: 0 }, messages: MESSAGES });
    for (const most of [1, 7, 1400]) {
      const short = most === 1400 ? sent : sent.filter(({ bytes }) => bytes.length < 5000);
      const packets = tcpPackets(short, { most });
      const [syn, synAck, ...rest] = packets as [TcpPacket, TcpPacket, ...TcpPacket[]];
      // Neighbours of one direction swapped, and each third sent again.
      const shuffled = [...rest];
      for (let place = 0; place + 1 < rest.length; place += 2) if (rest[place]?.byClient === rest[place + 1]?.byClient) [shuffled[place], shuffled[place + 1]] = [rest[place + 1] as TcpPacket, rest[place] as TcpPacket];
      const repeated = shuffled.flatMap((packet, place) => (place % 3 === 0 ? [packet, packet] : [packet]));
      const other = tcpPackets([{ byClient: true, bytes: Buffer.from("GET / HTTP/1.1\r\n\r\n"), time: 1 }, { byClient: false, bytes: Buffer.from("HTTP/1.1 200 OK\r\n\r\n"), time: 1 }], { port: 7 });
      const { rows, problems } = await imported(pcapFile([...other, syn, synAck, ...repeated], 1));
      expect(problems).toEqual([]);
      expect(told(rows).slice(0, 10)).toEqual(wanted(MESSAGES).slice(0, 10));
      if (most === 1400) expect(told(rows)).toEqual(wanted(MESSAGES));
    }
  });

  it("of which some are missing say so, and leave what stands before them", async () => {
    const packets = tcpPackets(await recordSocket({ deflate: false, messages: MESSAGES }));
    const without = packets.filter((_, place) => place !== 9);
    const { rows, problems } = await imported(pcapFile(without, 1));
    expect(problems).toEqual([expect.stringMatching(/^frame\.number == \d+: [\d,]+ B of ws:.* are not in the file\./)]);
    expect(told(rows).length).toBeGreaterThan(2);
  });

  it("leave what stands before the place at which the file is cut", async () => {
    const file = pcapngFile(tcpPackets(await recordSocket({ deflate: false, messages: MESSAGES.slice(0, 3) })), 1);
    const whole = told((await imported(file)).rows);
    for (const length of [file.length - 1, file.length - 100, file.length - 300]) {
      const { rows, problems } = await imported(file.subarray(0, length));
      expect(problems).toEqual([expect.stringMatching(/^frame\.number == \d+: The file ends here, at byte \d+/)]);
      expect(whole.slice(0, told(rows).length)).toEqual(told(rows));
    }
  });

  it("are refused where they hold no WebSocket", async () => {
    await expect(imported(pcapFile(tcpPackets([{ byClient: true, bytes: Buffer.from("GET / HTTP/1.1\r\n\r\n"), time: 1 }]), 1))).rejects.toThrow("import.nothing");
  });
});
