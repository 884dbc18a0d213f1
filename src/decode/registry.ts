import type { Decoder } from "./decoder.ts";
import { eventSource } from "./decoders/event-source.ts";
import { graphqlWs } from "./decoders/graphql-ws.ts";
import { jsonLines } from "./decoders/json-lines.ts";
import { jsonRecords } from "./decoders/json-records.ts";
import { json } from "./decoders/json.ts";
import { messagePack } from "./decoders/message-pack.ts";
import { signalR } from "./decoders/signalr.ts";
import { socketIo } from "./decoders/socket-io.ts";

/**
 * Every decoder: one file in `decoders/` and one line here. The order is that in which they are asked: protocols of a
 * whole connection first, then encodings of single messages.
 */
export const DECODERS = [eventSource, socketIo, graphqlWs, signalR, jsonRecords, jsonLines, json, messagePack] as const satisfies readonly Decoder[];

/** Undefined for an id of no decoder, as a saved capture of a later version may hold. */
export function decoderById(id: string): Decoder | undefined {
  return DECODERS.find((decoder) => decoder.id === id);
}
