import { holdMessage } from "../../agent/hold-message.ts";
import { base64Text } from "../../model/base64.ts";
import type { OutgoingMessage } from "../../model/outgoing-message.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { DebuggerApi } from "../debugger-api.ts";
import { KEPT_GROUP, type PageObject } from "../earlier/speaking-sockets.ts";
import { readResult } from "../sources/cdp-events.ts";
import { isNative } from "./page-natives.ts";

/** UTF-16 units of one command: a page takes it in some milliseconds. A multiple of 4, so that base64 is cut between groups. */
const PIECE = 256 * 1024;

const part = (name: keyof ReturnType<typeof holdMessage>): string => `(${holdMessage.toString()})().${name}`;

/**
 * Puts a message together in the realm of an object, a piece at a time; answers the handle of what holds it as `data`. The
 * page may be asked to go on between any two pieces.
 */
export async function holdInPage(api: DebuggerApi, { source, objectId }: PageObject, message: OutgoingMessage): Promise<string> {
  const call = async (functionDeclaration: string, on: string, values: readonly object[]): Promise<ReturnType<typeof readResult>> =>
    readResult(await api.send(source, "Runtime.callFunctionOn", { objectId: on, functionDeclaration, arguments: values, objectGroup: KEPT_GROUP }));
  let held: ReturnType<typeof readResult>;
  if (message.type === "text") held = await call(part("text"), objectId, []);
  else {
    const bytes = await call("function () { return Uint8Array; }", objectId, []);
    if (!isNative(bytes, "Uint8Array")) throw new Refusal(say("live.replaced", { name: "Uint8Array" }));
    held = await call(part("bytes"), objectId, [{ objectId: bytes.objectId }, { value: message.bytes.length }]);
  }
  if (held?.objectId === undefined) throw new Refusal(say("live.not-taken"));
  const data = message.type === "text" ? message.text : base64Text(message.bytes);
  const add = part(message.type === "text" ? "addText" : "addBytes");
  for (let from = 0; from < data.length; ) {
    const to = endOfPiece(data, from);
    await call(add, held.objectId, [{ value: data.slice(from, to) }]);
    from = to;
  }
  return held.objectId;
}

/** A pair of surrogates stays together: alone, neither passes by JSON. */
function endOfPiece(text: string, from: number): number {
  const to = Math.min(text.length, from + PIECE);
  const last = text.charCodeAt(to - 1);
  return to < text.length && last >= 0xd800 && last <= 0xdbff ? to - 1 : to;
}
