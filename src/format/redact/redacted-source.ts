import { isMessage, OPCODE_TEXT, type Direction, type RowKind, type RowOrigin } from "../../model/frame.ts";
import type { Ruled } from "../../model/message-rule.ts";
import type { StreamEvent } from "../../model/stream-event.ts";
import type { ConnectionId, EpochMilliseconds, FrameIndex } from "../../model/units.ts";
import type { ExportDecoded, ExportFrame, ExportPart, ExportSource, StoredRow } from "../export-format.ts";
import type { CleanRows } from "./clean-rows.ts";
import type { Redaction } from "./redaction.ts";

/** The same source with its secrets masked, whatever reads it. */
export function redactedSource(source: ExportSource, redaction: Redaction): ExportSource {
  const targets = new Map(Array.from(source.targets, ([key, target]) => [key, redaction.target(target)]));
  const masked = new MaskedRow(redaction, source.clean);
  let answers: ExportSource["answers"] | undefined;
  return {
    length: source.length,
    lost: source.lost,
    clock: source.clock,
    targets,
    connections: mapped(source.connections, (connection) => redaction.connection(connection)),
    decoderChoice: (connection) => source.decoderChoice(connection),
    // Most formats have no place for them.
    get answers() {
      return (answers ??= maskedAnswers(source, redaction));
    },
    messagesBehindAnswers: () => mapped(source.messagesBehindAnswers(), (frame) => masked.of(frame)),
    frames: (connection) => mapped(source.frames(connection), (frame) => masked.of(frame)),
    rows: () => mapped(source.rows(), (frame) => masked.of(frame)),
  };
}

/**
 * Looks through all of it and counts what it finds, a step at a time: connections first, so that what a handshake holds is
 * numbered before what messages do. Messages that hold none are `clean` then: who looks again or writes passes them over.
 */
export function* findAllSecrets(source: ExportSource, redaction: Redaction): Generator<void, void, void> {
  for (const target of source.targets.values()) redaction.target(target);
  for (const connection of source.connections) {
    redaction.connection(connection);
    yield;
  }
  yield* learnUsers(source, redaction);
  redaction.answers(source.answers.map(({ exchange }) => exchange));
  yield;
  const masked = new MaskedRow(redaction, source.clean);
  for (const frame of source.rows()) {
    masked.look(frame);
    yield;
  }
}

function maskedAnswers(source: ExportSource, redaction: Redaction): ExportSource["answers"] {
  const learning = learnUsers(source, redaction);
  while (learning.next().done !== true);
  const masked = redaction.answers(source.answers.map(({ exchange }) => exchange));
  return source.answers.map((answer, i) => ({ ...answer, exchange: masked[i] ?? answer.exchange }));
}

/** Has the redaction know what uses answers may have given: the secrets of their connections, and of messages on these. */
function* learnUsers(source: ExportSource, redaction: Redaction): Generator<void, void, void> {
  const users = new Set<number>(source.answers.map(({ connection }) => connection));
  if (users.size === 0) return;
  for (const connection of source.connections) {
    if (users.has(connection.id)) redaction.learn(() => void redaction.connection(connection));
    yield;
  }
  const masked = new MaskedRow(redaction, source.clean);
  for (const frame of source.messagesBehindAnswers()) {
    redaction.learn(() => masked.look(frame));
    yield;
  }
}

function mapped<One, Other>(all: Iterable<One>, change: (one: One) => Other): Iterable<Other> {
  return {
    *[Symbol.iterator]() {
      for (const one of all) yield change(one);
    },
  };
}

const MOST_NAMES = 4096;

class MaskedRow implements ExportFrame {
  readonly #redaction: Redaction;
  readonly #clean: CleanRows | undefined;
  #frame: ExportFrame | undefined;
  readonly #names = new Set<string>();
  /** Of a message: it is looked through as it comes. */
  #payload: Uint8Array | undefined;

  constructor(redaction: Redaction, clean: CleanRows | undefined) {
    this.#redaction = redaction;
    // What the user has masked beside may stand in any.
    this.#clean = redaction.isOfKindsAlone ? clean : undefined;
  }

