import { ConnectionDecoder } from "../decode/connection-decoder.ts";
import type { ConnectionFacts, Decoded, Decoder, FrameToDecode } from "../decode/decoder.ts";
import { loadDecoder, loadRefusal } from "../decode/decoder-loads.ts";
import { encodeDerived } from "../decode/derived-message.ts";
import { Pairing } from "../decode/pairing.ts";
import type { RowToPair } from "../decode/row-to-pair.ts";
import { DECODERS } from "../decode/registry.ts";
import { NOT_KEPT, TextCodes } from "../log/kept-texts.ts";
import { MESSAGE_KINDS } from "../model/message-kind.ts";
import { directionOf, OPCODE_TEXT, opcodeOf, type Direction } from "../model/frame.ts";
import type { MessageId } from "../model/message-id.ts";
import type { OwnDecoder, OwnReading } from "../model/own-decoder.ts";
import type { PairPaths } from "../model/pair-paths.ts";
import type { Told } from "../model/said.ts";
import type { StreamEvent } from "../model/stream-event.ts";
import { connectionId, monotonicSeconds } from "../model/units.ts";
import type { CutPayloads, CutRows } from "./cut-rows.ts";
import { NamedPairs } from "./named-pairs.ts";
import { Sequences } from "./sequences.ts";
import { inTurn, type ThreadServer } from "./thread.ts";

/** The next messages of a log, in order. */
export interface DecodeRequest {
  /** Another generation is another log, or other decoders: what was learnt from the one before is forgotten. */
  readonly generation: number;
  readonly rows: CutRows;
  readonly payloads: CutPayloads;
  /** Of event streams: the name and id of each row's event. Left out where no row has one. */
  readonly events?: readonly (StreamEvent | undefined)[];
  /** What own decoders say, one entry a row: see `withOwnDecoders`. Left out where none is asked. */
  readonly own?: readonly OwnReading[];
  /** The connections of these rows that were not told yet. */
  readonly connections: readonly ConnectionToDecode[];
  /** Rows before which messages were not captured, of any connection; rising. */
  readonly interrupts: readonly number[];
  /** Each row is told of before it is decoded, so that the one is known at which the thread breaks. */
  readonly isCareful: boolean;
}

export interface ConnectionToDecode extends ConnectionFacts {
  readonly id: number;
  /** The id of the decoder that the user chose. */
  readonly chosen: string | null;
  /** Where that is one of the user's own; it is not asked where `without` names `own`. */
  readonly own?: OwnDecoder | undefined;
  readonly without: readonly string[];
  /** How the user paired its messages. */
  readonly pairs?: PairPaths | undefined;
}

export interface DecodeStep {
  /** The row that comes now. */
  readonly reached: number;
  /** The decoder that is asked for it now, or that is loaded for it. */
  readonly decoder?: string;
}

/** A decoder that a connection needs and that could not be loaded. */
export interface NotLoaded {
  readonly connection: number;
  readonly decoder: string;
  /** Null: a bug. */
  readonly why: Told | null;
}

export interface DecodeAnswer {
  readonly generation: number;
  /** Labels that are new, in the order of their ids; the first of all has id 1. */
  readonly names: readonly string[];
  /** Names of topics and of ids that are new, in the order of their codes; the first of all has `FIRST_NAME`. */
  readonly topicNames: readonly string[];
  readonly idNames: readonly string[];
  /** One entry a row, as `DecodedRow`. */
  readonly labels: Uint32Array<ArrayBuffer>;
  readonly kinds: Uint8Array<ArrayBuffer>;
  readonly decoders: Uint8Array<ArrayBuffer>;
  readonly topics: Uint32Array<ArrayBuffer>;
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly answers: Uint32Array<ArrayBuffer>;
  /** Of a row that says by its number that something is odd: its place in `SEQUENCE_ODDITIES` and one more; else 0. */
  readonly sequences: Uint8Array<ArrayBuffer>;
  readonly derived: readonly DerivedRow[];
  /** Frames that are no message of their own: each message that takes several counts once. */
  readonly continued: number;
  /** The messages of the frames that hold several. */
  readonly several: FoundMessages;
  /** Of request and answer, request and answer … the row and the place among the messages of its frame. */
  readonly pairs: Uint32Array<ArrayBuffer>;
  /** Requests of this log, so far, whose answers find no partner (see `Pairing`). */
  readonly forgotten: number;
  readonly notLoaded: readonly NotLoaded[];
  /** The memory of the payloads, for the next piece. */
  readonly spent: ArrayBuffer;
}

