/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { Judge, Verdict } from "./judge-messages.ts";
import type { WaitingList } from "./keep-waiting.ts";
import type { Message, MessageReader } from "./read-messages.ts";
import type { Natives } from "./take-natives.ts";
import type { Reporter, RuledSocket } from "./tell-deeds.ts";

export interface Receiver {
  /** Has the page's listeners get a message. `came`: the event that brought it, undefined for one that was never on the wire. */
  readonly deliver: (state: RuledSocket, data: unknown, came: Event | undefined) => void;
  /** What listens to a socket before the page does. */
  readonly listenerOf: (state: RuledSocket) => EventListener;
}

/** Applies the rules to what comes. What goes wrong lets the message pass as it is. */
export function takeReceived(natives: Natives, messages: MessageReader, { isFor, judge }: Judge, waiting: WaitingList<RuledSocket>, { tell }: Reporter, isOn: () => boolean): Receiver {
  const { apply, defineProperty, dispatch, stop, MadeEvent, dataOf, exec } = natives;
  const originOf = (url: string): string => {
    try {
      const origin = apply(exec, /^wss?:\/\/[^/?#]*/, [url]) as { readonly 0: string } | null;
      return origin === null ? "" : origin[0];
    } catch {
      return "";
    }
  };
  const deliver: Receiver["deliver"] = ({ socket, url }, data, came) => {
    let event = came;
    try {
      event = new MadeEvent("message", { __proto__: null, data, origin: originOf(url) } as MessageEventInit);
    } catch {
      // It comes again as it came.
    }
    if (event === undefined) return;
    try {
      apply(dispatch, socket, [event]);
    } catch {
      // The page gets it whatever fails here.
      socket.dispatchEvent(event);
    }
  };
  const take = (event: Event, state: RuledSocket, message: Message, { last, rules }: Verdict): void => {
    const { heard } = state;
    if (last === null) {
      defineProperty(event, "data", { __proto__: null, value: message.data, configurable: true, enumerable: true, writable: false } as PropertyDescriptor);
      return tell(state, false, rules, "changed", message.data, heard);
    }
    if (last.action.type === "drop") {
      apply(stop, event, []);
      return tell(state, false, rules, "dropped", "", heard);
    }
    const isHeld = last.action.type === "hold";
    const release = (data: unknown): void => {
      tell(state, false, rules, isHeld ? "held" : "delayed", data, heard);
      deliver(state, data, event);
    };
    const n = waiting.wait({ state, isSent: false, isText: message.isText, isHeld, rules, data: message.data, release }, last.action.milliseconds);
    try {
      apply(stop, event, []);
    } catch {
      // It passes then, and does not come again.
      waiting.remove(n);
    }
  };
  const listenerOf: Receiver["listenerOf"] = (state) => (event) => {
    // Made by a script, here or in the page.
    if (!event.isTrusted) return;
    state.heard++;
    if (!isOn() || !isFor(false)) return;
    try {
      const data = apply(dataOf, event, []);
      const message = messages.message(state.url, false, typeof data === "string", data);
      const verdict = judge(message);
      if (verdict !== null) take(event, state, message, verdict);
    } catch {
      // It passes.
    }
  };
  return { deliver, listenerOf };
}
