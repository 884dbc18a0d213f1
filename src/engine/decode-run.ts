import { MOST_BYTES } from "../decode/connection-decoder.ts";
import { decoderById } from "../decode/registry.ts";
import type { MessageColumns, MessageFacts, MessagePlace } from "../log/frame-messages.ts";
import { DIRECT, FIRST_NAME } from "../log/kept-texts.ts";
import { isMessage, kindOf, type FrameBits } from "../model/frame.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { connectionsOf, cutPayloads, cutRows } from "./cut-rows.ts";
import type { Faults } from "../model/faults.ts";
import { Deadline } from "./deadline.ts";
import type { DecodeAnswer, DecodeRequest, DecodeStep, FoundFacts } from "./decode-thread.ts";
import { decoderAt } from "./decoded-row.ts";
import { decoderOfChoice, decodingFacts } from "./decoding-facts.ts";
import { FEW_CORES } from "./few-cores.ts";
import { SetAside, type StoppedDecoder, type Stops } from "./set-aside.ts";
import { SpareBytes } from "./spare-bytes.ts";
import type { Thread } from "./thread.ts";
import type { Timers } from "./timers.ts";

/** Decodes, and where it is asked to be careful says before each row that it has come to it. */
export type DecodeThread = Thread<DecodeRequest, DecodeAnswer | DecodeStep>;

export interface DecodeRunEdges {
  readonly start: () => DecodeThread;
  /** Rows were decoded since. */
  readonly onProgress: () => void;
  readonly timers: Timers;
  /** How many threads can run at once. */
  readonly cores: number;
  readonly faults: Faults;
  /** Milliseconds that a piece may take; looked at row by row, that a row may. Left out: as long as a person waits who looks. */
  readonly deadline?: number | undefined;
  /** Which messages are to be decoded; null: none for now. Left out: all. */
  readonly wants?: (() => DecodeWish | null) | undefined;
}

/** Whether a row is to be decoded. */
export type DecodeWish = (row: FrameIndex) => boolean;

const DEADLINE_MS = 2000;
/** A thread whose script does not run after so many deadlines is none. */
const MOST_STARTS = 3;
/** A piece of which so many threads broke that came to none of its rows stays undecoded. */
const MOST_VAIN = 3;

const PIECE_BYTES = 1 << 20;
const PIECE_ROWS = 8192;
/**
 * While more comes than can be decoded, or than anybody reads where cores are few, decoding rests this many times as long
 * as its last piece took: it catches up afterwards, and the capture has the core.
 */
const REST = 20;
const LONGEST_REST_MS = 250;
/** The same where cores are few, as long as much comes: that is looked at each `LONGEST_REST_MS`. */
const LONGEST_REST_ON_FEW_CORES_MS = 1000;
const BUSY_BYTES_A_SECOND = 2 * 2 ** 20;
/** Rows without a message, as events are, pass uncopied; so many at most in one turn. */
const TURN_ROWS = 65_536;

interface NameCounts {
  readonly labels: number;
  readonly topics: number;
  readonly ids: number;
}

const NO_NAMES: NameCounts = { labels: 0, topics: 0, ids: 0 };

/** The piece under way. */
interface Piece {
  readonly generation: number;
  readonly from: number;
  readonly to: number;
  /** Those of them that are messages to be decoded. */
  readonly rows: Uint32Array;
  /** Messages among them that are set aside. */
  readonly aside: number;
  /** When it was sent, and how long the log was then. */
  readonly sentAt: number;
  readonly logLength: number;
  readonly logBytes: number;
}

/**
 * Has every message of the log decoded, in order, on a thread of its own, one piece under way at a time. What it finds
 * goes into the log's decoded columns, which so follow the log. A thread that breaks or hangs is replaced, and its piece
 * is looked at row by row: what broke it stays undecoded, the rest does not.
 */
