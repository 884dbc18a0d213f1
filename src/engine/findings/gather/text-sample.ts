import { DeflateMeter } from "../../../format/writing/deflate-meter.ts";
import type { SeenRow } from "../seen-row.ts";

/** Bytes to an address that are compressed, each way: enough to know by. */
const MOST_BYTES = 131_072;
/** Text of a connection after which it is looked at: to compress takes memory, and many say little. */
const LEAST_TEXT = 50_000;
/** Addresses that are looked at, and connections of each. */
const MOST_PLACES = 16;
const MOST_CONNECTIONS = 8;

/** What compression would have saved of the text that went to and from an address, tried on some of it. */
export interface TextSample {
  /** Bytes that it was tried on, and how many it would have left of them. */
  readonly bytes: number;
  readonly compressed: number;
}

/** What went one way over a connection: each message with those before it as its window. Let go of once there is enough. */
interface Metered {
  bytes: number;
  meter: DeflateMeter | undefined;
}

/** Text that went one way between one address and those that connect to it, as permessage-deflate would have sent it (RFC 7692). */
class WaySample {
  bytes = 0;
  #compressed = 0;
  #metered: Metered[] = [];

  begin(): Metered {
    const metered: Metered = { bytes: 0, meter: undefined };
    this.#metered.push(metered);
    return metered;
  }

  add(to: Metered, row: SeenRow): void {
    if (this.bytes >= MOST_BYTES) return;
    const bytes = row.bytes();
    const payload = bytes.subarray(row.start, row.start + Math.min(row.length, MOST_BYTES - this.bytes));
    (to.meter ??= new DeflateMeter()).add(payload);
    to.bytes += payload.length;
    this.bytes += payload.length;
    if (this.bytes >= MOST_BYTES) this.#end();
  }

  /** What would not get smaller would have been sent as it was. */
  get compressed(): number {
    return this.#metered.reduce((sum, { bytes, meter }) => sum + Math.min(bytes, meter?.bytes ?? bytes), this.#compressed);
  }

  #end(): void {
    this.#compressed = this.compressed;
    for (const metered of this.#metered) metered.meter = undefined;
    this.#metered = [];
  }
}

class PlaceSample implements TextSample {
  readonly ways = { sent: new WaySample(), received: new WaySample() } as const;
  connections = 0;

  get bytes(): number {
    return this.ways.sent.bytes + this.ways.received.bytes;
  }

  get compressed(): number {
    return this.ways.sent.compressed + this.ways.received.compressed;
  }
}

/** One connection's part of it. */
interface Part {
  readonly place: PlaceSample;
  readonly sent: Metered;
  readonly received: Metered;
}

/** Samples by address: many connections to one take no longer than a few, and no more memory. */
export class TextSamples {
  readonly #places = new Map<string, PlaceSample>();

  at(place: string): TextSample | undefined {
    return this.#places.get(place);
  }

  /** Undefined where as many are looked at as can be. */
  begin(name: string): Part | undefined {
    const place = this.#places.get(name) ?? new PlaceSample();
    if (place.connections >= MOST_CONNECTIONS || (place.connections === 0 && this.#places.size >= MOST_PLACES)) return undefined;
    this.#places.set(name, place);
    place.connections++;
    return { place, sent: place.ways.sent.begin(), received: place.ways.received.begin() };
  }
}

/** The text of one connection that goes uncompressed. */
export class UncompressedText {
  readonly #samples: TextSamples;
  readonly #place: string;
  #bytes = 0;
  #part: Part | undefined;
  #isAsked = false;

  /** `place`: the address, as families of connections have it. */
  constructor(samples: TextSamples, place: string) {
    this.#samples = samples;
    this.#place = place;
  }

  add(row: SeenRow): void {
    this.#bytes += row.length;
    if (this.#bytes <= LEAST_TEXT) return;
    if (!this.#isAsked) this.#part = this.#samples.begin(this.#place);
    this.#isAsked = true;
    this.#part?.place.ways[row.direction].add(this.#part[row.direction], row);
  }

  get sample(): TextSample | undefined {
    return this.#samples.at(this.#place);
  }
}
