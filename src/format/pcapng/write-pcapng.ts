import { wasOnWire } from "../../model/frame.ts";
import { exchangeOf, type Connection } from "../../model/connection.ts";
import { sentences } from "../../model/said.ts";
import type { ConnectionId, MonotonicSeconds } from "../../model/units.ts";
import type { ExportFrame, ExportOptions, ExportSource, ExportTotals, Pieces } from "../export-format.ts";
import { fileHead, nameBlock, packetBlock } from "./blocks.ts";
import { Conversation, type Send } from "./conversation.ts";

/** Packets are gathered up to here. */
const GATHERED = 1 << 17;

/** An opening or an ending that waits for the rows before it. */
interface Waiting {
  readonly time: number;
  readonly connection: ConnectionId;
  readonly isOpening: boolean;
}

/** The messages as packets of TCP over IPv4, with a handshake before them: what Wireshark takes apart as WebSockets. */
export function* writePcapng(source: ExportSource, options: ExportOptions): Pieces<ExportTotals> {
  const file = new PacketFile();
  yield* file.add(fileHead(`Framescope ${options.version}`.trim(), options.tell(sentences(options.notes ?? []))));
  const connections = new Map<ConnectionId, Connection>(Array.from(source.connections, (connection) => [connection.id, connection]));
  const addresses = addressesOf(connections.values());
  if (addresses.size > 0) yield* file.add([nameBlock(Array.from(addresses, ([host, address]) => [address, host] as const))]);
  const conversations = new Map<ConnectionId, Conversation>();
  for (const [number, connection] of [...connections.values()].entries()) conversations.set(connection.id, new Conversation(connection, number, addresses.get(hostOf(connection)) as Uint8Array));
  const waiting = waitingOf(connections.values(), source);
  let next = 0;
  let frames = 0;
  for (const frame of source.rows()) {
    const time = timeOf(frame);
    for (; (waiting[next]?.time ?? Infinity) <= time; next++) yield* settle(waiting[next] as Waiting, conversations, file);
    const conversation = conversations.get(frame.connection);
    if (frame.kind !== "message" || conversation === undefined || !wasOnWire(frame.stored.bits)) continue;
    frames += 1;
    file.time = time;
    yield* conversation.open(file.send);
    file.comment = frame.note;
    yield* messageOf(frame, conversation, file.send);
    file.comment = "";
  }
  for (; next < waiting.length; next++) yield* settle(waiting[next] as Waiting, conversations, file);
  yield* file.end();
  return { connections: connections.size, frames };
}

function* messageOf(frame: ExportFrame, conversation: Conversation, send: Send): Pieces<void> {
  const payload = frame.payload();
  if (frame.event !== undefined) return yield* conversation.event(frame.event.name, frame.event.id, payload, send);
  return yield* conversation.message(frame.direction !== "received", frame.opcode, payload, send);
}

function* settle({ time, connection, isOpening }: Waiting, conversations: ReadonlyMap<ConnectionId, Conversation>, file: PacketFile): Pieces<void> {
  file.time = time;
  const conversation = conversations.get(connection);
  if (conversation !== undefined) yield* isOpening ? conversation.open(file.send) : conversation.close(file.send);
}

/** Microseconds since 1970; since the capture's own beginning where the clock tells no more. */
const timeOf = ({ time, stored }: ExportFrame): number => Math.max(0, Math.round(time === null ? stored.time * 1e6 : time * 1000));

function waitingOf(connections: Iterable<Connection>, { clock }: ExportSource): readonly Waiting[] {
  const read = (time: MonotonicSeconds): number => Math.max(0, Math.round((clock.toEpoch(time) ?? time * 1000) * 1000));
  const waiting: Waiting[] = [];
  for (const connection of connections) {
    const { requestTime } = exchangeOf(connection);
    const opening = requestTime ?? connection.createdAt ?? connection.openedAt;
    if (opening !== undefined) waiting.push({ time: read(opening), connection: connection.id, isOpening: true });
    if (connection.closedAt !== undefined) waiting.push({ time: read(connection.closedAt) + 1, connection: connection.id, isOpening: false });
  }
  return waiting.toSorted((a, b) => a.time - b.time);
}

const hostOf = ({ url }: Connection): string => URL.parse(url)?.hostname ?? "";

/** An address for each host, of the range that is for tests alone (RFC 2544): the true ones are not known. */
function addressesOf(connections: Iterable<Connection>): Map<string, Uint8Array> {
  const addresses = new Map<string, Uint8Array>();
  for (const connection of connections) {
    const host = hostOf(connection);
    const number = addresses.size + 1;
    if (!addresses.has(host)) addresses.set(host, Uint8Array.of(198, 18 + ((number >> 16) & 1), (number >> 8) & 255, number & 255));
  }
  return addresses;
}

/** Gathers blocks into pieces. */
class PacketFile {
  /** Of the packets that are sent now. */
  time = 0;
  /** Of the next packet. */
  comment = "";
  #blocks: Uint8Array[] = [];
  #length = 0;

  readonly send: Send = (packet) => {
    const block = packetBlock(this.time, packet, this.comment);
    this.comment = "";
    return this.add([block]);
  };

  *add(blocks: readonly Uint8Array[]): Pieces<void> {
    for (const block of blocks) {
      this.#blocks.push(block);
      this.#length += block.length;
      if (this.#length >= GATHERED) yield this.#take();
    }
  }

  *end(): Pieces<void> {
    yield this.#take();
  }

  #take(): Uint8Array<ArrayBuffer> {
    const piece = new Uint8Array(this.#length);
    let at = 0;
    for (const block of this.#blocks) {
      piece.set(block, at);
      at += block.length;
    }
    this.#blocks = [];
    this.#length = 0;
    return piece;
  }
}
