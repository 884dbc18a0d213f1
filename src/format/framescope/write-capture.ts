import type { RowDetail } from "../../model/capture-batch.ts";
import { isMessage } from "../../model/frame.ts";
import { frameIndex, type ConnectionId } from "../../model/units.ts";
import { isAutomatic } from "../../log/decoder-choices.ts";
import type { LogEvent } from "../../log/heard.ts";
import { writeBlock } from "../../log/journal-versions/registry.ts";
import type { BlockPlace, PlacedEvent } from "../../log/journal-versions/block.ts";
import { PAYLOAD_PAGE } from "../../log/payload-pages.ts";
import { xxhash32 } from "../../log/xxhash32.ts";
import type { ExportFrame, ExportOptions, ExportSource, ExportTotals, Pieces } from "../export-format.ts";
import { ZipWriter } from "../writing/zip-writer.ts";
import { connectionEvents } from "./connection-events.ts";

/** The version of what is around the journal; docs/files.md has it. */
const CAPTURE_VERSION = 1;
/** Rows of a block, and bytes of their payloads: a reader holds one at a time. */
const BLOCK_ROWS = 1 << 14;
const BLOCK_BYTES = 1 << 23;

/** What is known of a block once its payloads are written. */
interface BlockSums {
  readonly rows: number;
  readonly payloadTo: number;
  readonly checksum: number;
}

/** A capture as the extension keeps it, journal and payloads, in a zip. Reads the rows twice. */
export function* writeCapture(source: ExportSource, options: ExportOptions): Pieces<ExportTotals> {
  const zip = new ZipWriter(options.now);
  zip.begin("capture.json", true);
  const about = { format: "framescope-capture", version: CAPTURE_VERSION, generator: `Framescope ${options.version}`.trim(), name: options.title, exported: new Date(options.now).toISOString() };
  yield* zip.add(TO_UTF8.encode(`${JSON.stringify(about, null, 2)}\n`));
  yield* zip.endFile();
  zip.begin("payloads");
  const blocks = yield* writePayloads(source, zip);
  yield* zip.endFile();
  zip.begin("journal");
  const totals = yield* writeJournal(source, blocks, zip);
  yield* zip.endFile();
  yield* zip.end();
  return totals;
}

const TO_UTF8 = new TextEncoder();

function* writePayloads(source: ExportSource, zip: ZipWriter): Pieces<BlockSums[]> {
  const blocks: BlockSums[] = [];
  const sum = new PartChecksum();
  let rows = 0;
  let bytes = 0;
  let length = 0;
  const endBlock = (): void => {
    blocks.push({ rows, payloadTo: length, checksum: sum.end() });
    rows = 0;
    bytes = 0;
  };
  for (const frame of source.rows()) {
    const payload = frame.stored.payload();
    sum.add(payload);
    yield* zip.add(payload);
    rows += 1;
    bytes += payload.length;
    length += payload.length;
    if (rows >= BLOCK_ROWS || bytes >= BLOCK_BYTES) endBlock();
  }
  if (rows > 0 || blocks.length === 0) endBlock();
  return blocks;
}

/** As `checksumPayload` of what comes, cut where pages of the whole stream are. */
class PartChecksum {
  readonly #page = new Uint8Array(PAYLOAD_PAGE);
  /** Bytes of the stream's page before the part that is summed up now, and all up to here. */
  #from = 0;
  #at = 0;
  #sum = 0;

