import { say, type Said } from "../../model/said.ts";
import { DEFAULT_EVENT, type StreamEvent } from "../../model/stream-event.ts";
import type { DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";
import { json } from "./json.ts";

/**
 * Server-Sent Events (HTML §9.2): the browser has read the stream, so a message is one event's data; its name and id stand
 * beside it. The data is text, and where it is JSON it is read as such.
 *
 * Sure of: every message of an EventSource. Cost: as JSON's.
 */
export const eventSource = {
  id: "sse",
  name: "Server-Sent Events",
  claims: "connection",
  readsAsText: true,
  suits: ({ transport }) => transport === "event-source",
  open: (context) => new EventSourceSession(context),
} as const satisfies Decoder;

const HEAD_BYTES = 4096;

class EventSourceSession implements DecodeSession {
  readonly #json: DecodeSession;

  constructor(context: DecodeContext) {
    this.#json = json.open({ ...context, isPinned: false });
  }

  decode(frame: FrameToDecode): Decoded {
    const { bytes, event = DEFAULT_EVENT } = frame;
    const data = this.#json.decode(frame);
    return new DecodedMessage({
      decoder: eventSource.id,
      label: event.name,
      // A stream only tells: what looks like a request in it is answered elsewhere.
      kind: data?.kind === "error" || data?.kind === "heartbeat" ? data.kind : "event",
      id: event.id === "" ? undefined : event.id,
      topic: data?.topic,
      value: () => data?.value,
      isJson: data?.isJson ?? false,
      isPartial: data?.isPartial ?? false,
      summary: () => data?.summary ?? oneLine(decodeHead(bytes, HEAD_BYTES)),
      layers: [{ stage: "envelope", name: eventSource.name, what: describe(event), from: 0, to: 0, problem: undefined }, ...(data?.layers ?? [])],
    });
  }
}

const describe = ({ name, id }: StreamEvent): Said | string => (id === "" ? name : say("decode.event-with-id", { name, id }));
