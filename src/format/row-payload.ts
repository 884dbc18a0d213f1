import { OPCODE_TEXT } from "../model/frame.ts";
import type { ExportFrame } from "./export-format.ts";

/** Whether a row's payload is text: a text message's, an event's words. */
export const isPlainText = ({ kind, opcode }: Pick<ExportFrame, "kind" | "opcode">): boolean => kind !== "message" || opcode === OPCODE_TEXT;

/** Whether bytes are UTF-8, as a text message is (RFC 6455 §5.6); what was imported may be none. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    STRICT.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
