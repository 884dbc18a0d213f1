import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import type { ShortMessage } from "./a-script.ts";

/** A page's part: what it sends, each once so many answers have come to what it sent before. */
export const SAID: readonly (readonly [message: string | readonly number[], answers: number])[] = [
  [`{"cmd":"login","user":"it's \\"me\\"","n":12345678901234567890}`, 2],
  ['{"op":"next"}', 1],
  ['{"op":"next"}', 1],
  [[0, 1, 255, 34, 39, 10], 1],
  ["中文 😀 \u2028 ${x} `y` </script>", 1],
  ["nothing of it", 0],
  ["bye", 1],
];
const GREETING = 2;

/** What came, in its order; of bytes their values. */
export type Heard = readonly (string | readonly number[])[];

/** Runs in any program with a WebSocket, from its text too: nothing outside is used. */
export async function converse(Socket: new (url: string) => Pick<globalThis.WebSocket, "binaryType" | "send" | "close" | "addEventListener">, url: string, said: typeof SAID, greeting: number): Promise<Heard> {
  const heard: (string | readonly number[])[] = [];
  let look = (): void => {};
  const socket = new Socket(url);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }: { readonly data: string | ArrayBuffer }) => {
    heard.push(typeof data === "string" ? data : [...new Uint8Array(data)]);
    look();
  });
  const until = (count: number): Promise<void> =>
    new Promise((resolve) => {
      look = () => void (heard.length >= count && resolve());
      look();
    });
  await new Promise<void>((resolve) => socket.addEventListener("open", () => resolve()));
  await until(greeting);
  for (const [message, answers] of said) {
    socket.send(typeof message === "string" ? message : Uint8Array.from(message));
    await until(heard.length + answers);
  }
  socket.close();
  return heard;
}

/** `converse` as the text of an expression; `socket`: what stands there for the class. */
export const conversation = (socket: string, url: string): string => `(${converse.toString()})(${socket}, ${JSON.stringify(url)}, ${JSON.stringify(SAID)}, ${GREETING})`;

/** The conversation with a real server, as a capture has it, and what the client heard. */
export async function captureConversation(): Promise<{ readonly heard: Heard; readonly messages: readonly ShortMessage[] }> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  const messages: ShortMessage[] = [];
  const began = performance.now();
  const at = (): number => (performance.now() - began) / 1000;
  server.on("connection", (socket) => {
    let next = 0;
    const say = (data: string | Uint8Array): void => {
      messages.push({ received: data, at: at() });
      socket.send(data);
    };
    say("welcome “you”");
    say(Uint8Array.of(0, 255, 65));
    socket.on("message", (data: Buffer, isBinary) => {
      const text = data.toString();
      messages.push({ sent: isBinary ? Uint8Array.from(data) : text, at: at() });
      if (isBinary) say(Uint8Array.from(data).toReversed());
      else if (text.includes("login")) {
        say('{"ok":true,"it\'s":"\\"in\\""}');
        setTimeout(say, 30, Uint8Array.of(7, 0, 10));
      } else if (text.includes("next")) say(`{"n":${++next}}`);
      else if (text !== "nothing of it") say(`heard ${text}`);
    });
  });
  await once(server, "listening");
  try {
    const heard = await converse(WebSocket as never, `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, SAID, GREETING);
    return { heard, messages };
  } finally {
    for (const client of server.clients) client.terminate();
    server.close();
  }
}
