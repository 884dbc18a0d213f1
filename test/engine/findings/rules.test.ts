import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FINDING_RULES } from "../../../src/engine/findings/registry.ts";
import { findingsOf, type Read, type Story } from "./story.ts";

interface Case {
  readonly name: string;
  readonly tell: (story: Story) => unknown;
  /** What is read of it; none where nothing may be found. */
  readonly finds?: Partial<Record<keyof Read, unknown>>;
}

const tick = (i: number, more = ""): string => `{"type":"tick","px":${100 + ((i * 37) % 101)}${more}}`;
const prose = (i: number): string => JSON.stringify({ type: "quote", symbol: ["BTC-USD", "ETH-USD"][i % 2], price: 64_000 + ((i * 37) % 900), venue: "somewhere far away", conditions: ["regular", "open", "closed"], n: i });
/** Requests of one type, each answered so many seconds after it. */
const asked = (story: Story, from: number, n: number, took: number, first = 0): unknown =>
  story.times(n, (one, i) => one.sent(from + i, `{"method":"get","id":${first + i}}`).received(from + i + took, `{"result":${i},"id":${first + i}}`));
const beats = (story: Story, n: number, answered: (i: number) => boolean): unknown =>
  story.times(n, (one, i) => {
    one.sent(i * 10, '{"type":"ping"}');
    if (answered(i)) one.received(i * 10 + 0.1, '{"type":"pong"}');
  });

/** The page asks every 10 s and the server every 12 s; all is answered but one of the page's. */
const bothBeat = (story: Story, asks: string, answers: string, serverAsks: string, serverAnswers: string, missed = -1): void => {
  const told = [
    ...Array.from({ length: 20 }, (_, i) => [{ at: i * 10, way: "sent", type: asks } as const, ...(i === missed ? [] : [{ at: i * 10 + 0.1, way: "received", type: serverAnswers } as const])]),
    ...Array.from({ length: 16 }, (_, i) => [{ at: i * 12 + 5.05, way: "received", type: serverAsks } as const, { at: i * 12 + 5.15, way: "sent", type: answers } as const]),
  ];
  story.open(0);
  for (const { at, way, type } of told.flat().toSorted((a, b) => a.at - b.at)) story[way](at, `{"type":"${type}"}`);
};