/** What was found of messages, one entry each, as `MessageFacts`. */
export type FoundFacts = Readonly<Record<"labels" | "kinds" | "topics" | "ids" | "answers", ArrayLike<number>>>;

/** One entry a message; frames follow one another as in the request. */
export type FoundMessages = Readonly<Record<keyof FoundFacts | "froms" | "tos", number[]>> & {
  /** The frame's place in the request, for each of its messages. */
  readonly places: number[];
};

/** What only decoding in order knows of a message: see `encodeDerived`. */
export interface DerivedRow {
  readonly row: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The row at which a message begins that takes several and ends here. */
  readonly first: number | undefined;
}

/** Labels are foreign text: past so many, a new one reads as its decoder's name. */
const MOST_LABELS = 1 << 16;

/** Decodes until a decoder is to be loaded, or all is done. */
type Work = Generator<Missing, DecodeAnswer, undefined>;

/** Does the next part of the work; undefined where that did not end well: then nothing is answered. */
export type WorkOn = (work: Work) => IteratorResult<Missing, DecodeAnswer> | undefined;

/**
 * Decodes message after message of one log; `answer` hears what was found, at once where no decoder has to be loaded.
 * `reached` is told of rows where the request asks for it, and where a decoder is loaded. `decoders`: the registry's, or
 * others in their places.
 */
export function createDecodeResponder(
  reached: (step: DecodeStep) => void = () => {},
  decoders: readonly Decoder[] = DECODERS,
  workOn: WorkOn = (work) => work.next(),
): (request: DecodeRequest, answer: (answer: DecodeAnswer) => void) => void {
  let generation: number | undefined;
  let state = new LogDecoder(decoders);
  const respond = inTurn(({ request, answer }: { readonly request: DecodeRequest; readonly answer: (answer: DecodeAnswer) => void }) => {
    if (request.generation !== generation) {
      generation = request.generation;
      state = new LogDecoder(decoders);
    }
    const work = state.decode(request, request.isCareful ? reached : undefined);
    const first = workOn(work);
    if (first === undefined) return undefined;
    if (first.done !== true) return finish(work, first.value);
    answer(first.value);
    return undefined;

    async function finish(rest: Work, missing: Missing): Promise<void> {
      reached({ reached: missing.row, decoder: missing.decoder.id });
      await loadDecoder(missing.decoder);
      const next = workOn(rest);
      if (next === undefined) return;
      if (next.done !== true) return await finish(rest, next.value);
      answer(next.value);
    }
  });
  return (request, answer) => respond({ request, answer });
}

/** A decoder that is to be loaded before the row can be decoded. */
interface Missing {
  readonly row: number;
  readonly decoder: Decoder;
}

const FIRST_CONTROL = 8;

/** What is found of the rows of a request. */
class Found {
  readonly labels;
  readonly kinds;
  readonly decoders;
  readonly topics;
  readonly ids;
  readonly answers;
  readonly sequences;
  readonly names: string[] = [];
  readonly topicNames: string[] = [];
  readonly idNames: string[] = [];
  readonly pairs: number[] = [];
  continued = 0;
  readonly several: FoundMessages = { places: [], froms: [], tos: [], labels: [], kinds: [], topics: [], ids: [], answers: [] };
  readonly derived: DerivedRow[] = [];

  constructor(count: number) {
    this.labels = new Uint32Array(count);
    this.kinds = new Uint8Array(count);
    this.decoders = new Uint8Array(count);
    this.topics = new Uint32Array(count);
    this.ids = new Uint32Array(count);
    this.answers = new Uint32Array(count);
    this.sequences = new Uint8Array(count);
  }
}

const frameOf = (bytes: Uint8Array, from: number, to: number, opcode: number, direction: Direction, row: number, event: StreamEvent | undefined, own: OwnReading | undefined): FrameToDecode & { readonly row: number } => ({ bytes: bytes.subarray(from, to), opcode, direction, row, event, own });

const telling =
  (reached: (step: DecodeStep) => void, row: number) =>
  (decoder: string): void =>
    reached({ reached: row, decoder });

class LogDecoder {
  readonly #connections = new Map<number, ConnectionDecoder>();
  readonly #pairing = new Pairing();
  /** Of the connections whose messages the user paired. */
  readonly #named = new Map<number, NamedPairs>();
  readonly #labels = new Map<string, number>();
  readonly #topics = new TextCodes();
  readonly #ids = new TextCodes();
  readonly #sequences = new Sequences();
  #lastDecoder = "";
  #lastPlace = 0;
  #lastLabel: string | undefined;
  #lastLabelId = 0;
  readonly #decoders: readonly Decoder[];
  /** Since the last answer. */
  readonly #notLoaded: NotLoaded[] = [];

