import { say } from "../../model/said.ts";
import type { ImportSink } from "../import-format.ts";
import { HeldBytes } from "./held-bytes.ts";
import { RecentMap } from "./recent-map.ts";
import type { TcpSegment } from "./tcp-segment.ts";
import { TcpStream } from "./tcp-stream.ts";
import { WebSocketTap, type Side } from "./web-socket-tap.ts";

interface Conversation {
  readonly tap: WebSocketTap;
  readonly streams: readonly [TcpStream, TcpStream];
  /** Who sent the first segment. */
  readonly first: string;
  isEnded: boolean;
}

/** So many connections are listened to at once: some ten kilobytes each, as much as a hundred where they inflate. */
const MOST_CONVERSATIONS = 1 << 13;

/** Tells the segments of a file apart by their connections, and listens to each. */
export class TcpConversations {
  readonly #sink: ImportSink;
  readonly #place: () => string;
  readonly #held: HeldBytes;
  readonly #most: number;
  /** WebSockets that go on: what else there is does not push them out. */
  readonly #sockets = new Map<string, Conversation>();
  readonly #others: RecentMap<string, Conversation>;

  constructor(sink: ImportSink, place: () => string, { most = MOST_CONVERSATIONS, held = new HeldBytes() } = {}) {
    this.#sink = sink;
    this.#place = place;
    this.#held = held;
    this.#most = most;
    let isTold = false;
    this.#others = new RecentMap(most, (conversation) => {
      if (conversation.tap.isOpen && !isTold) {
        isTold = true;
        sink.problem(place(), say("import.most-conversations", { most }));
      }
      endConversation(conversation);
    });
  }

  push({ source, target, sequence, isSyn, isAck, isEnd, isReset, payload, missing }: TcpSegment, time: number): void {
    const name = source < target ? `${source} ${target}` : `${target} ${source}`;
    let conversation = this.#sockets.get(name) ?? this.#others.get(name);
    // The same two ports, once more.
    if (conversation === undefined || (isSyn && !isAck && conversation.isEnded)) {
      if (conversation !== undefined) endConversation(conversation);
      conversation = this.#begin(source, target);
      this.#sockets.delete(name);
      this.#others.set(name, conversation);
    }
    const side: Side = conversation.first === source ? 0 : 1;
    const stream = conversation.streams[side];
    if (isSyn) stream.begin(sequence);
    stream.push(isSyn ? (sequence + 1) >>> 0 : sequence, payload, time);
    if (missing > 0) conversation.tap.lost(side, missing);
    if (isEnd) {
      conversation.isEnded = true;
      conversation.tap.close(time, isReset);
    }
    this.#sort(name, conversation);
  }

  #sort(name: string, conversation: Conversation): void {
    const { isOpen } = conversation.tap;
    if (isOpen === this.#sockets.has(name) || (isOpen && this.#sockets.size >= this.#most)) return;
    if (isOpen) {
      this.#others.delete(name);
      this.#sockets.set(name, conversation);
    } else {
      this.#sockets.delete(name);
      this.#others.set(name, conversation);
    }
  }

  /** No packet comes any more. */
  end(): void {
    for (const conversation of [...this.#sockets.values(), ...this.#others.values()]) endConversation(conversation);
  }

  #begin(source: string, target: string): Conversation {
    const tap = new WebSocketTap({ sink: this.#sink, place: this.#place, held: this.#held, isSecure: false, addressOf: (side) => (side === 0 ? source : target) });
    const streamOf = (side: Side): TcpStream => new TcpStream((bytes, time) => tap.push(side, bytes, time), (bytes) => tap.lost(side, bytes), this.#held);
    return { tap, streams: [streamOf(0), streamOf(1)], first: source, isEnded: false };
  }
}

/** What waits for bytes that do not come is read all the same, then what it holds back is freed. */
function endConversation({ tap, streams }: Conversation): void {
  for (const stream of streams) stream.end();
  tap.end();
}
