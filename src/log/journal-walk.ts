import type { ByteRange, Damage } from "./damage.ts";
import { bodyChecksum, decodeBody, LONGEST_HEAD, readHead } from "./journal-block.ts";
import type { BlockBody, BlockHead, BlockPlace } from "./journal-versions/block.ts";
import { MAGIC_BYTES } from "./journal-versions/head.ts";
import { JOURNAL_START, type JournalEnd } from "./journal.ts";
import { PAYLOAD_PAGE, readFrom, type AppendFile } from "./payload-pages.ts";
import { PayloadPlaces } from "./payload-places.ts";

/**
 * `whole`: every block is read and checked, its payloads too. `heads`: heads alone are, and a block only where its head
 * does not lead to the next; damage inside a block is not seen.
 */
export type Look = "heads" | "whole";

/** A block that is whole: its rows, their payloads from `payloadOffset` of the file on. Of `heads`, the body is read on request. */
export interface FoundBlock {
  readonly type: "block";
  readonly at: number;
  readonly head: BlockHead;
  readonly body: BlockBody | undefined;
  readonly payloadOffset: number;
  /** What comes before it in the capture as it was written; undefined where that is not known. */
  readonly place: BlockPlace | undefined;
}

export type Found =
  | FoundBlock
  /** A block whose payloads are damaged, or which has no rows: what the capture told beside them counts. */
  | (Omit<FoundBlock, "type"> & { readonly type: "without rows" })
  /** What lies between the block before and the next, or the end. */
  | { readonly type: "damage"; readonly damage: Damage }
  /** Nothing yet. */
  | { readonly type: "searching" }
  | { readonly type: "end" };

/** The damage that is being passed. */
interface Gap {
  journal: ByteRange | undefined;
  payloads: ByteRange | undefined;
  /** Frames that heads in it tell of, and how far the bytes reach that these count. */
  frames: number;
  countedTo: number;
  version: number | undefined;
}

interface ReadBlock {
  readonly at: number;
  readonly head: BlockHead;
  readonly body: BlockBody | undefined;
}

/** Why there is no block at a place; `head`: where that at least is sure. */
interface Fault {
  readonly version?: number;
  readonly head?: BlockHead;
}

const SEARCHING: Found = { type: "searching" };
/** A part of a file that is read at a time. */
const PART = 1 << 20;
/** Blocks of the way to the end in one step. */
const TAIL_STEPS = 64;
/**
 * Bytes that are checked in vain while a block is searched: so many times the journal's size, and these. Damage never costs
 * as much; a file that was made to cost it ends there.
 */
const MOST_IN_VAIN = 4;
const MOST_IN_VAIN_BYTES = 1 << 26;

/**
 * Goes from block to block of a journal, over what is damaged to the next that is whole: a block describes itself. Never
 * throws, whatever the bytes; each step takes a few milliseconds; memory is bounded by the longest block.
 */
export class JournalWalk {
  readonly #journal: AppendFile;
  readonly #payloads: AppendFile;
  readonly #look: Look;
  readonly #size: number;
  #at = 0;
  #isSearching = false;
  #gap: Gap | undefined;
  /** To be answered next. */
  #held: Found | undefined;
  /** What the last block that was found reaches to, and the last one whose rows are whole. */
  #end: JournalEnd = JOURNAL_START;
  #whole: JournalEnd = JOURNAL_START;
  /** What they reach to is known by number, not only at least. */
  #isNumbered = true;
  #isWholeNumbered = true;
  #bytesInVain = 0;
  readonly #places: PayloadPlaces;
  /** Goes ahead to the end, once payloads are not where they should be. */
  #tail: JournalWalk | undefined;
  /** Whose payloads are being looked for. */
  #waiting: ReadBlock | undefined;
  readonly #part: Uint8Array<ArrayBuffer>;
  /** The part that is searched. */
  #window: Uint8Array<ArrayBuffer> | undefined;

  constructor(journal: AppendFile, payloads: AppendFile, look: Look) {
    this.#journal = journal;
    this.#payloads = payloads;
    this.#look = look;
    this.#size = journal.size;
    // Many captures are small, and a list looks at all of them.
    this.#part = new Uint8Array(Math.min(PART, Math.max(journal.size, payloads.size, LONGEST_HEAD)));
    this.#places = new PayloadPlaces(payloads, this.#part, () => this.#findTail());
  }

  /** Bytes of the journal that are behind. */
  get at(): number {
    return this.#at;
  }

  get size(): number {
    return this.#size;
  }

  /** How far the capture reached as it was written, as far as that is known. */
  get end(): JournalEnd {
    return this.#end;
  }

