import { OPCODE_TEXT } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext } from "../decoder.ts";
import type { DecodeSession } from "../decoder.ts";
import { xmpp } from "../decoders/xmpp.ts";
import { textDocument } from "../lone-value.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { oneLine } from "../summary.ts";
import { decodeHead, decodeUtf8 } from "../utf8-text.ts";
import { readXml } from "../xml/read-xml.ts";

export const openXmpp = ({ isPinned }: DecodeContext): DecodeSession => ({
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
      value: () => stanzaOf(bytes),
      summary: () => oneLine(head),
      layers: [{ stage: "envelope", name: xmpp.name, what: oneLine([name, type ?? ""].join(" ").trim()), from: 0, to: bytes.length, problem: undefined }],
    });
  },
});

/** As XML has it; a text where it is no whole element. */
function stanzaOf(bytes: Uint8Array): ValueDocument | undefined {
  const { document, problem } = readXml(bytes);
  return (problem === undefined ? document : undefined) ?? textDocument(decodeUtf8(bytes));
}

const HEAD_BYTES = 2048;
const ROOT = /^\s*(?:<\?xml[^>]*\?>\s*)?<(?:[\w-]+:)?([\w-]+)((?:\s[^<>]*)?)>/;
const KINDS: Readonly<Partial<Record<string, MessageKind>>> = { message: "event", presence: "event", r: "heartbeat", a: "heartbeat" };
