import type { Direction } from "../../model/frame.ts";
import type { MessageId } from "../../model/message-id.ts";

/** Requests that can wait for their answer, in one direction; the oldest is forgotten. */
export const MOST_WAITING = 4096;
/** Labels of which is kept whether their ids are those of requests. */
const MOST_LABELS = 1024;
/** So many ids of its own may one kind of message show before it counts as no answer. */
const BENEFIT_OF_DOUBT = 3;
/** So many numbered messages without any answer: the number is a count, not an id. */
const MOST_UNANSWERED_NUMBERS = 32;

/** What a message is in the exchange of requests and answers. */
export type Part = "request" | "answer" | "event";

/**
 * Tells requests, answers and events apart where a protocol says no more than an id: a message with an id that the
 * other side has sent and that waits is the answer; what the page sends with a new id is a request; what it receives
 * with an id of nobody's is an event.
 *
 * A feed whose messages carry ids of their own (trades, orders) must not answer a request whose id happens to be the
 * same: a kind of message that was seen with ids that nobody waited for is trusted no more.
 */
export class Exchange {
  readonly #waiting = { sent: new Set<MessageId>(), received: new Set<MessageId>() };
  /** For each direction and label, ids that nobody waited for, less those that somebody did. */
  readonly #strangers = { sent: new Map<string, number>(), received: new Map<string, number>() };
  /** Of numbers (`seq`): the first stranger shows that a side counts its own messages. */
  readonly #countsOwn = { sent: false, received: false };
  #unansweredNumbers = 0;

  /** Both directions wait: the protocol itself says that this is a request. */
  addRequest(direction: Direction, id: MessageId): void {
    const waiting = this.#waiting[direction];
    // Added anew it is the youngest again.
    waiting.delete(id);
    waiting.add(id);
    if (waiting.size > MOST_WAITING) waiting.delete(waiting.values().next().value as MessageId);
  }

  /** The protocol itself says that this is an answer. */
  addAnswer(direction: Direction, id: MessageId): void {
    this.#waiting[other(direction)].delete(id);
  }

  /** A message with an id, about which the protocol says nothing more. `isNumber`: the id may be a mere count. */
  take(direction: Direction, label: string, id: MessageId, isNumber: boolean): Part {
    if (isNumber && direction === "received" && this.#countsOwn.received) return "event";
    const waiting = this.#waiting[other(direction)];
    const isAwaited = waiting.has(id);
    const strangers = this.#strangers[direction].get(label) ?? 0;
    if (isAwaited && strangers <= BENEFIT_OF_DOUBT && !(isNumber && this.#countsOwn[direction])) {
      waiting.delete(id);
      if (strangers > 0) this.#strangers[direction].set(label, strangers - 1);
      if (isNumber) this.#unansweredNumbers = -Infinity;
      return "answer";
    }
    if (direction === "sent") {
      if (isNumber && ++this.#unansweredNumbers > MOST_UNANSWERED_NUMBERS) return "event";
      this.addRequest(direction, id);
      return "request";
    }
    if (isNumber) this.#countsOwn[direction] = true;
    else if (strangers <= BENEFIT_OF_DOUBT && this.#strangers[direction].size < MOST_LABELS) {
      this.#strangers[direction].set(label, strangers + 1);
    }
    return "event";
  }
}

const other = (direction: Direction): Direction => (direction === "sent" ? "received" : "sent");