  constructor(decoders: readonly Decoder[]) {
    this.#decoders = decoders;
  }

  /** Stands still at a row whose decoder is to be loaded, and goes on with the same row after it. */
  *decode({ generation, rows, payloads, connections, events, own, interrupts }: DecodeRequest, reached: ((step: DecodeStep) => void) | undefined): Work {
    for (const { id, chosen, without, pairs: paths, ...facts } of connections) {
      const notLoaded = (decoder: Decoder): void => void this.#notLoaded.push({ connection: id, decoder: decoder.id, why: loadRefusal(decoder) });
      this.#connections.set(id, new ConnectionDecoder(facts, { pinned: chosen ?? undefined, without, decoders: this.#decoders, wantsValue: paths !== undefined, notLoaded }));
      // One that is told again, without a decoder that broke, goes on with what it knows.
      if (paths !== undefined && !this.#named.has(id)) this.#named.set(id, new NamedPairs(paths));
    }
    const found = new Found(rows.rows.length);
    for (let i = 0, from = 0, interrupted = 0; i < rows.rows.length; i++) {
      const row = rows.rows[i] as number;
      for (; (interrupts[interrupted] ?? Infinity) < row; interrupted++) {
        this.#sequences.interrupt();
        this.#pairing.interrupt();
      }
      reached?.({ reached: row });
      const to = payloads.ends[i] as number;
      const bits = rows.bits[i] as number;
      const direction = directionOf(bits);
      const opcode = opcodeOf(bits);
      // What pings, pongs and close frames say is no message of a protocol (RFC 6455 §5.5); only files have them.
      if (direction !== undefined && opcode < FIRST_CONTROL) {
        const connection = rows.connections[i] as number;
        const isPlain = opcode === OPCODE_TEXT && events === undefined && own === undefined && reached === undefined;
        if (isPlain && this.#takeKnown(found, i, payloads.bytes, from, to, direction, row, connection, rows.times[i] as number, bits)) {
          from = to;
          continue;
        }
        const frame = frameOf(payloads.bytes, from, to, opcode, direction, row, events?.[i], own?.[i]);
        let missing = this.#decodeFrame(found, i, frame, connection, rows.times[i] as number, bits, reached);
        for (; missing !== undefined; missing = this.#decodeFrame(found, i, frame, connection, rows.times[i] as number, bits, reached)) yield { row, decoder: missing };
      }
      from = to;
    }
    const { names, topicNames, idNames, pairs, ...columns } = found;
    const notLoaded = this.#notLoaded.splice(0);
    return { generation, names, topicNames, idNames, ...columns, pairs: Uint32Array.from(pairs), forgotten: this.#pairing.forgotten, notLoaded, spent: payloads.bytes.buffer };
  }

  /** A text message whose like came before: of most of a capture no more is made than what stands in columns. Answers whether it was one. */
  #takeKnown(found: Found, i: number, bytes: Uint8Array, from: number, to: number, direction: Direction, row: number, connection: number, seconds: number, bits: number): boolean {
    const known = this.#connections.get(connection)?.known(bytes, from, to, direction);
    if (known === undefined) return false;
    const label = this.#labelOf(known, found.names);
    const topic = this.#topics.codeOf(known.topic, found.topicNames);
    found.labels[i] = label;
    found.kinds[i] = kindOf(known);
    found.decoders[i] = this.#placeOf(known.decoder);
    found.topics[i] = topic;
    found.ids[i] = this.#ids.codeOf(known.id, found.idNames);
    found.answers[i] = this.#ids.codeOf(known.answers, found.idNames);
    if (topic === NOT_KEPT) found.derived.push({ row, bytes: encodeDerived(known.whole(bytes.subarray(from, to))), first: undefined });
    const place = { index: row, message: 0, connection: connectionId(connection), time: monotonicSeconds(seconds), direction, decoded: known };
    found.sequences[i] = this.#sequences.codeOf(connection, place, label, bits, bytes, from, to);
    this.#pair(place, found.pairs);
    return true;
  }

  /** The frame at a place of the request; answers what is to be loaded before it is decoded. No generator: this is what every message goes through. */
  #decodeFrame(found: Found, i: number, frame: FrameToDecode & { readonly row: number }, connection: number, seconds: number, bits: number, reached: ((step: DecodeStep) => void) | undefined): Decoder | undefined {
    const decoder = this.#connections.get(connection);
    const decoded = decoder?.decode(frame, reached && telling(reached, frame.row));
    if (decoded === undefined) return decoder?.awaits;
    const { row, direction, bytes, event } = frame;
    const named = this.#named.size === 0 ? undefined : this.#named.get(connection);
    // Of a frame of several each message is asked, once.
    const paired = decoded.messages.length === 0 ? (named?.read(decoded, direction) ?? decoded) : decoded;
    const label = this.#labelOf(decoded, found.names);
    const topic = codeOf(decoded, decoded.topic, this.#topics, found.topicNames);
    const id = codeOf(decoded, paired.id, this.#ids, found.idNames);
    found.labels[i] = label;
    found.kinds[i] = kindOf(paired);
    found.decoders[i] = this.#placeOf(decoded.decoder);
    found.topics[i] = topic;
    found.ids[i] = id;
    found.answers[i] = codeOf(decoded, paired.answers, this.#ids, found.idNames);
    // A message's last frame names all of its frames; only one of them counts.
    if (decoded.joined.length > 0) found.continued += decoded.joined.length - 1;
    // A topic may come from a message before, an id from what stands beside the payload: neither is told by it alone.
    const isUntold = !decoded.isPartial && (topic === NOT_KEPT || (id === NOT_KEPT && event !== undefined));
    if (decoded.derives !== undefined || isUntold) found.derived.push({ row, bytes: encodeDerived(decoded), first: decoded.joined[0] });
    const place = { index: row, message: 0, connection: connectionId(connection), time: monotonicSeconds(seconds), direction, decoded: paired };
    if (decoded.messages.length === 0) {
      found.sequences[i] = this.#sequences.codeOf(connection, place, label, bits, bytes, 0, bytes.length);
      this.#pair(place, found.pairs);
      return undefined;
    }
    const { several } = found;
    for (const [message, { from: start, to: end, decoded: said }] of decoded.messages.entries()) {
      const part = named?.read(said, direction) ?? said;
      several.places.push(i);
      several.labels.push(this.#labelOf(said, found.names));
      several.kinds.push(kindOf(part));
      several.topics.push(codeOf(said, said.topic, this.#topics, found.topicNames));
      several.ids.push(codeOf(said, part.id, this.#ids, found.idNames));
      several.answers.push(codeOf(said, part.answers, this.#ids, found.idNames));
      several.froms.push(start);
      several.tos.push(end);
      this.#pair({ ...place, message, decoded: part }, found.pairs);
    }
    return undefined;
  }

  /** Most messages are taken by the decoder of the one before. */
  #placeOf(decoder: string): number {
    if (decoder !== this.#lastDecoder) {
      this.#lastDecoder = decoder;
      this.#lastPlace = PLACES.get(decoder) ?? 0;
    }
    return this.#lastPlace;
  }

  #pair(message: RowToPair & { readonly message: number }, pairs: number[]): void {
    const pair = this.#pairing.add(message);
    if (pair !== undefined) pairs.push(pair.answersRow, pair.answersMessage, message.index, message.message);
  }

  #labelOf({ label, decoder }: Pick<Decoded, "label" | "decoder">, added: string[]): number {
    if (label === this.#lastLabel) return this.#lastLabelId;
    const isFull = this.#labels.size >= MOST_LABELS && !this.#labels.has(label);
    const id = this.#idOf(isFull ? decoder : label, added);
    if (isFull) return id;
    this.#lastLabel = label;
    this.#lastLabelId = id;
    return id;
  }

  #idOf(label: string, added: string[]): number {
    const known = this.#labels.get(label);
    if (known !== undefined) return known;
    const id = this.#labels.size + 1;
    this.#labels.set(label, id);
    added.push(label);
    return id;
  }
}

/** As `DecodedRow.decoder`, by id: there are more decoders than are worth going through for each message. */
const PLACES: ReadonlyMap<string, number> = new Map(DECODERS.map(({ id }, place) => [id, place + 1]));

/** Of a message that was read at its head only the rest may tell what was not found. */
function codeOf({ isPartial }: Decoded, text: MessageId | undefined, codes: TextCodes, added: string[]): number {
  return text === undefined && isPartial ? NOT_KEPT : codes.codeOf(text, added);
}

const kindOf = ({ kind }: Pick<Decoded, "kind">): number => MESSAGE_KINDS.indexOf(kind) + 1;

/** What the decode thread of any housing does; `decoders`: those of the registry. */
export const serveDecoding =
  (decoders: readonly Decoder[] = DECODERS): ThreadServer =>
  (post) => {
    const respond = createDecodeResponder((step) => post(step, []), decoders);
    return (request: DecodeRequest) => respond(request, (answer) => post(answer, [answer.spent]));
  };