  /** The row itself where nothing is to be masked: most hold nothing but a payload without secrets. */
  of(frame: ExportFrame): ExportFrame {
    this.#frame = frame;
    this.#payload = undefined;
    if (frame.kind !== "message") return this;
    if (this.#clean?.has(frame.row) !== true && !this.#isFoundClean(frame)) return this;
    if (!frame.isDecoded && frame.note === "" && frame.event === undefined && frame.ruled === undefined) return frame;
    this.#payload ??= frame.payload();
    return this;
  }

  #isFoundClean(frame: ExportFrame): boolean {
    const { places } = this.#redaction;
    this.#payload = this.#redaction.bytes(frame.payload(), this.#isText);
    if (this.#redaction.places > places) return false;
    this.#clean?.add(frame.row);
    return true;
  }

  /** Has all that a row holds looked through. */
  look(frame: ExportFrame): void {
    this.of(frame);
    if (frame.kind !== "message") this.payload();
    void this.event;
    void this.note;
  }

  get #own(): ExportFrame {
    return this.#frame as ExportFrame;
  }

  get row(): FrameIndex {
    return this.#own.row;
  }

  get connection(): ConnectionId {
    return this.#own.connection;
  }

  get kind(): RowKind {
    return this.#own.kind;
  }

  get direction(): Direction | undefined {
    return this.#own.direction;
  }

  get opcode(): number {
    return this.#own.opcode;
  }

  get time(): EpochMilliseconds | null {
    return this.#own.time;
  }

  get event(): StreamEvent | undefined {
    const { event } = this.#own;
    return event && { name: this.#redaction.text(event.name), id: this.#redaction.text(event.id) };
  }

  get unreported(): boolean {
    return this.#own.unreported;
  }

  get pinned(): boolean {
    return this.#own.pinned;
  }

  get note(): string {
    return this.#redaction.text(this.#own.note);
  }

  get origin(): RowOrigin {
    return this.#own.origin;
  }

  get ruled(): Ruled | undefined {
    const { ruled } = this.#own;
    return ruled && { ...ruled, rule: this.#name(ruled.rule) };
  }

  get madeFrom(): FrameIndex | undefined {
    return this.#own.madeFrom;
  }

  get size(): number | undefined {
    return this.#own.size;
  }

  get isDecoded(): boolean {
    return this.#own.isDecoded;
  }

  get decoded(): ExportDecoded | undefined {
    return this.#masked(this.#own.decoded);
  }

  /** A mask is as long as what it hides: places stay. */
  get parts(): readonly ExportPart[] | undefined {
    return this.#own.parts?.map((part) => ({ ...part, decoded: this.#masked(part.decoded) }));
  }

  #masked(decoded: ExportDecoded): ExportDecoded;
  #masked(decoded: ExportDecoded | undefined): ExportDecoded | undefined;
  #masked(decoded: ExportDecoded | undefined): ExportDecoded | undefined {
    if (decoded === undefined) return undefined;
    const masked = (text: string | undefined): string | undefined => text && this.#name(text);
    return { ...decoded, label: this.#name(decoded.label), topic: masked(decoded.topic), id: masked(decoded.id), answers: masked(decoded.answers) };
  }

  /** Names come again and again, and hold no secret for the most part. */
  #name(text: string): string {
    if (this.#names.has(text)) return text;
    const masked = this.#redaction.text(text);
    if (masked === text && this.#names.size < MOST_NAMES) this.#names.add(text);
    return masked;
  }

  get stored(): StoredRow {
    const { stored } = this.#own;
    const payload = this.#payload;
    return { ...stored, payload: () => payload ?? this.#redaction.bytes(stored.payload(), !isMessage(stored.bits) || this.#isText) };
  }

  payload(): Uint8Array {
    return this.#payload ?? this.#redaction.bytes(this.#own.payload(), this.#isText);
  }

  /** Binary messages hold text as well. */
  get #isText(): boolean {
    const { kind, opcode } = this.#own;
    return kind !== "message" || opcode === OPCODE_TEXT;
  }
}
