import { say, type Said } from "../../model/said.ts";
import { DEFAULT_EVENT, type StreamEvent } from "../../model/stream-event.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { eventSource } from "../decoders/event-source.ts";
import { oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";
import { openJson } from "../json/json-session.ts";

export const openEventSource = (context: DecodeContext): DecodeSession => new EventSourceSession(context);

const HEAD_BYTES = 4096;

class EventSourceSession implements DecodeSession {
  readonly #json: DecodeSession;

  constructor(context: DecodeContext) {
    this.#json = openJson({ ...context, isPinned: false });
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
