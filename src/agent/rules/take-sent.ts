/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { Judge, Verdict } from "./judge-messages.ts";
import type { WaitingList } from "./keep-waiting.ts";
import type { ByteReader } from "./read-bytes.ts";
import type { Message, MessageReader } from "./read-messages.ts";
import type { Receiver } from "./take-received.ts";
import type { Natives } from "./take-natives.ts";
import type { Reporter, RuledSocket } from "./tell-deeds.ts";

/** Sends as the page asked, through the native function given, as far as the rules let it. */
export type Sender = (native: WebSocket["send"], self: unknown, parameters: readonly unknown[]) => unknown;

/** Applies the rules to what is sent. What goes wrong lets the message go out as it is. */
export function takeSent(
  natives: Natives,
  { isBinary, bytesOf }: ByteReader,
  messages: MessageReader,
  { isFor, judge }: Judge,
  waiting: WaitingList<RuledSocket>,
  { tell }: Reporter,
  deliver: Receiver["deliver"],
  later: (act: () => void, milliseconds: number) => void,
  stateOf: (socket: unknown) => RuledSocket | undefined,
): Sender {
  const { apply, stateOf: readyStateOf, toText, now, clock, Bytes } = natives;
  let lastAnswer = 0;
  const isOpen = (socket: WebSocket): boolean => {
    try {
      return apply(readyStateOf, socket, []) === 1;
    } catch {
      // The native function tells.
      return true;
    }
  };
  /** Answers true where the message is not to go out now. */
  const take = (native: WebSocket["send"], state: RuledSocket, message: Message, { before, last, isChanged, rules, answer: text }: Verdict): boolean => {
    const { data, isText } = message;
    if (last === null) {
      tell(state, true, rules, "replaced", before, -1, data);
      return false;
    }
    const { action } = last;
    if (action.type === "drop") {
      tell(state, true, rules, "dropped", before, -1);
      return true;
    }
    if (action.type === "answer") {
      const answer = ++lastAnswer;
      later(() => {
        last.answeredAt = apply(now, clock, []);
        tell(state, false, rules, "made", text, answer);
        deliver(state, text, undefined);
      }, 0);
      if (action.instead) tell(state, true, rules, "answered", data, answer);
      else if (isChanged) tell(state, true, rules, "replaced", before, answer, data);
      else tell(state, true, rules, "answered", "", answer, data);
      return action.instead;
    }
    // The page may use its memory again.
    const bytes = isText ? undefined : bytesOf(data);
    const kept = bytes === undefined ? data : new Bytes(bytes);
    const isHeld = action.type === "hold";
    const release = (released: unknown, isEdited: boolean): void => {
      if (!isOpen(state.socket)) return tell(state, true, rules, "dropped", isText ? before : released, -1);
      if (isChanged || isEdited) tell(state, true, rules, "replaced", before, -1, released);
      else tell(state, true, rules, isHeld ? "held" : "delayed", "", -1, released);
      apply(native, state.socket, [released as string]);
    };
    waiting.wait({ state, isSent: true, isText, isHeld, rules, data: kept, release }, action.milliseconds);
    return true;
  };
  return (native, self, parameters) => {
    const given = parameters[0];
    let state: RuledSocket | undefined;
    let isText = false;
    try {
      if (isFor(true) && parameters.length > 0 && typeof given !== "symbol") state = stateOf(self);
      if (state !== undefined && apply(readyStateOf, self, []) !== 1) state = undefined;
      isText = !isBinary(given);
    } catch {
      state = undefined;
    }
    if (state === undefined) return apply(native, self, parameters as [never]);
    // As the native function does it, and once: an object of the page's may say something else each time, or throw.
    const data: unknown = isText ? toText(given) : given;
    const message = messages.message(state.url, true, isText, data);
    try {
      const verdict = judge(message);
      if (verdict !== null && take(native, state, message, verdict)) return undefined;
    } catch {
      message.data = data;
    }
    return apply(native, self, [message.data as string]);
  };
}
