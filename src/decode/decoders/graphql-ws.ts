import { OPCODE_TEXT } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { beginsWith, decodeHead } from "../utf8-text.ts";
import { toJson } from "../value-json.ts";

const session = lazily(() => import("../graphql/graphql-session.ts"));

/**
 * GraphQL over WebSocket: `graphql-transport-ws` (github.com/enisdenjo/graphql-ws, PROTOCOL.md) and the older
 * `graphql-ws` of subscriptions-transport-ws, whose names for the same things are start, data and stop.
 *
 * Versions: `graphql-transport-ws`, and the older `graphql-ws`.
 *
 * Sure from the subprotocol; else from a `connection_init` or `connection_ack`, or a subscription with a query. A
 * subscribe is a request; the first next, error or complete of its id from the other side answers it, later ones are
 * events. The topic of all messages of an operation is the operation's name. The value is the whole message.
 */
export const graphqlWs = {
  id: "graphql-ws",
  name: "GraphQL",
  claims: "connection",
  streams: true,
  bodyIsText: true,
  suits: ({ subprotocol }) => subprotocol === "graphql-transport-ws" || subprotocol === "graphql-ws",
  recognises: ({ bytes, opcode }) => opcode === OPCODE_TEXT && (beginsWith(bytes, CONNECTION) || beginsWith(bytes, SUBSCRIBE)) && SURE.test(decodeHead(bytes, HEAD_BYTES)),
  load: session.load,
  open: (context): DecodeSession => session.get().openGraphql(context),
  encode: (value) => [{ opcode: OPCODE_TEXT, bytes: encoder.encode(toJson(value)) }],
} as const satisfies Decoder;

/** What `SURE` begins with, so that other messages are not even made text. */
const CONNECTION = '{"type":"connection_';
const SUBSCRIBE = '{"id":"';
const SURE =
  /^\{"type":"connection_(?:init|ack)"|^\{"id":"[^"]{1,64}","type":"(?:subscribe|start)","payload":\{(?:"[a-zA-Z]+":(?:null|"[^"]*"|\{[^{}]*\}),)*"query":"/;
const HEAD_BYTES = 4096;
const encoder = new TextEncoder();
