import { holdMessage } from "../../agent/hold-message.ts";
import { base64Text } from "../../model/base64.ts";
import type { OutgoingMessage } from "../../model/outgoing-message.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { DebuggerApi } from "../debugger-api.ts";
import { KEPT_GROUP, type PageObject } from "../page-object.ts";
import { readResult } from "../sources/cdp-events.ts";
import { isNative } from "./page-natives.ts";

/** UTF-16 units of one command: a page takes it in some milliseconds. A multiple of 4, so that base64 is cut between groups. */
const PIECE = 256 * 1024;

const part = (name: keyof ReturnType<typeof holdMessage>): string => `(${holdMessage.toString()})().${name}`;

/** Bounds a wait for the page: rejects where it does not answer in time. */
export type InTime = <Value>(act: () => Promise<Value>) => Promise<Value>;

/**
 * Puts a message together in the realm of an object, a piece at a time; answers the handle of what holds it as `data`. The
 * page may be asked to go on between any two pieces. `inTime` bounds each piece: all of a long one takes as long as it takes.
 */
export async function holdInPage(api: DebuggerApi, { source, objectId }: PageObject, message: OutgoingMessage, inTime: InTime): Promise<string> {
  const call = async (functionDeclaration: string, on: string, values: readonly object[]): Promise<ReturnType<typeof readResult>> =>
    readResult(await inTime(() => api.send(source, "Runtime.callFunctionOn", { objectId: on, functionDeclaration, arguments: values, objectGroup: KEPT_GROUP })));
  let held: ReturnType<typeof readResult>;
  let fromBase64: string | undefined;
  if (message.type === "text") held = await call(part("text"), objectId, []);
  else {
    const bytes = await call("function () { return Uint8Array; }", objectId, []);
    if (!isNative(bytes, "Uint8Array")) throw new Refusal(say("live.replaced", { name: "Uint8Array" }));
    held = await call(part("bytes"), objectId, [{ objectId: bytes.objectId }, { value: message.bytes.length }]);
    const native = await call("function () { return Uint8Array.fromBase64; }", objectId, []);
    if (isNative(native, "fromBase64")) fromBase64 = native.objectId;
  }
  if (held?.objectId === undefined) throw new Refusal(say("live.not-taken"));
  const data = message.type === "text" ? message.text : base64Text(message.bytes);
  const add = part(message.type === "text" ? "addText" : "addBytes");
  for (let from = 0; from < data.length; ) {
    const to = endOfPiece(data, from);
    const piece = data.slice(from, to);
    const decoded = message.type === "text" ? [] : [{ value: bytesIn(piece) }, ...(fromBase64 === undefined ? [] : [{ objectId: fromBase64 }])];
    await call(add, held.objectId, [{ value: piece }, ...decoded]);
    from = to;
  }
  return held.objectId;
}

/** Bytes that a piece of base64 stands for. */
const bytesIn = (piece: string): number => (piece.length / 4) * 3 - (piece.endsWith("==") ? 2 : piece.endsWith("=") ? 1 : 0);

/** A pair of surrogates stays together: alone, neither passes by JSON. */
function endOfPiece(text: string, from: number): number {
  const to = Math.min(text.length, from + PIECE);
  const last = text.charCodeAt(to - 1);
  return to < text.length && last >= 0xd800 && last <= 0xdbff ? to - 1 : to;
}
