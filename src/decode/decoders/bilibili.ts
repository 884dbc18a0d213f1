import { OPCODE_BINARY } from "../../model/frame.ts";
import { findPacket } from "../bilibili/find-packet.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../bilibili/bilibili-session.ts"), ({ loadPacking }) => loadPacking());

/**
 * Bilibili's live chat: packets with a head of 16 bytes; what is compressed, with zlib or brotli, holds packets of its own, and is told by
 * the first of them, all of them its value.
 *
 * Versions: 0 to 3 (a packet's own: JSON, a number, zlib, brotli).
 *
 * Sure from the head. A message is named by its `cmd`; a heartbeat and the audience's number that answers it are paired, and so is
 * the authentication.
 */
export const bilibili = {
  id: "bilibili",
  name: "Bilibili",
  claims: "connection",
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && typeof findPacket(bytes, 0) !== "string",
  load: session.load,
  open: (context): DecodeSession => session.get().openBilibili(context),
} as const satisfies Decoder;
