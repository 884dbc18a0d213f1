import { milliseconds, type Milliseconds } from "../../model/units.ts";
import type { ScriptMessage } from "./script-message.ts";

/** What of a connection's heartbeats a script can do by itself: those whose payload never changes. */
export interface LearntHeartbeats {
  readonly heartbeats: readonly { readonly on: ScriptMessage; readonly send: ScriptMessage }[];
  readonly repeats: readonly { readonly every: Milliseconds; readonly send: ScriptMessage }[];
  /** The script sends it by itself, or waits for it. */
  readonly isLearnt: (message: ScriptMessage) => boolean;
}

/** A heartbeat sent this soon after one was received answers it: the capture sits beside the page that sends it. */
const ANSWERED_WITHIN_S = 1;

/** How a page answered heartbeats and sent its own, as its messages show. */
export function learnHeartbeats(messages: readonly ScriptMessage[]): LearntHeartbeats {
  const answers = new Map<string, { readonly on: ScriptMessage; readonly send: ScriptMessage; isSteady: boolean }>();
  const own = new Map<string, ScriptMessage[]>();
  let waiting: ScriptMessage | undefined;
  /** The page's own, until the server has answered it: to answer that answer would go on for ever. */
  let asked = false;
  for (const message of messages) {
    if (!message.isHeartbeat) continue;
    if (message.direction === "received") {
      waiting = asked ? undefined : message;
      asked = false;
    } else if (waiting !== undefined && message.time - waiting.time < ANSWERED_WITHIN_S) {
      const known = answers.get(keyOf(waiting));
      if (known === undefined) answers.set(keyOf(waiting), { on: waiting, send: message, isSteady: true });
      else known.isSteady &&= keyOf(known.send) === keyOf(message);
      waiting = undefined;
    } else {
      asked = true;
      own.set(keyOf(message), [...(own.get(keyOf(message)) ?? []), message]);
    }
  }
  // One that never comes twice alike carries a time or a count, and nothing of it can be known before.
  const heartbeats = answers.size > MOST_KINDS ? [] : [...answers.values()].filter(({ isSteady }) => isSteady);
  const repeats = [...own.values()].flatMap((sent) => (sent.length < 2 ? [] : [{ send: sent[0] as ScriptMessage, every: milliseconds(medianGap(sent)) }])).slice(0, MOST_KINDS);
  const learnt = new Set([...heartbeats.flatMap(({ on, send }) => [keyOf(on), keyOf(send)]), ...repeats.map(({ send }) => keyOf(send))]);
  return { heartbeats, repeats, isLearnt: (message) => message.isHeartbeat && learnt.has(keyOf(message)) };
}

const MOST_KINDS = 4;

function medianGap(sent: readonly ScriptMessage[]): number {
  const gaps = sent.slice(1).map(({ time }, i) => time - (sent[i] as ScriptMessage).time);
  const median = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0;
  return Math.max(1, Math.round(median)) * 1000;
}

/** Heartbeats are short. */
const keyOf = ({ direction, opcode, payload }: ScriptMessage): string => `${direction} ${opcode} ${payload.subarray(0, 1024).join(",")} ${payload.length}`;
