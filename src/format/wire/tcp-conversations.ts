import type { ImportSink } from "../import-format.ts";
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

/** Tells the segments of a file apart by their connections, and listens to each. */
export class TcpConversations {
  readonly #sink: ImportSink;
  readonly #place: () => string;
  readonly #conversations = new Map<string, Conversation>();

  constructor(sink: ImportSink, place: () => string) {
    this.#sink = sink;
    this.#place = place;
  }

  push({ source, target, sequence, isSyn, isAck, isEnd, payload, missing }: TcpSegment, time: number): void {
    const name = source < target ? `${source} ${target}` : `${target} ${source}`;
    let conversation = this.#conversations.get(name);
    // The same two ports, once more.
    if (conversation === undefined || (isSyn && !isAck && conversation.isEnded)) {
      for (const stream of conversation?.streams ?? []) stream.end();
      conversation = this.#begin(source, target);
      this.#conversations.set(name, conversation);
    }
    const side: Side = conversation.first === source ? 0 : 1;
    const stream = conversation.streams[side];
    if (isSyn) stream.begin(sequence);
    stream.push(isSyn ? (sequence + 1) >>> 0 : sequence, payload, time);
    if (missing > 0) conversation.tap.lost(side, missing);
    if (!isEnd) return;
    conversation.isEnded = true;
    conversation.tap.close(time);
  }

  /** No packet comes any more. */
  end(): void {
    for (const conversation of this.#conversations.values()) for (const stream of conversation.streams) stream.end();
  }

  #begin(source: string, target: string): Conversation {
    const tap = new WebSocketTap({ sink: this.#sink, place: this.#place, isSecure: false, addressOf: (side) => (side === 0 ? source : target) });
    const streamOf = (side: Side): TcpStream => new TcpStream((bytes, time) => tap.push(side, bytes, time), (bytes) => tap.lost(side, bytes));
    return { tap, streams: [streamOf(0), streamOf(1)], first: source, isEnded: false };
  }
}