export class DecodeRun implements Stops {
  readonly #capture: CaptureLog;
  readonly #start: () => DecodeThread;
  readonly #onProgress: () => void;
  readonly #wants: (() => DecodeWish | null) | undefined;
  readonly #timers: Timers;
  readonly #hasFewCores: boolean;
  /** Calls off the rest that decoding takes now. */
  #rest: (() => void) | undefined;
  #thread: DecodeThread | undefined;
  #generation = -1;
  #told = new Set<number>();
  readonly #spare = new SpareBytes();
  /** Names that threads before this one gave: its own count on from there. */
  #namesBefore: NameCounts = NO_NAMES;
  #forgotten = 0;
  #forgottenBefore = 0;
  #underWay: Piece | undefined;
  readonly #faults: Faults;
  readonly #deadline: Deadline;
  #starts = 0;
  /** A thread broke at the piece: it is to tell of each row before it decodes it. */
  #isCareful = false;
  /** The row that it told of last, and the decoder that it asked then. */
  #reached: DecodeStep | undefined;
  #vain = 0;
  #aside = new SetAside();
  #undecoded = 0;
  /** Rows before which messages were not captured, that the thread is to be told of with the next piece. */
  #interrupts: number[] = [];

  constructor(capture: CaptureLog, { start, onProgress, timers, cores, faults, deadline = DEADLINE_MS, wants }: DecodeRunEdges) {
    this.#wants = wants;
    this.#faults = faults;
    this.#deadline = new Deadline({ after: deadline, passed: () => this.#late(), timers });
    this.#timers = timers;
    this.#hasFewCores = cores <= FEW_CORES;
    this.#capture = capture;
    this.#start = start;
    this.#onProgress = onProgress;
  }

