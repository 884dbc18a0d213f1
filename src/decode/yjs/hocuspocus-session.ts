import { OPCODE_BINARY } from "../../model/frame.ts";
import type { DecodeContext, Decoded, DecodeSession } from "../decoder.ts";
import { hocuspocus } from "../decoders/hocuspocus.ts";
import { textDocument } from "../lone-value.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { bytesSaid, oneLine } from "../summary.ts";
import { describeYjs, yjsMessage } from "./describe-yjs.ts";
import { AUTH, CLOSE, isTokenShown, readName, STATELESS, SYNC_STATUS, textAt, TOKEN } from "./named.ts";

export const openHocuspocus = ({ isPinned }: DecodeContext): DecodeSession => {
  let isSure = isPinned;
  return {
    decode: ({ bytes, opcode }) => {
      isSure ||= isTokenShown(bytes);
      const decoded = isSure && (opcode === OPCODE_BINARY || isPinned) ? describe(bytes) : undefined;
      return decoded ?? (isPinned ? streamBroken(hocuspocus, bytes.length) : undefined);
    },
  };
};

const DENIED = 1;
const AUTHENTICATED = 2;

function describe(bytes: Uint8Array): Decoded | undefined {
  const named = readName(bytes);
  if (named === undefined) return undefined;
  const { name: topic, end: at } = named;
  const { length } = bytes;
  switch (bytes[at]) {
    case AUTH: {
      // What is shown is a secret: its length will do.
      if (bytes[at + 1] === TOKEN) return yjsMessage(hocuspocus, "auth", "request", length, bytesSaid(length), undefined, { id: topic, topic });
      const said = textAt(bytes, at + 2);
      if (said === undefined || (bytes[at + 1] !== DENIED && bytes[at + 1] !== AUTHENTICATED)) return undefined;
      const isDenied = bytes[at + 1] === DENIED;
      return yjsMessage(hocuspocus, isDenied ? "permission denied" : "authenticated", isDenied ? "error" : "answer", length, oneLine(said.text), () => textDocument(said.text), { answers: topic, topic });
    }
    case STATELESS:
    case CLOSE: {
      const isClose = bytes[at] === CLOSE;
      const said = at + 1 === length ? { text: "", end: length } : textAt(bytes, at + 1);
      return said?.end === length ? yjsMessage(hocuspocus, isClose ? "close" : "stateless", isClose ? "control" : "event", length, oneLine(said.text), () => textDocument(said.text), { topic }) : undefined;
    }
    case SYNC_STATUS:
      return at + 2 === length ? yjsMessage(hocuspocus, "sync status", "control", length, bytesSaid(length), undefined, { topic }) : undefined;
    default:
      return describeYjs(hocuspocus, bytes, at, { topic });
  }
}