const CASES: Readonly<Record<string, readonly Case[]>> = {
  handshake: [
    { name: "an ordinary one", tell: (story) => story.open(0) },
    { name: "ws: from an https: page", tell: (story) => story.open(0, { url: "ws://feed.test/ws" }), finds: { weight: "problem", text: expect.stringContaining("mixed content"), link: expect.stringContaining("Mixed_content"), rows: [1] } },
    { name: "ws: to this machine", tell: (story) => story.open(0, { url: "ws://localhost:8080/ws", request: { Origin: "http://localhost:8080" } }) },
    { name: "an accept that matches no key", tell: (story) => story.open(0, { response: { "Sec-WebSocket-Accept": "nonsense" } }), finds: { title: "Handshake: Sec-WebSocket-Accept", weight: "problem" } },
    { name: "a subprotocol that nobody asked for", tell: (story) => story.open(0, { response: { "Sec-WebSocket-Protocol": "mqtt" } }), finds: { title: "Handshake: Subprotocol", weight: "problem" } },
    { name: "none chosen of those asked for", tell: (story) => story.open(0, { request: { "Sec-WebSocket-Protocol": "mqtt" } }), finds: { title: "Handshake: Subprotocol", weight: "warning" } },
    { name: "the one asked for", tell: (story) => story.open(0, { request: { "Sec-WebSocket-Protocol": "mqtt" }, response: { "Sec-WebSocket-Protocol": "mqtt" } }) },
    { name: "an extension that was not offered", tell: (story) => story.open(0, { response: { "Sec-WebSocket-Extensions": "x-webkit-foo" } }), finds: { title: "Handshake: x-webkit-foo", weight: "problem" } },
    { name: "a parameter that is not allowed", tell: (story) => story.open(0, { response: { "Sec-WebSocket-Extensions": "permessage-deflate; server_max_window_bits=99" } }), finds: { title: "Handshake: permessage-deflate", weight: "problem" } },
    { name: "another version", tell: (story) => story.open(0, { request: { "Sec-WebSocket-Version": "8" } }), finds: { title: "Handshake: Sec-WebSocket-Version", weight: "problem" } },
    { name: "a token in the URL", tell: (story) => story.open(0, { url: "wss://feed.test/ws?access_token=x" }), finds: { title: "Handshake: Credentials in the URL", weight: "warning" } },
    { name: "a token as a subprotocol", tell: (story) => story.open(0, { request: { "Sec-WebSocket-Protocol": "v1, base64url.bearer.authorization.k8s.io.abc" }, response: { "Sec-WebSocket-Protocol": "v1" } }), finds: { title: "Handshake: Token in Sec-WebSocket-Protocol", weight: "warning" } },
    { name: "another site let in with the user's cookies", tell: (story) => story.open(0, { request: { Origin: "https://evil.example", Cookie: "sid=1" } }), finds: { title: "Handshake: Origin", weight: "warning", text: expect.stringContaining("cross-site WebSocket hijacking") } },
    { name: "another site let in without cookies, as to a public feed", tell: (story) => story.open(0, { request: { Origin: "https://evil.example" } }) },
    { name: "another site refused", tell: (story) => story.open(0, { status: 403, request: { Origin: "https://evil.example", Cookie: "sid=1" } }), finds: { title: "Handshake: Status" } },
  ],
  "uncompressed-text": [
    { name: "much text without compression", tell: (story) => story.open(0, { response: { "Sec-WebSocket-Extensions": "" } }).times(1000, (one, i) => one.received(i, prose(i))), finds: { weight: "note", text: expect.stringMatching(/^1\d\d kB of text went uncompressed\. permessage-deflate, tried on \d\d kB of .* saves \d\d kB \(\d\d%\)\.$/) } },
    { name: "much text over each of two connections to one address, told of together", tell: (story) => story.times(2, (one, k) => one.open(k, { response: { "Sec-WebSocket-Extensions": "" } })).times(2000, (one, i) => one.received(i, prose(i), 1 + (i % 2))), finds: { connections: 2, text: expect.stringMatching(/saves \d+ kB/) } },
    { name: "the same, compressed", tell: (story) => story.open(0).times(1000, (one, i) => one.received(i, prose(i))) },
    { name: "little text", tell: (story) => story.open(0, { response: { "Sec-WebSocket-Extensions": "" } }).times(100, (one, i) => one.received(i, prose(i))) },
    { name: "text that does not get smaller", tell: (story) => story.open(0, { response: { "Sec-WebSocket-Extensions": "" } }).times(1000, (one, i) => one.received(i, noise(i))) },
  ],
  "closed-abnormally": [
    { name: "a connection that was cut", tell: (story) => story.open(0).received(1, tick(1)).close(2, 1006), finds: { weight: "problem", title: "Closed with code 1006", text: expect.stringContaining("No close frame came"), rows: [2, 3] } },
    { name: "one that was cut after a silent minute", tell: (story) => story.open(0).received(1, tick(1)).close(61, 1006), finds: { text: expect.stringMatching(/after 60\.0 s.*idle connections/) } },
    { name: "a policy's", tell: (story) => story.open(0).close(1, 1008, "token expired"), finds: { text: expect.stringMatching(/token expired.*sign-in/) } },
    { name: "a policy's, of a browser's connection: a server's", tell: (story) => story.open(0, { request: { "User-Agent": "Mozilla/5.0" } }).close(1, 1008, "token expired"), finds: { text: expect.stringMatching(/^The server closed it: .* The reason given/) } },
    { name: "a code that a browser may have sent by itself, and does not say who closed", tell: (story) => story.open(0, { request: { "User-Agent": "Mozilla/5.0" } }).close(1, 1002), finds: { text: expect.stringMatching(/^One side found/) } },
    { name: "who sent the close frame first, with that frame", tell: (story) => story.open(0, { request: { "User-Agent": "Mozilla/5.0" } }).received(1, tick(1)).closeFrame(2, "sent", 1008).closeFrame(2.1, "received", 1008).close(3, 1008), finds: { text: expect.stringMatching(/^The client sent its close frame first, in #3\. The receiver refused/), rows: [3, 4, 5] } },
    { name: "one close frame, where the other's may be missing in the file", tell: (story) => story.open(0).closeFrame(2, "received", 1002).close(3, 1002), finds: { text: expect.stringMatching(/^One side found/) } },
    { name: "one of the application's own", tell: (story) => story.open(0).close(1, 4401), finds: { weight: "note" } },
    { name: "ordinary ones", tell: (story) => [1000, 1001, 1005].map((code, i) => story.open(i, { url: `wss://feed.test/${i}` }).close(i + 1, code)) },
    { name: "one of which no code is known", tell: (story) => story.open(0).close(9) },
    { name: "one that you ended, whatever the page was told", tell: (story) => story.open(0).endedByYou(9, 1006) },
  ],
  "reconnect-storm": [
    { name: "connections that end at once, and do not wait", tell: (story) => story.times(6, (one, i) => one.open(i * 1.5).close(i * 1.5 + 0.5)), finds: { weight: "problem", text: expect.stringMatching(/^6 connections .* in 7,500 ms\. The wait between them is 1,000 ms and does not grow/), rows: [2, 4, 6, 8, 10, 12] } },
    { name: "ones that wait longer and longer", tell: (story) => story.times(6, (one, i) => one.open(2 ** i).close(2 ** i + 0.1)), finds: { weight: "warning", text: expect.stringContaining("grows from") } },
    { name: "ones whose addresses have an id of their own each", tell: (story) => story.times(6, (one, i) => one.open(i * 1.5, { url: `wss://feed.test/sockjs/${400 + i}/session${i}/websocket?try=${i}` }).close(i * 1.5 + 0.5)), finds: { weight: "problem", text: expect.stringMatching(/^6 connections/), connections: 6 } },
    { name: "ones of a room each", tell: (story) => story.times(6, (one, i) => one.open(i * 1.5, { url: `wss://feed.test/room/${i}` }).close(i * 1.5 + 0.5)) },
    { name: "ones of a room each, as the query says", tell: (story) => story.times(6, (one, i) => one.open(i * 1.5, { url: `wss://feed.test/ws?room=${i}` }).close(i * 1.5 + 0.5)) },
    { name: "a few", tell: (story) => story.times(4, (one, i) => one.open(i).close(i + 0.5)) },
    { name: "ones that last", tell: (story) => story.times(6, (one, i) => one.open(i * 100).received(i * 100 + i, tick(i)).close(i * 100 + 99 - i * 7)) },
    { name: "ones that end with their page", tell: (story) => story.times(6, (one, i) => one.open(i).navigate(i + 0.5)) },
    { name: "ones that did what they were for, and ended well", tell: (story) => story.times(6, (one, i) => one.open(i * 3).received(i * 3 + 1, tick(i)).close(i * 3 + 2, 1000)) },
    { name: "ones that ended well and carried nothing", tell: (story) => story.times(6, (one, i) => one.open(i * 3).close(i * 3 + 2, 1001)) },
    { name: "ones that carried messages, and nobody knows how they ended", tell: (story) => story.times(6, (one, i) => one.open(i * 3).received(i * 3 + 1, tick(i)).close(i * 3 + 2)), finds: { weight: "note", text: expect.stringMatching(/^6 connections .* in 15\.0 s\. The wait between them is 1,000 ms\. How 6 of them ended is not known/), connections: 6 } },
    { name: "of those the wait that grows", tell: (story) => story.times(6, (one, i) => one.open(2 ** i / 4).received(2 ** i / 4, tick(i)).close(2 ** i / 4 + 0.1)), finds: { weight: "note", text: expect.stringContaining("grows from") } },
    { name: "those of before close codes were shown, with those since that were cut", tell: (story) => story.times(9, (one, i) => one.open(i * 3).received(i * 3 + 1, tick(i)).close(i * 3 + 2, i < 4 ? undefined : 1006)), finds: { weight: "problem", text: expect.stringMatching(/^9 connections .* does not grow: back off/), connections: 9 } },
    { name: "those of before close codes were shown, with a few since that were cut", tell: (story) => story.times(6, (one, i) => one.open(i * 3).received(i * 3 + 1, tick(i)).close(i * 3 + 2, i < 4 ? undefined : 1006)), finds: { weight: "note", text: expect.stringContaining("How 4 of them ended"), connections: 6 } },
    { name: "ones that nobody knows the end of, of a page that also ended some well", tell: (story) => story.times(8, (one, i) => one.open(i * 3).received(i * 3 + 1, tick(i)).close(i * 3 + 2, i < 6 ? undefined : 1005)) },
    { name: "ones that nobody knows the end of, now and then", tell: (story) => story.times(6, (one, i) => one.open(i * 30).received(i * 30 + 1, tick(i)).close(i * 30 + 2)) },
    { name: "ones that nobody knows the end of, while another stays open", tell: (story) => story.open(0).times(6, (one, i) => one.open(i * 3 + 1).received(i * 3 + 2, tick(i)).close(i * 3 + 3)) },
    { name: "ones that nobody knows the end of, two at a time", tell: (story) => story.times(6, (one, i) => one.open(i * 3).open(i * 3 + 0.5).received(i * 3 + 1, tick(i)).close(i * 3 + 2, undefined, "", i * 2 + 1).received(i * 3 + 2, tick(i)).close(i * 3 + 2.5)) },
    { name: "ones that you ended", tell: (story) => story.times(6, (one, i) => one.open(i * 3).received(i * 3 + 1, tick(i)).endedByYou(i * 3 + 2)) },
    { name: "ones that you ended, the page being told another code", tell: (story) => story.times(6, (one, i) => one.open(i * 3).received(i * 3 + 1, tick(i)).endedByYou(i * 3 + 2, 1006)) },
    { name: "silent ones that you ended", tell: (story) => story.times(6, (one, i) => one.open(i * 3).endedByYou(i * 3 + 2)) },
    { name: "streams that the page closes before anything came", tell: (story) => story.times(6, (one, i) => one.stream(i * 3).leave(i * 3 + 2, "page")) },
    { name: "streams that the server ends before anything came", tell: (story) => story.times(6, (one, i) => one.stream(i * 3).leave(i * 3 + 2, "server")), finds: { weight: "problem" } },
    { name: "ones that carried messages and were cut", tell: (story) => story.times(6, (one, i) => one.open(i * 3).received(i * 3 + 1, tick(i)).close(i * 3 + 2, 1006)), finds: { weight: "problem" } },
    { name: "ones that are open side by side", tell: (story) => story.times(6, (one, i) => one.open(i)) },
  ],
  "same-end": [
    { name: "each after a silent minute", tell: (story) => story.times(3, (one, i) => one.open(i * 500).received(i * 500 + i * 40 + 1, tick(i)).close(i * 500 + i * 40 + 61)), finds: { weight: "problem", text: expect.stringContaining("after 60.0 s without a message"), rows: [3, 6, 9] } },
    { name: "each after a silent minute, with a session of its own", tell: (story) => story.times(3, (one, i) => one.open(i * 500, { url: `wss://feed.test/ws/${i}f3b9c21` }).received(i * 500 + i * 40 + 1, tick(i)).close(i * 500 + i * 40 + 61)), finds: { weight: "problem", connections: 3 } },
    { name: "each of another room", tell: (story) => story.times(3, (one, i) => one.open(i * 500, { url: `wss://feed.test/ws/room-${"abc"[i]}` }).received(i * 500 + i * 40 + 1, tick(i)).close(i * 500 + i * 40 + 61)) },
    { name: "each after the same life", tell: (story) => story.times(3, (one, i) => one.open(i * 500).received(i * 500 + 100 + i * 50, tick(i)).close(i * 500 + 300)), finds: { weight: "warning", text: expect.stringContaining("300 s after they opened") } },
    { name: "each but one that is still open", tell: (story) => story.times(3, (one, i) => one.open(i * 500).received(i * 500 + 100 + i * 50, tick(i)).close(i * 500 + 300)).open(1500), finds: { text: expect.stringMatching(/^3 connections/), connections: 3 } },
    { name: "each in its own way", tell: (story) => story.times(4, (one, i) => one.open(i * 500).received(i * 500 + 1, tick(i)).close(i * 500 + 20 + i * 30)) },
    { name: "each after about as long", tell: (story) => story.times(3, (one, i) => one.open(i * 10).received(i * 10 + 1 + i, tick(i)).close(i * 10 + (i === 0 ? 5.7 : 6.2))) },
    { name: "each as the page wants it", tell: (story) => story.times(3, (one, i) => one.open(i * 500).received(i * 500 + 1, tick(i)).close(i * 500 + 61, 1000)) },
    { name: "ones that open together and end together", tell: (story) => story.times(3, (one) => one.open(0)).times(3, (one, i) => one.received(20 + i * 90, tick(i), i + 1)).times(3, (one, i) => one.close(300 + i / 100, undefined, "", i + 1)) },
    { name: "idle ones that one deploy ends", tell: (story) => story.times(3, (one, i) => one.open(i * 40)).times(3, (one, i) => one.received(200 + i / 100, tick(i), i + 1)).times(3, (one, i) => one.close(300 + i / 100, undefined, "", i + 1)) },
    { name: "two", tell: (story) => story.times(2, (one, i) => one.open(i * 500).received(i * 500 + 1, tick(i)).close(i * 500 + 61)) },
  ],
  "missed-heartbeats": [
    { name: "one that is missed", tell: (story) => beats(story.open(0), 10, (i) => i !== 6), finds: { weight: "warning", text: expect.stringMatching(/One heartbeat.*every 10.0 s.*within 100.0 ms/), rows: [14] } },
    { name: "the last ones before the end", tell: (story) => beats(story.open(0), 8, (i) => i < 6), finds: { text: expect.stringContaining("One heartbeat"), rows: [14] } },
    { name: "all answered", tell: (story) => beats(story.open(0), 10, () => true) },
    { name: "none answered: the other side never does", tell: (story) => beats(story.open(0), 10, () => false) },
    { name: "both sides that beat, all answered", tell: (story) => bothBeat(story, "ping", "pong", "ping", "pong") },
    { name: "both sides that beat under names of their own", tell: (story) => bothBeat(story, "ping", "heartbeat_ack", "heartbeat", "pong") },
    { name: "both sides that beat and answer under one name", tell: (story) => bothBeat(story, "heartbeat", "heartbeat", "heartbeat", "heartbeat") },
    { name: "one that is missed where both sides beat", tell: (story) => bothBeat(story, "ping", "pong", "ping", "pong", 4), finds: { text: expect.stringMatching(/One heartbeat.*every 10.0 s.*within 100.0 ms/) } },
    { name: "one that a pause may hide", tell: (story) => story.open(0).times(10, (one, i) => (i === 6 ? one.sent(60, '{"type":"ping"}').pause(61) : one.sent(i * 10, '{"type":"ping"}').received(i * 10 + 0.1, '{"type":"pong"}'))) },
  ],
  "never-speaks": [
    { name: "a minute of nothing", tell: (story) => story.open(0).close(60), finds: { weight: "note", text: expect.stringContaining("60.0 s"), rows: [1, 2] } },
    { name: "a moment of nothing", tell: (story) => story.open(0).close(5) },
    { name: "one that speaks once", tell: (story) => story.open(0).received(3, tick(1)).close(60) },
  ],
  "sequence-gaps": [
    { name: "numbers that are missing", tell: (story) => story.open(0).times(60, (one, i) => one.received(i, tick(i, `,"seq":${i < 30 ? i : i + 5}`))), finds: { weight: "problem", text: "The numbers of tick (seq) lack 5 messages, between 29 and 35. TCP loses nothing within a connection: look at what the server sends.", rows: [32], link: "https://www.rfc-editor.org/rfc/rfc9293#section-2.2" } },
    { name: "each symbol counted by itself", tell: (story) => story.open(0).times(90, (one, i) => one.received(i, tick(i, `,"sym":"${"ABC"[i % 3] as string}","seq":${Math.floor(i / 3)}`))) },
    { name: "a gap in Binance's ranges", tell: (story) => story.open(0).times(60, (one, i) => one.received(i, `{"e":"depthUpdate","s":"BTCUSDT","U":${i * 10 + (i < 40 ? 0 : 7)},"u":${i * 10 + (i < 40 ? 9 : 16)}}`)), finds: { rule: "sequence-gaps", rows: [42] } },
    { name: "Binance's ranges that follow each other", tell: (story) => story.open(0).times(60, (one, i) => one.received(i, `{"e":"depthUpdate","s":"BTCUSDT","U":${i * 10},"u":${i * 10 + 9}}`)) },
    { name: "a number that counts nothing", tell: (story) => story.open(0).times(60, (one, i) => one.received(i, tick(i, `,"offset":${(i * 7919) % 1000}`))) },
    { name: "messages of another shape, counted by themselves", tell: (story) => story.open(0).times(90, (one, i) => one.received(i, i % 30 === 29 ? `{"type":"tick","note":"${"x".repeat(90)}","sym":"A","seq":${900 + Math.floor(i / 30)}}` : tick(i, `,"seq":${i - Math.floor(i / 30)}`))) },
    { name: "a server that begins anew", tell: (story) => story.open(0).times(60, (one, i) => one.received(i, tick(i, `,"seq":${i % 40}`))) },
    { name: "a symbol that was left and asked for again", tell: (story) => story.open(0).times(90, (one, i) => one.received(i / 10, `{"e":"depthUpdate","s":"${i >= 30 && i < 60 ? "ETH" : "BTC"}USDT","U":${i * 10},"u":${i * 10 + 9}}`)) },
    { name: "a gap in a stream of which too little is known", tell: (story) => story.open(0).times(60, (one, i) => one.received(i, tick(i, `,"seq":${i < 3 ? i : i + 5}`))) },
    { name: "a gap that a pause explains", tell: (story) => story.open(0).times(60, (one, i) => (i === 30 ? one.pause(i) : one.received(i, tick(i, `,"seq":${i < 30 ? i : i + 5}`)))) },
    { name: "frames that the capture lost itself", tell: (story) => ((story.lost = 5), story.open(0).times(60, (one, i) => one.received(i, tick(i, `,"seq":${i < 30 ? i : i + 5}`)))) },
  ],
  "answers-stop": [
    { name: "requests that were answered, and from one on are not", tell: (story) => (asked(story.open(0), 1, 30, 0.05), story.times(5, (one, i) => one.sent(40 + i, `{"method":"get","id":${900 + i}}`)).times(40, (one, i) => one.received(45 + i, tick(i)))), finds: { weight: "warning", text: expect.stringMatching(/^get has not been answered since #\d+: 5 requests are waiting\. Before that, 30 were answered within 50\.0 ms\.$/) } },
    { name: "one request that waits", tell: (story) => asked(story.open(0).sent(0, '{"method":"get","id":900}'), 1, 30, 0.05) },
    { name: "requests that were sent just now", tell: (story) => (asked(story.open(0), 1, 30, 0.05), story.times(5, (one, i) => one.sent(31 + i / 100, `{"method":"get","id":${900 + i}}`))) },
    { name: "some that wait among others that are answered", tell: (story) => (asked(story.open(0), 1, 30, 0.05), story.times(5, (one, i) => one.sent(40 + i, `{"method":"get","id":${900 + i}}`)), asked(story, 60, 30, 0.05, 30)) },
  ],
  "unanswered-requests": [
    { name: "one that waits on", tell: (story) => asked(story.open(0).sent(0, '{"method":"get","id":900}'), 1, 30, 0.05), finds: { weight: "warning", text: "One request was not answered: get. Others were answered within 50.0 ms.", rows: [2] } },
    { name: "one that was sent just now", tell: (story) => (asked(story.open(0), 1, 30, 0.05), story.sent(31, '{"method":"get","id":900}')) },
    { name: "all answered", tell: (story) => asked(story.open(0), 1, 30, 0.05) },
    { name: "pushes that need none, among requests that get one", tell: (story) => (asked(story.open(0).sent(0, '{"method":"typing","id":900}'), 1, 30, 0.05)) },
    { name: "a server that answers nothing", tell: (story) => story.open(0).times(30, (one, i) => one.sent(i, `{"method":"get","id":${i}}`)) },
  ],
  "latency-jump": [
    { name: "answers that become slow, and stay so", tell: (story) => (asked(story.open(0), 1, 64, 0.02), asked(story, 100, 48, 0.9, 64)), finds: { weight: "warning", text: "Answers to get took 20.0 ms, and from #130 on 900.0 ms and more (medians).", rows: [130] } },
    { name: "one slow answer", tell: (story) => (asked(story.open(0), 1, 64, 0.02), asked(story, 100, 1, 0.9, 64), asked(story, 110, 64, 0.02, 65)) },
    { name: "answers that are always slow", tell: (story) => asked(story.open(0), 1, 112, 0.9) },
  ],
  "received-again": [
    { name: "a message that came twice", tell: (story) => story.open(0).times(60, (one, i) => one.received(i, `{"type":"fill","qty":1,"seq":${1000 + (i < 30 ? i : i - 1)}}`)), finds: { weight: "warning", text: "One message of fill came twice, with seq 1,029.", rows: [32] } },
    { name: "each once", tell: (story) => story.open(0).times(60, (one, i) => one.received(i, `{"type":"fill","qty":1,"seq":${1000 + i}}`)) },
  ],
  "repeated-message": [
    { name: "a subscription sent over and over", tell: (story) => story.open(0).times(40, (one, i) => one.sent(i, '{"op":"subscribe","channel":"book"}')), finds: { weight: "warning", text: "subscribe was sent 40 times in a row without a change, 1.4 kB in all.", rows: [2] } },
    { name: "a state that is received over and over", tell: (story) => story.open(0).times(80, (one, i) => one.received(i / 4, `{"type":"state","all":"${"x".repeat(200)}"}`)), finds: { text: expect.stringContaining("state was received 80 times") } },
    { name: "messages that differ", tell: (story) => story.open(0).times(80, (one, i) => one.sent(i, `{"op":"place","channel":"book","n":${i}}`)) },
    { name: "long messages that begin the same", tell: (story) => story.open(0).times(80, (one, i) => one.received(i, `{"type":"frame","all":"${"x".repeat(20_000)}${100 + i}"}`)) },
    { name: "heartbeats", tell: (story) => story.open(0).times(80, (one, i) => one.sent(i, '{"op":"keepalive","from":"the client"}')) },
    { name: "a poll every ten seconds", tell: (story) => story.open(0).times(40, (one, i) => one.sent(i * 10, '{"op":"poll","channel":"book"}')) },
  ],
  "heavy-type": [
    { name: "one that makes nearly all", tell: (story) => story.open(0).times(30, (one, i) => one.received(i, `{"type":"snapshot","n":${i},"all":"${"x".repeat(40_000)}"}`).received(i, tick(i))), finds: { weight: "note", text: expect.stringMatching(/^snapshot makes .*% of the bytes: 1\.2 MB in 30 messages/) } },
    { name: "the only one", tell: (story) => story.open(0).times(30, (one, i) => one.received(i, `{"type":"snapshot","n":${i},"all":"${"x".repeat(40_000)}"}`)) },
    { name: "few bytes", tell: (story) => story.open(0).times(30, (one, i) => one.received(i, `{"type":"snapshot","n":${i},"all":"${"x".repeat(4000)}"}`).received(i, tick(i))) },
  ],
  burst: [
    { name: "a second of a thousand", tell: (story) => story.open(0).times(60, (one, i) => one.times(i === 40 ? 1000 : 5, (same, k) => same.received(i + k / 2000, tick(i * 31 + k)))), finds: { weight: "note", text: "1,000 messages passed within a second; usually it is 5.", rows: [202] } },
    { name: "an even stream", tell: (story) => story.open(0).times(60, (one, i) => one.times(100, (same, k) => same.received(i + k / 200, tick(i * 31 + k)))) },
    { name: "a beginning of which nothing else is known", tell: (story) => story.open(0).times(1000, (one, i) => one.received(i / 2000, tick(i))) },
  ],
};

/** Text that has no pattern to speak of. */
function noise(seed: number): string {
  let state = seed * 2_654_435_761 + 1;
  return Array.from({ length: 150 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return String.fromCharCode(33 + ((state >>> 16) % 94));
  }).join("");
}

describe("what is wrong or costly", () => {
  it("is looked for by the rules of the registry: one file each, under its id, with cases that find and cases that do not", async () => {
    const folder = new URL("../../../src/engine/findings/rules/", import.meta.url);
    const files = await Promise.all(readdirSync(folder).map(async (file) => ({ file, exported: Object.values((await import(new URL(file, folder).href)) as object) as { readonly id: string }[] })));
    expect(files.map(({ exported }) => [`${exported[0]?.id}.ts`, exported.length])).toEqual(files.map(({ file }) => [file, 1]));
    expect(new Set(FINDING_RULES)).toEqual(new Set(files.flatMap(({ exported }) => exported)));
    expect(FINDING_RULES).toHaveLength(files.length);
    for (const { id, link } of FINDING_RULES) {
      expect(CASES[id]?.some(({ finds }) => finds !== undefined), id).toBe(true);
      expect(CASES[id]?.some(({ finds }) => finds === undefined), id).toBe(true);
      expect(link).toMatch(/^https:\/\/(www\.rfc-editor\.org\/rfc\/rfc\d+#section-[\d.]+|developer\.mozilla\.org\/en-US\/docs\/.+)$/);
    }
  });

  for (const [rule, cases] of Object.entries(CASES)) {
    describe(rule, () => {
      for (const { name, tell, finds } of cases) {
        it(`${finds === undefined ? "is silent about" : "finds"} ${name}`, async () => {
          const own = (await findingsOf(tell)).filter((one) => one.rule === rule);
          if (finds === undefined) expect(own).toEqual([]);
          else expect(own).toEqual([expect.objectContaining(finds)]);
        });
      }
    });
  }
});