  /** Sends the next piece, unless one is under way. Call it when rows came. */
  advance(): void {
    const { log, decoded, decoding } = this.#capture;
    const generation = decoding.revision;
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#told = new Set();
      this.#namesBefore = NO_NAMES;
      this.#forgotten = 0;
      this.#forgottenBefore = 0;
      this.#aside = new SetAside();
      this.#undecoded = 0;
      this.#interrupts = [];
      this.#isCareful = false;
      // Its answer is of another log and will not be taken.
      this.#underWay = undefined;
    }
    const from = decoded.length;
    const wants = this.#wants?.();
    if (this.#underWay !== undefined || this.#rest !== undefined || from >= log.length || wants === null) return;
    const places: number[] = [];
    let size = 0;
    let aside = 0;
    let to = from;
    for (; to < log.length && to - from < TURN_ROWS && places.length < PIECE_ROWS && size < PIECE_BYTES; to++) {
      const index = frameIndex(to);
      const bits = log.bitsAt(index);
      if (isInterrupt(bits) && log.connectionAt(index) === 0) this.#interrupts.push(to);
      if (!isMessage(bits) || wants?.(index) === false) continue;
      if (!this.#aside.isEmpty && this.#aside.has(to, log.connectionAt(index))) {
        aside++;
        continue;
      }
      places.push(to);
      size += Math.min(log.lengthAt(index), MOST_BYTES + 1);
    }
    if (places.length === 0 && aside === 0) {
      decoded.addUndecoded(to - from);
      this.#onProgress();
      return this.advance();
    }
    const interrupts = this.#interrupts.splice(0);
    const rows = cutRows(log, Uint32Array.from(places));
    // One byte more than a decoder reads tells it that there is more.
    const payloads = cutPayloads(log, rows, { most: MOST_BYTES + 1, take: (bytes) => this.#spare.take(bytes) });
    const connections = connectionsOf(rows).flatMap((id) => {
      const connection = this.#capture.table.connections.get(id);
      if (this.#told.has(id) || connection === undefined) return [];
      this.#told.add(id);
      const { decoder: chosen, pairs } = this.#capture.decoding.choiceOf(id);
      return [{ id, without: this.#aside.decodersOf(id), chosen: decoderOfChoice(chosen), own: this.#capture.decoding.own.chosenBy(chosen), pairs, ...decodingFacts(this.#capture, connection) }];
    });
    this.#underWay = { generation, from, to, rows: rows.rows, aside, sentAt: this.#timers.now(), logLength: log.length, logBytes: log.messageBytes };
    this.#thread ??= this.#startThread();
    this.#reached = undefined;
    this.#starts = 0;
    this.#deadline.start();
    const events = log.details.hasEvents ? { events: places.map((row) => log.details.eventOf(row)) } : {};
    this.#thread.post({ generation, rows, payloads, connections, interrupts, ...events, isCareful: this.#isCareful }, [payloads.bytes.buffer]);
  }

  /** Requests whose answers find no partner, because too many waited or their ids are too long. */
  get forgotten(): number {
    return this.#forgottenBefore + this.#forgotten;
  }

  /** Messages that stay undecoded because a thread broke at them, or because what they need of earlier ones was too much. */
  get undecoded(): number {
    return this.#undecoded + this.#capture.decoded.derived.lost;
  }

  /** The decoders at which a thread broke, and those that could not be loaded. */
  get stopped(): readonly StoppedDecoder[] {
    return this.#aside.stopped;
  }

  isStopped(row: FrameIndex): boolean {
    if (this.#aside.isEmpty) return false;
    const connection = this.#capture.log.connectionAt(row);
    const decoder = decoderAt(this.#capture, row)?.id;
    return this.#aside.has(row, connection) || (decoder !== undefined && this.#aside.decodersOf(connection).includes(decoder));
  }

  stop(row: FrameIndex): void {
    const { log } = this.#capture;
    const connection = log.connectionAt(row);
    const decoder = decoderAt(this.#capture, row)?.id;
    // Of a longer one the table reads the head alone: that it takes too long to be read whole speaks against no other.
    if (decoder === undefined || log.lengthAt(row) > MOST_BYTES) this.#aside.addRow(row);
    else {
      this.#aside.add(row, connection, decoder);
      // The thread is told of the connection again, and of who is not asked there.
      if (this.#aside.decodersOf(connection).includes(decoder)) this.#told.delete(connection);
    }
    this.#onProgress();
  }

  end(): void {
    this.#deadline.stop();
    this.#rest?.();
    this.#rest = undefined;
    this.#thread?.end();
    this.#thread = undefined;
  }

  #startThread(): DecodeThread {
    const thread = this.#start();
    thread.onAnswer = (answer) => {
      if (this.#thread !== thread) return;
      if ("reached" in answer) {
        this.#reached = answer;
        this.#deadline.start();
        return;
      }
      this.#spare.give(answer.spent);
      this.#take(answer);
    };
    thread.onReady = () => this.#thread === thread && this.#underWay !== undefined && this.#deadline.start();
    thread.onFailure = (what, place) => this.#broke(thread, what, place);
    thread.onGone = () => this.#broke(thread, "the thread ended");
    return thread;
  }

  #late(): void {
    const thread = this.#thread;
    if (thread === undefined) return;
    if (!thread.isReady && ++this.#starts < MOST_STARTS) this.#deadline.start();
    else this.#broke(thread, thread.isReady ? "the thread hung" : "the thread did not start");
  }

  #broke(thread: DecodeThread, what: string, place?: string): void {
    if (this.#thread !== thread) return;
    const isOutside = decoderById(this.#reached?.decoder ?? "")?.isOutside === true;
    if (!isOutside) this.#faults.addTold(what, "decode thread", place);
    const piece = this.#underWay;
    this.#underWay = undefined;
    this.end();
    // The next thread knows nothing of what this one learnt.
    this.#told = new Set();
    const { names, topicNames, idNames } = this.#capture.decoded;
    this.#namesBefore = { labels: names.length - 1, topics: topicNames.length - FIRST_NAME, ids: idNames.length - FIRST_NAME };
    this.#forgottenBefore += this.#forgotten;
    this.#forgotten = 0;
    if (piece?.generation === this.#capture.decoding.revision) this.#blame(piece);
    this.advance();
  }

  /** The piece is sent again: row by row, and then without the row at which that broke as well. */
  #blame(piece: Piece): void {
    if (!this.#isCareful) {
      this.#isCareful = true;
      this.#vain = 0;
    } else if (this.#reached !== undefined) {
      const { reached, decoder } = this.#reached;
      this.#aside.add(reached, this.#capture.log.connectionAt(frameIndex(reached)), decoder);
      this.#vain = 0;
    } else if (++this.#vain === MOST_VAIN) {
      this.#undecoded += piece.rows.length;
      this.#underWay = piece;
      this.#take(undefined);
    }
  }

  #take(answer: DecodeAnswer | undefined): void {
    const underWay = this.#underWay;
    const generation = this.#capture.decoding.revision;
    if (underWay?.generation !== generation || (answer !== undefined && answer.generation !== generation)) return;
    this.#underWay = undefined;
    this.#isCareful = false;
    this.#deadline.stop();
    this.#undecoded += underWay.aside;
    const { decoded } = this.#capture;
    for (const name of answer?.names ?? []) decoded.addName(name);
    for (const name of answer?.topicNames ?? []) decoded.addTopicName(name);
    for (const name of answer?.idNames ?? []) decoded.addIdName(name);
    for (let row = decoded.length, next = 0, message = 0; row < underWay.to; row++) {
      const isAnswered = underWay.rows[next] === row;
      if (!isAnswered) {
        const passed = (underWay.rows[next] ?? underWay.to) - row;
        decoded.addUndecoded(passed);
        row += passed - 1;
        continue;
      }
      if (answer === undefined) decoded.addUndecoded(1);
      else if (answer.several.places[message] === next) {
        const messages = this.#messagesOf(answer, message);
        message += messages.length;
        decoded.add({ ...this.#factsOf(answer, next), decoder: answer.decoders[next] as number, sequence: 0, messages });
      } else decoded.add({ ...this.#factsOf(answer, next), decoder: answer.decoders[next] as number, sequence: answer.sequences[next] as number, messages: undefined });
      if (answer !== undefined && decoded.speaks(this.#capture.log.connectionAt(frameIndex(row)), answer.decoders[next] as number)) this.#capture.noteSpoken();
      next++;
    }
    for (const { row, bytes, first } of answer?.derived ?? []) decoded.derived.add(row, bytes, first);
    if (answer !== undefined) {
      this.#forgotten = answer.forgotten;
      decoded.addContinued(answer.continued);
      for (const { connection, decoder, why } of answer.notLoaded) {
        if (this.#aside.addNotLoaded(connection, decoder, why) && why === null) this.#faults.addTold(`the decoder ${decoder} could not be loaded`, "decode thread");
      }
    }
    const pairs = answer?.pairs ?? [];
    const end = (at: number): MessagePlace => ({ row: pairs[at] as number, message: pairs[at + 1] as number });
    for (let i = 0; i < pairs.length; i += 4) decoded.pair(end(i), end(i + 2));
    this.#onProgress();
    this.#pauseAfter(underWay);
    this.advance();
  }

  /** What an answer says of a row, or of a message, at a place. */
  #factsOf({ labels, kinds, topics, ids, answers }: FoundFacts, place: number): MessageFacts {
    const before = this.#namesBefore;
    const label = labels[place] as number;
    return {
      label: label === 0 ? 0 : label + before.labels,
      kind: kinds[place] as number,
      topic: codeBehind(topics[place] as number, before.topics),
      id: codeBehind(ids[place] as number, before.ids),
      answers: codeBehind(answers[place] as number, before.ids),
    };
  }

  /** The messages of one frame, from the `first` on. */
  #messagesOf({ several }: DecodeAnswer, first: number): MessageColumns[] {
    const { places, froms, tos } = several;
    const messages: MessageColumns[] = [];
    for (let at = first; places[at] === places[first]; at++) {
      messages.push({ ...this.#factsOf(several, at), from: froms[at] as number, to: tos[at] as number });
    }
    return messages;
  }

  #pauseAfter({ from, to, sentAt, logLength, logBytes }: Piece): void {
    const { log } = this.#capture;
    const took = this.#timers.now() - sentAt;
    const isBehind = log.length - logLength > to - from;
    const isBusy = this.#hasFewCores && log.messageBytes - logBytes > BUSY_BYTES_A_SECOND * (took / 1000);
    if (!isBehind && !isBusy) return;
    this.#restFor(Math.min(took * REST, this.#hasFewCores ? LONGEST_REST_ON_FEW_CORES_MS : LONGEST_REST_MS));
  }

  #restFor(milliseconds: number): void {
    const { log } = this.#capture;
    const step = Math.min(milliseconds, LONGEST_REST_MS);
    const before = log.messageBytes;
    this.#rest = this.#timers.later(() => {
      this.#rest = undefined;
      const isBusy = log.messageBytes - before > BUSY_BYTES_A_SECOND * (step / 1000);
      if (milliseconds > step && isBusy) this.#restFor(milliseconds - step);
      else this.advance();
    }, step);
  }
}

/** A pause, or a time in which nobody listened. */
const isInterrupt = (bits: FrameBits): boolean => kindOf(bits) === "pause" || kindOf(bits) === "error";

/** The code of a text where so many names stand before those of its thread. */
const codeBehind = (code: number, names: number): number => (code >= FIRST_NAME && code < DIRECT ? code + names : code);