  next(): Found {
    if (this.#held !== undefined) {
      const held = this.#held;
      this.#held = undefined;
      return held;
    }
    if (this.#waiting !== undefined) {
      const block = this.#waiting;
      this.#waiting = undefined;
      return this.#take(block);
    }
    if (this.#at >= this.#size) return this.#finish();
    if (this.#isSearching) return this.#search();
    const found = this.#blockAt(this.#at, this.#read(this.#at, this.#part.subarray(0, LONGEST_HEAD)), this.#look);
    if ("body" in found) return this.#take(found);
    this.#enterGap(found);
    return SEARCHING;
  }

  /** The body of a block that was found by its head; undefined where it is damaged. */
  bodyOf({ at, head, body }: FoundBlock): BlockBody | undefined {
    return body ?? this.#body(at, head);
  }

  // ── blocks ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The block at a place; `bytes`: those from there on. */
  #blockAt(at: number, bytes: Uint8Array, look: Look): ReadBlock | Fault {
    const head = readHead(bytes);
    if (typeof head === "number") return { version: head };
    if (head === "damaged" || !this.#follows(head)) return {};
    const sure = head.isSure ? { head } : {};
    const end = at + head.headLength + head.bodyLength;
    if (end > this.#size) return sure;
    if (look === "heads" && this.#leadsOn(end)) return { at, head, body: undefined };
    const body = this.#body(at, head);
    return body === undefined ? sure : { at, head, body };
  }

  /** Whether a block can come after those before: nothing comes twice, and nothing is put in between. */
  #follows({ payloadFrom, place }: BlockHead): boolean {
    const { blocks, rows, frames, payload } = this.#end;
    if (payloadFrom < payload) return false;
    if (place === undefined) return true;
    const isNext = place.blocks === blocks && this.#isNumbered && this.#gap === undefined;
    if (isNext) return place.rows === rows && place.frames === frames && payloadFrom === payload;
    return place.blocks >= blocks && place.rows >= rows && place.frames >= frames;
  }

  /** Whether the next block begins there, or nothing more comes. */
  #leadsOn(end: number): boolean {
    if (end === this.#size) return true;
    const bytes = this.#read(end, this.#part.subarray(0, MAGIC_BYTES.length));
    return bytes.length === MAGIC_BYTES.length && MAGIC_BYTES.every((byte, i) => bytes[i] === byte);
  }

  /** Undefined where its checksum does not fit. A long one is checked before there is memory for it. */
  #body(at: number, head: BlockHead): BlockBody | undefined {
    const from = at + head.headLength;
    const { bodyLength } = head;
    const quickly = bodyLength <= PAYLOAD_PAGE ? this.#journal.checksum?.(from, bodyLength, head.bodySeed) : undefined;
    const checksum = bodyChecksum(head);
    let done = 0;
    for (; bodyLength - done > PART; done += PART) {
      if (this.#read(from + done, this.#part).length < PART) return this.#inVain(done);
      checksum.add(this.#part);
    }
    const last = this.#read(from + done, this.#part.subarray(0, bodyLength - done));
    if (last.length < bodyLength - done || (quickly ?? checksum.end(last)) !== head.bodyChecksum) return this.#inVain(bodyLength);
    const body = done === 0 ? last : this.#read(from, new Uint8Array(bodyLength));
    return decodeBody(head, body) ?? this.#inVain(bodyLength);
  }

  #inVain(bytes: number): undefined {
    this.#bytesInVain += bytes;
  }

  /** A block that is whole, but for its payloads perhaps. */
  #take(block: ReadBlock): Found {
    const { head, at } = block;
    const offset = this.#payloadsOf(head);
    if (offset === "wait") {
      this.#waiting = block;
      return SEARCHING;
    }
    if (this.#gap?.journal !== undefined && this.#isSearching) this.#gap.journal = { from: this.#gap.journal.from, to: at };
    if (this.#gap?.journal === undefined && this.#jumps(head)) this.#openGap().journal = { from: at, to: at };
    this.#at = at + head.headLength + head.bodyLength;
    this.#isSearching = false;
    const place = head.place ?? (this.#isNumbered && this.#gap?.journal === undefined ? this.#end : undefined);
    const before = place ?? this.#end;
    const end = { blocks: before.blocks + 1, rows: before.rows + head.rows, frames: before.frames + head.frames, payload: head.payloadTo };
    this.#isNumbered = place !== undefined;
    const { payloadFrom, payloadTo } = head;
    // Between blocks whose payloads are damaged, one without rows does not end the place.
    const isBetween = head.rows === 0 && this.#gap !== undefined && this.#gap.journal === undefined;
    if (offset === undefined || isBetween) {
      if (!isBetween) {
        const gap = this.#openGap();
        gap.payloads = { from: gap.payloads?.from ?? payloadFrom, to: payloadTo };
        gap.frames += head.frames;
        gap.countedTo = this.#at;
      }
      this.#end = end;
      return { ...block, type: "without rows", payloadOffset: payloadFrom, place };
    }
    const damage = this.#closeGap(place);
    this.#end = end;
    this.#whole = end;
    this.#isWholeNumbered = this.#isNumbered;
    const found: Found = { ...block, type: "block", payloadOffset: offset, place };
    if (damage === undefined) return found;
    this.#held = found;
    return { type: "damage", damage };
  }

  #jumps({ place, payloadFrom }: BlockHead): boolean {
    return payloadFrom > this.#end.payload || (place !== undefined && place.blocks > this.#end.blocks);
  }

  /** Where in the file a block's payloads stand; undefined where they are damaged. */
  #payloadsOf(head: BlockHead): number | "wait" | undefined {
    if (this.#look === "whole") return this.#places.find(head);
    return head.payloadTo <= this.#payloads.size ? head.payloadFrom : undefined;
  }

  /** The end that the payloads had, as far as the heads tell. */
  #findTail(): number | undefined {
    this.#tail ??= new JournalWalk(this.#journal, this.#payloads, "heads");
    for (let i = 0; i < TAIL_STEPS; i++) if (this.#tail.next().type === "end") return this.#tail.end.payload;
    return undefined;
  }

  // ── damage ────────────────────────────────────────────────────────────────────────────────────────────────────

  #openGap(): Gap {
    this.#gap ??= { journal: undefined, payloads: undefined, frames: 0, countedTo: 0, version: undefined };
    return this.#gap;
  }

  #enterGap({ version, head }: Fault): void {
    const gap = this.#openGap();
    gap.journal = { from: gap.journal?.from ?? this.#at, to: this.#at };
    gap.version ??= version;
    this.#count(this.#at, head);
    this.#at++;
    this.#isSearching = true;
  }

  /** What a head that is sure says was there. */
  #count(at: number, head: BlockHead | undefined): void {
    const gap = this.#openGap();
    if (head === undefined || at < gap.countedTo) return;
    gap.frames += head.frames;
    gap.countedTo = at + head.headLength + head.bodyLength;
  }

  /** `place`: what comes before the block that ends it. */
  #closeGap(place: BlockPlace | undefined): Damage | undefined {
    const gap = this.#gap;
    this.#gap = undefined;
    if (gap === undefined) return undefined;
    const { journal, payloads, version } = gap;
    const exact = place !== undefined && this.#isWholeNumbered ? place.frames - this.#whole.frames : undefined;
    // Where only payloads are damaged, the heads have told of all.
    return { journal, payloads, version, frames: exact ?? gap.frames, isExact: exact !== undefined || journal === undefined };
  }

  /** Looks for the next block in the next part of the journal. */
  #search(): Found {
    this.#window ??= new Uint8Array(this.#part.length);
    const bytes = this.#read(this.#at, this.#window.subarray(0, this.#size - this.#at));
    // What cannot be read has no block.
    if (bytes.length < LONGEST_HEAD && this.#at + bytes.length < this.#size) return this.#skip(this.#at + PART);
    const isLast = this.#at + bytes.length >= this.#size;
    const before = this.#bytesInVain;
    const start = this.#at;
    for (let i = bytes.indexOf(MAGIC_BYTES[0] as number); i !== -1; i = bytes.indexOf(MAGIC_BYTES[0] as number, i + 1)) {
      if (!MAGIC_BYTES.every((byte, k) => bytes[i + k] === byte)) continue;
      // Its head may reach into the next part.
      if (i + LONGEST_HEAD > bytes.length && !isLast && i > 0) return this.#skip(start + i);
      this.#at = start + i;
      const found = this.#blockAt(this.#at, bytes.subarray(i, i + LONGEST_HEAD), "whole");
      if ("body" in found) return this.#take(this.#look === "whole" ? found : { ...found, body: undefined });
      this.#count(this.#at, found.head);
      if (this.#bytesInVain > MOST_IN_VAIN * this.#size + MOST_IN_VAIN_BYTES) return this.#skip(this.#size);
      // The rest of the part is looked through later; reading it again costs less than what was in vain.
      if (this.#bytesInVain > before + PART) return this.#skip(start + i + 1);
    }
    // The first letters may stand at the end of this part.
    return this.#skip(isLast ? this.#size : start + bytes.length - MAGIC_BYTES.length + 1);
  }

  #skip(to: number): Found {
    this.#at = Math.min(to, this.#size);
    return SEARCHING;
  }

  #finish(): Found {
    if (this.#gap === undefined) return { type: "end" };
    if (this.#gap.journal !== undefined && this.#isSearching) this.#gap.journal = { from: this.#gap.journal.from, to: this.#size };
    const damage = this.#closeGap(undefined) as Damage;
    return { type: "damage", damage };
  }

  #read(offset: number, into: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    return readFrom(this.#journal, offset, into);
  }
}
