import { OPCODE_BINARY } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../protobuf/protobuf-session.ts"));

/**
 * Protocol Buffers (protobuf.dev, "Encoding") without their schema, as `protoc --decode_raw` shows them: fields by their
 * numbers, in their order. Types are guesses.
 *
 * Sure of binary that is whole fields in the order of their numbers, two at least, with a text of four characters that can be
 * printed among them; from the second such message on, of what is whole fields. Not known: names, signed and
 * packed numbers, maps, groups.
 */
export const protobuf = {
  id: "protobuf",
  name: "Protocol Buffers",
  claims: "message",
  recognises: ({ opcode }) => opcode === OPCODE_BINARY,
  load: session.load,
  open: (context): DecodeSession => session.get().openProtobuf(context),
} as const satisfies Decoder;
