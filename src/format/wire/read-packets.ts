import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { ByteStream, ImportSink } from "../import-format.ts";
import { ByteCursor, FileFault } from "./byte-cursor.ts";
import type { Packet } from "./packet.ts";
import { TcpConversations } from "./tcp-conversations.ts";
import { tcpSegment } from "./tcp-segment.ts";

/** Packets in a turn. */
const PACKETS = 64;

/** Reads the WebSockets in a file of packets, however these are written. */
export function* readPackets(stream: ByteStream, packets: (cursor: ByteCursor) => Generator<Packet, void, void>, sink: ImportSink): Generator<void, void, void> {
  const cursor = new ByteCursor(stream);
  let number = 0;
  // As Wireshark finds it.
  const place = (): string => `frame.number == ${number}`;
  const conversations = new TcpConversations(sink, place);
  try {
    for (const packet of packets(cursor)) {
      ({ number } = packet);
      if (number % PACKETS === 0) {
        sink.progress(stream.share);
        yield;
      }
      const segment = tcpSegment(packet);
      if (segment === "fragment") sink.problem(place(), say("import.ip-fragment"));
      else if (segment !== undefined) conversations.push(segment, packet.time);
    }
  } catch (error) {
    if (!(error instanceof FileFault || error instanceof Refusal)) throw error;
    // What stands before it is read.
    number++;
    sink.problem(place(), error.told);
  }
  conversations.end();
}
