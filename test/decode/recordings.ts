import { readdirSync, readFileSync } from "node:fs";
import type { ConnectionFacts, FrameToDecode } from "../../src/decode/decoder.ts";
import { received, sent } from "./messages.ts";

/** What `npm run fixtures` wrote. */
interface Recorded {
  readonly by: string;
  readonly connections: readonly { readonly url: string; readonly subprotocol: string; readonly messages: readonly (readonly [">" | "<", "text" | "base64", string])[] }[];
}

export interface RecordedConnection {
  /** The id of the decoder that it is for. */
  readonly id: string;
  readonly facts: ConnectionFacts;
  readonly frames: readonly FrameToDecode[];
}

const FOLDER = new URL("../fixtures/traffic/", import.meta.url);

/** What real clients and servers said to each other, a connection each. */
export const RECORDINGS: readonly RecordedConnection[] = readdirSync(FOLDER).flatMap((file) => {
  const { connections } = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Recorded;
  return connections.map(({ url, subprotocol, messages }) => ({
    id: file.replace(".json", ""),
    facts: { url, subprotocol },
    frames: messages.map(([side, form, text], row): FrameToDecode => ({ ...(side === ">" ? sent : received)(form === "text" ? text : new Uint8Array(Buffer.from(text, "base64"))), row })),
  }));
});