  add(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const count = Math.min(bytes.length - from, PAYLOAD_PAGE - this.#at);
      this.#page.set(bytes.subarray(from, from + count), this.#at);
      from += count;
      this.#at += count;
      if (this.#at < PAYLOAD_PAGE) continue;
      this.#mix();
      this.#from = 0;
      this.#at = 0;
    }
  }

  /** The sum of the part; the next begins here. */
  end(): number {
    if (this.#at > this.#from) this.#mix();
    this.#from = this.#at;
    const sum = this.#sum;
    this.#sum = 0;
    return sum;
  }

  #mix(): void {
    this.#sum = xxhash32(this.#page.subarray(this.#from, this.#at), this.#sum);
  }
}

function* writeJournal(source: ExportSource, blocks: readonly BlockSums[], zip: ZipWriter): Pieces<ExportTotals> {
  const events = new PlacedEvents(source);
  const rows = source.rows()[Symbol.iterator]();
  const place = { blocks: 0, rows: 0, frames: 0 };
  let payloadFrom = 0;
  for (const [number, { rows: count, payloadTo, checksum }] of blocks.entries()) {
    const columns = { times: new Float64Array(count), connections: new Uint32Array(count), lengths: new Uint32Array(count), bits: new Uint16Array(count) };
    if (number === 0) events.begin();
    let frames = 0;
    for (let i = 0; i < count; i++) {
      const next = rows.next();
      if (next.done === true) throw new Error("The second reading of the rows ended before the first did.");
      const frame: ExportFrame = next.value;
      const { time, bits, length } = frame.stored;
      columns.times[i] = time;
      columns.connections[i] = frame.connection;
      columns.lengths[i] = length;
      columns.bits[i] = bits;
      if (isMessage(bits)) frames += 1;
      events.take(frame, place.rows + i);
    }
    const isLast = number === blocks.length - 1;
    if (isLast) events.finish(place.rows + count);
    yield* zip.add(writeBlock({ ...columns, events: events.list(), payloadFrom, payloadTo, payloadChecksum: checksum, lost: source.lost, isLast, place: { ...place } satisfies BlockPlace, clock: source.clock.anchors.at(-1) }));
    place.blocks += 1;
    place.rows += count;
    place.frames += frames;
    payloadFrom = payloadTo;
  }
  return { connections: events.connections, frames: place.frames };
}

/** What stands between the rows: what makes a connection known before the first row of it, details before theirs, marks behind them. */
class PlacedEvents {
  readonly #source: ExportSource;
  readonly #waiting = new Map<ConnectionId, readonly LogEvent[]>();
  /** Where the rows stand that others are made from, by what they were. */
  readonly #places = new Map<number, number>();
  readonly #schemas = new Map<string, number>();
  #list: PlacedEvent[] = [];
  connections = 0;

  constructor(source: ExportSource) {
    this.#source = source;
  }

  begin(): void {
    const { targets, clock, connections, answers } = this.#source;
    for (const target of targets.values()) this.#list.push({ row: 0, event: { type: "target", target } });
    for (const { monotonic, wallTime } of clock.anchors) this.#list.push({ row: 0, event: { type: "clock", time: monotonic, wallTime } });
    for (const event of answers) this.#list.push({ row: 0, event });
    const last = new Map<ConnectionId, ConnectionId>();
    for (const connection of connections) {
      const family = connection.transport === "event-source" ? (connection.family ?? connection.id) : connection.id;
      const events: LogEvent[] = connectionEvents(connection, clock, last.get(family));
      last.set(family, connection.id);
      const choice = this.#source.decoderChoice(connection.id);
      if (!isAutomatic(choice)) events.push({ type: "decode-as", connection: connection.id, ...choice, fromStart: true });
      this.#waiting.set(connection.id, events);
      this.connections += 1;
    }
  }

  take(frame: ExportFrame, row: number): void {
    this.#announce(frame.connection, row);
    const { connection, unreported, size, event, ruled, madeFrom, pinned, note } = frame;
    const details: RowDetail[] = [];
    if (unreported && size !== undefined) details.push({ type: "payload-size", connection, bytes: size });
    if (event !== undefined && frame.kind === "message" && (event.name !== "message" || event.id !== "")) details.push({ type: "stream-event", connection, name: event.name, id: event.id });
    if (ruled !== undefined) details.push({ type: "ruled", connection, ...ruled, back: null, ofDirection: "sent" });
    const source = madeFrom === undefined ? undefined : this.#placeOf(madeFrom);
    if (source !== undefined) details.push({ type: "made-from", connection, row: frameIndex(source) });
    for (const detail of details) this.#list.push({ row, event: detail });
    if (pinned || note !== "") this.#list.push({ row: row + 1, event: { type: "mark", frame: row, pinned, note } });
    if (frame.row !== row) this.#places.set(frame.row, row);
  }

  /** Connections without a row. */
  finish(row: number): void {
    for (const id of this.#waiting.keys()) this.#announce(id, row);
  }

  /** What is to stand in this block. */
  list(): readonly PlacedEvent[] {
    const list = this.#list;
    this.#list = [];
    return list;
  }

  /** Of all rows each stands where it stood. */
  #placeOf(row: number): number | undefined {
    return this.#places.size === 0 ? row : this.#places.get(row);
  }

  /** A schema stands once; other connections name one that has it. */
  #shared(event: LogEvent): LogEvent {
    if (event.type !== "decode-as" || typeof event.schema !== "string") return event;
    const first = this.#schemas.get(event.schema);
    if (first === undefined) this.#schemas.set(event.schema, event.connection);
    return first === undefined ? event : { ...event, schema: first };
  }

  #announce(connection: ConnectionId, row: number): void {
    const events = this.#waiting.get(connection);
    if (events === undefined) return;
    this.#waiting.delete(connection);
    for (const event of events) this.#list.push({ row, event: this.#shared(event) });
  }
}
