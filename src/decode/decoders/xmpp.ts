import { OPCODE_TEXT } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { textDocument } from "../lone-value.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { oneLine } from "../summary.ts";
import { decodeHead, decodeUtf8 } from "../utf8-text.ts";

/**
 * XMPP over WebSocket (RFC 7395): each message is one stanza, or one of the framing's own.
 *
 * Sure from the subprotocol; else from the framing's `open`. An `iq` of type get or set is a request, its result or error the
 * answer; it is named by what it asks. The topic is the other side's address. Not known: what a stanza holds, beyond its
 * first element.
 */
export const xmpp = {
  id: "xmpp",
  name: "XMPP",
  claims: "connection",
  suits: ({ subprotocol }) => subprotocol === "xmpp",
  marks: ["xmpp-framing"],
  recognises: (_frame, head) => /^\s*<open\s[^>]*urn:ietf:params:xml:ns:xmpp-framing/.test(head),
  open: ({ isPinned }): DecodeSession => ({
    decode: ({ bytes, opcode, direction }) => {
      const head = decodeHead(bytes, HEAD_BYTES);
      const found = ROOT.exec(head);
      if ((opcode !== OPCODE_TEXT && !isPinned) || (found === null && head.trim() !== "")) return isPinned ? streamBroken(xmpp, bytes.length) : undefined;
      const [, name = "", attributes = ""] = found ?? [];
      const attribute = (key: string): string | undefined => new RegExp(`\\s${key}=(?:"([^"]*)"|'([^']*)')`).exec(attributes)?.slice(1).find((text) => text !== undefined);
      const type = attribute("type");
      const id = attribute("id");
      const child = /<(?:[\w-]+:)?([\w-]+)[\s/>]/.exec(head.slice(found?.[0].length ?? 0))?.[1];
      const asks = name === "iq" && (type === "get" || type === "set") && id !== undefined;
      const answers = name === "iq" && (type === "result" || type === "error") ? id : undefined;
      const kind: MessageKind = found === null ? "heartbeat" : type === "error" || name === "failure" ? "error" : asks ? "request" : answers === undefined ? (KINDS[name] ?? "control") : "answer";
      const label = found === null ? "whitespace" : name === "iq" ? ["iq", child ?? type].join(" ") : name === "message" && child !== undefined && child !== "body" ? `message ${child}` : name;
      return new DecodedMessage({
        decoder: xmpp.id,
        label: label,
        kind,
        id: asks ? id : undefined,
        answers,
        topic: attribute(direction === "sent" ? "to" : "from"),
        value: () => textDocument(decodeUtf8(bytes)),
        summary: () => oneLine(head),
        layers: [{ stage: "envelope", name: xmpp.name, what: oneLine([name, type ?? ""].join(" ").trim()), from: 0, to: bytes.length, problem: undefined }],
      });
    },
  }),
} as const satisfies Decoder;

const HEAD_BYTES = 2048;
const ROOT = /^\s*(?:<\?xml[^>]*\?>\s*)?<(?:[\w-]+:)?([\w-]+)((?:\s[^<>]*)?)>/;
const KINDS: Readonly<Partial<Record<string, MessageKind>>> = { message: "event", presence: "event", r: "heartbeat", a: "heartbeat" };
