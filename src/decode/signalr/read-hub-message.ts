import { NO_NODE, NUMBER, OBJECT, sought, STRING, type SoughtText, type ValueDocument } from "../../model/value-document.ts";
import type { RecordFields } from "../records/record-message.ts";
import { HUB_TYPES, hubFields } from "./hub-message.ts";

const TYPE = sought("type");
const TARGET = sought("target");
const INVOCATION_ID = sought("invocationId");
const ERROR = sought("error");
const PROTOCOL = sought("protocol");
/** A hub message in JSON. */
export function readHubMessage(document: ValueDocument | undefined): RecordFields {
  const none = { id: undefined, answers: undefined, topic: undefined } as const;
  if (document?.kindOf(0) !== OBJECT) return { ...none, label: undefined, kind: "event" };
  const typeNode = document.find(0, TYPE);
  const type = typeNode !== NO_NODE && document.kindOf(typeNode) === NUMBER ? HUB_TYPES[Number(document.textOf(typeNode))] : undefined;
  const hasError = document.find(0, ERROR) !== NO_NODE;
  if (type !== undefined && type !== "") return hubFields(type, { target: textOf(document, TARGET), id: textOf(document, INVOCATION_ID), hasError });
  // The client names its protocol; the server answers with nothing, or with why not.
  if (document.childrenOf(0) === 0 || hasError || document.find(0, PROTOCOL) !== NO_NODE) {
    return { ...none, label: "handshake", kind: hasError ? "error" : "control", what: "handshake" };
  }
  return { ...none, label: undefined, kind: "event" };
}

function textOf(document: ValueDocument, key: SoughtText): string | undefined {
  const node = document.find(0, key);
  return node !== NO_NODE && document.kindOf(node) === STRING ? document.textOf(node) : undefined;
}
