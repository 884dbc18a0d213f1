import type { DecodeSession, Decoder } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../protobuf/typed-session.ts"));

/**
 * Protocol Buffers by the .proto files or the descriptor set that the user opened: proto2, proto3 and editions, with imports,
 * maps, `oneof`, extensions, groups, `Any` and the other well-known types; a frame a message, or each with its length before
 * it. Which message is of which type is told by direction, topic or first field.
 *
 * Sure of what the user said; of what another protocol carries, where it is whole. A message is named by the member of its
 * `oneof`, by its own type field, or by its type. Numbers keep all digits; fields that the schema has not are told by their numbers.
 */
export const protobufSchema = {
  id: "protobuf-schema",
  name: "Protocol Buffers (schema)",
  claims: "message",
  needsSchema: true,
  load: session.load,
  open: (context): DecodeSession => session.get().openTyped(protobufSchema, context),
  encode: (value, like) => session.get().encodeTyped(value, like),
} as const satisfies Decoder;
