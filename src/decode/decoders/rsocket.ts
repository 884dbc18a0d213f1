import { OPCODE_BINARY } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../rsocket/rsocket-session.ts"));

/**
 * RSocket (rsocket.io/about/protocol), a frame a message.
 *
 * Versions: 1.0.
 *
 * Sure from a SETUP of version 1. A request is paired by its stream with the first payload or error of the other side; later
 * payloads are events. The topic is the route, of a payload that of its request. Data is decoded by its own encoding. A request
 * or payload over several frames is put together and told with the last of them, of 10,000 frames and 8 MiB at most.
 * Not known: metadata other than a route.
 */
export const rSocket = {
  id: "rsocket",
  name: "RSocket",
  claims: "connection",
  streams: true,
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && bytes.length > SETUP_BYTES && (bytes[4] ?? 0) >> 2 === SETUP_TYPE && SETUP.every((byte, i) => byte === undefined || bytes[i] === byte),
  load: session.load,
  open: (context): DecodeSession => session.get().openRSocket(context),
} as const satisfies Decoder;

/** Stream 0, a SETUP with any flags, version 1.0. */
const SETUP: readonly (number | undefined)[] = [0, 0, 0, 0, undefined, undefined, 0, 1, 0, 0];
const SETUP_BYTES = 18;
const SETUP_TYPE = 1;
