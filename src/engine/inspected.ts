import { frameIndex, type FrameIndex } from "../model/units.ts";
import { base64Text } from "../model/base64.ts";
import { directionOf, isMasked, isPayloadUnreported, kindOf, OPCODE_TEXT, opcodeOf, wasOnWire } from "../model/frame.ts";
import type { Faults } from "../model/faults.ts";
import type { Said } from "../model/said.ts";
import { HEAD_BYTES, type InspectedFrame, type LookedAt } from "../contract/inspect.ts";
import type { CaptureLog } from "./capture-log.ts";
import { decoderAt, messageLabelAt, messageLabels, pairOf, protocolOf } from "./decoded-row.ts";
import type { LookCalls, LookedFrame } from "./look.ts";
import { lookedFrame } from "./looked-frame.ts";
import { LookBroke, QuestionBroke, type Looker } from "./looker.ts";
import { pairDetails } from "./pair-details.ts";
import { payloadAsText } from "./payload-text.ts";
import { rowBytes, rowPayload, textOpcode, unreported } from "./row-text.ts";
import type { Stops } from "./set-aside.ts";
import { whyDecoded } from "./why-decoded.ts";

/** Figures of what is usual for a message are told anew this often at most, in milliseconds. */
const USUAL_APART_MS = 1000;
/** As decoded, as it stands, and once more where what it waited behind broke the thread. */
const MOST_TRIES = 3;

export interface InspectedEdges {
  readonly capture: CaptureLog;
  readonly looker: Looker;
  readonly stops: Stops;
  readonly now: () => number;
  readonly faults: Faults;
  /** `revision` may be another, though nothing was taken or decoded. */
  readonly changed: () => void;
}

/** The frame that is laid open on the thread, and what it was made of. */
interface Opened {
  readonly frame: FrameIndex;
  /** Its place in the frame, where that holds several; else 0. */
  readonly message: number;
  readonly generation: number;
  readonly decodedAs: readonly unknown[];
  /** The thread's, which is gone with what it had laid open. */
  readonly life: number;
  readonly treeRevision: number;
  /** Why it is not decoded. */
  readonly note: Said | null;
  readonly sendsSecret: Promise<boolean>;
}

/**
 * The frame that a view looks at. It stays open while it is asked for, with what was unfolded in it, and follows what
 * becomes known of it later: its label and value once it is decoded, the rest of the message, its answer, its connection.
 */
export class Inspected {
  readonly #edges: InspectedEdges;
  #opened: Opened | undefined;
  /** What else `details` told of. */
  #told: readonly unknown[] = [];
  #toldAt = 0;
  #decodedThen = 0;
  #revision = 0;
  #treeRevision = 0;

  constructor(edges: InspectedEdges) {
    this.#edges = edges;
  }

  /** Grows when `details` would say something else than it did. Cost: a look at some columns. */
  get revision(): number {
    const opened = this.#opened;
    if (opened === undefined || opened.generation !== this.#capture.generation) return this.#revision;
    const { frame, message } = opened;
    const isOther = !isSame(this.#told, this.#tellable(frame, message)) || this.#isUsualOld(frame, message);
    // Once is enough: who hears of it asks for the details, as they are then.
    if (isOther) {
      this.#revision++;
      this.#noteTold(frame, message);
    }
    return this.#revision;
  }

  /** Null: no such frame. `columns`: characters a line of raw text may hold. */
  async details(place: LookedAt, columns: number): Promise<InspectedFrame | null> {
    const found = await this.#ask(place, "facts", [columns]);
    if (found === undefined) return null;
    const { opened, answer } = found;
    const { frame, message, generation, note, treeRevision } = opened;
    const sendsSecret = await opened.sendsSecret;
    // A clear meanwhile: the frame is gone.
    if (generation !== this.#capture.generation) return null;
    this.#noteTold(frame, message, opened.decodedAs);
    const { log, table, marks } = this.#capture;
    const bits = log.bitsAt(frame);
    const mark = marks.get(frame);
    return {
      index: frame,
      kind: kindOf(bits),
      direction: directionOf(bits) ?? null,
      opcode: opcodeOf(bits),
      masked: isMasked(bits),
      time: table.clock.toEpoch(log.timeAt(frame)) ?? null,
      label: messageLabelAt(this.#capture, frame, message),
      messages: messageLabels(this.#capture, frame),
      message,
      size: log.sizeAt(frame),
      connection: table.connections.get(log.connectionAt(frame)) ?? null,
      layers: answer.layers,
      protocol: protocolOf(decoderAt(this.#capture, frame)),
      isOfTool: decoderAt(this.#capture, frame)?.isTool === true,
      decodedBecause: whyDecoded(this.#capture, frame),
      pair: pairDetails(this.#capture, frame, message),
      pinned: mark?.pinned ?? false,
      userNote: mark?.note ?? "",
      treeLines: answer.treeLines,
      treeHead: answer.treeHead,
      bytesHead: answer.treeLines === null && answer.textLines === null ? rowBytes(this.#capture, frame, 0, HEAD_BYTES).slice() : NO_BYTES,
      textLines: answer.textLines,
      note: isPayloadUnreported(bits) ? unreported(log.sizeAt(frame)) : (note ?? answer.problem),
      treeRevision,
      sendsSecret,
    };
  }

  /** Asks what is looked at; undefined where there is no such frame. */
  async ask<Name extends keyof LookCalls>(place: LookedAt, name: Name, asked: Parameters<LookCalls[Name]>): Promise<ReturnType<LookCalls[Name]> | undefined> {
    return (await this.#ask(place, name, asked))?.answer;
  }

  /** The payload for the clipboard: its text, or base64 where it is none. */
  payloadText(frame: FrameIndex): string {
    const { log, tell } = this.#capture;
    if (frame >= log.length) return "";
    const payload = rowPayload(log, tell, frame);
    return payloadAsText(payload, textOpcode(log.bitsAt(frame))) ?? base64Text(payload);
  }

  get #capture(): CaptureLog {
    return this.#edges.capture;
  }

  /** Asks the frame, laid open as it is decoded now; where the thread breaks at that, as it stands. Rejects with `QuestionBroke` where it breaks at what is asked. Undefined: no such frame. */
  async #ask<Name extends keyof LookCalls>(place: LookedAt, name: Name, asked: Parameters<LookCalls[Name]>): Promise<{ readonly opened: Opened; readonly answer: ReturnType<LookCalls[Name]> } | undefined> {
    const { looker, stops } = this.#edges;
    for (let tries = 1; ; tries++) {
      const found = this.#open(place);
      if (found === undefined) return undefined;
      const { opened, frame } = found;
      try {
        return { opened, answer: await looker.ask(name, asked, frame) };
      } catch (error) {
        // What was unfolded is gone with the thread.
        if (error instanceof QuestionBroke) this.#edges.changed();
        if (!(error instanceof LookBroke) || tries === MOST_TRIES) throw error;
        if (error.isAtFault) stops.stop(opened.frame);
      }
    }
  }

  /** `frame`: what is to be laid open first. A message that the frame does not have is its first. */
  #open({ frame, message: wanted = 0 }: LookedAt): { readonly opened: Opened; readonly frame: LookedFrame | undefined } | undefined {
    const { looker, stops } = this.#edges;
    const { generation, log, decoded } = this.#capture;
    if (frame >= log.length) {
      this.#opened = undefined;
      return undefined;
    }
    const before = this.#opened;
    const index = frameIndex(frame);
    const message = wanted < decoded.messages.countOf(frame) ? wanted : 0;
    const isOpen = before?.frame === frame && before.message === message && before.generation === generation && before.life === looker.life;
    const decodedAs = this.#decodedOf(index);
    if (isOpen && isSame(before.decodedAs, decodedAs)) return { opened: before, frame: undefined };
    const { frame: looked, note } = lookedFrame(this.#capture, index, message, { isStopped: stops.isStopped(index), isSame: isOpen });
    const opened: Opened = { frame: index, message, generation, decodedAs, note, life: looker.life, treeRevision: ++this.#treeRevision, sendsSecret: before?.frame === index && before.generation === generation ? before.sendsSecret : holdsSecret(this.#capture, index, this.#edges.faults) };
    this.#opened = opened;
    // What changes from here on is news; that another frame is looked at is none.
    this.#noteTold(index, message, decodedAs);
    return { opened, frame: looked };
  }

  /** `decodedAs`: how it was when it was laid open, which may be another by the time of the answer. */
  #noteTold(frame: FrameIndex, message: number, decodedAs = this.#decodedOf(frame)): void {
    this.#told = this.#tellable(frame, message, decodedAs);
    this.#toldAt = this.#edges.now();
    this.#decodedThen = this.#capture.decoded.length;
  }

  #decodedOf(frame: FrameIndex): readonly unknown[] {
    return [this.#capture.decoding.revision, this.#capture.decoded.decoderOf(frame), this.#capture.decoded.derived.lastOf(frame), this.#capture.languages, this.#edges.stops.isStopped(frame)];
  }

  /** All that can change of what is told of a frame. */
  #tellable(frame: FrameIndex, message: number, decodedAs = this.#decodedOf(frame)): readonly unknown[] {
    const { decoded, log, table, marks } = this.#capture;
    const partner = decoded.partnerOf(frame, message);
    return [
      ...decodedAs,
      decoded.labelOf(frame),
      decoded.kindOf(frame),
      partner?.row,
      partner?.message,
      partner === undefined ? 0 : decoded.labelOf(partner.row),
      log.sizeAt(frame),
      table.connections.get(log.connectionAt(frame)),
      table.clock.anchors.length,
      marks.get(frame),
      this.#edges.looker.life,
    ];
  }

  /** How long answers usually take, as more of them come. */
  #isUsualOld(frame: FrameIndex, message: number): boolean {
    const isLater = this.#edges.now() - this.#toldAt >= USUAL_APART_MS;
    return isLater && this.#decodedThen !== this.#capture.decoded.length && pairOf(this.#capture, frame, message) !== null;
  }
}

const NO_BYTES = new Uint8Array(0);

/** Longer messages are data, and nobody waits for them to be looked through. */
const MOST_WITH_SECRET = 1 << 16;
const FROM_UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Never rejects: where it cannot be told, which is counted, the message is looked at without. What knows secrets comes with the first message that could hold one. */
async function holdsSecret({ log }: CaptureLog, frame: FrameIndex, faults: Faults): Promise<boolean> {
  const bits = log.bitsAt(frame);
  if (directionOf(bits) !== "sent" || opcodeOf(bits) !== OPCODE_TEXT || !wasOnWire(bits) || log.lengthAt(frame) > MOST_WITH_SECRET) return false;
  try {
    const text = FROM_UTF8.decode(log.payloadAt(frame));
    const { secretsIn } = await import("../format/snippets/secrets.ts");
    return secretsIn(text, { in: "message", number: frame + 1 }).length > 0;
  } catch (error) {
    faults.add(error);
    return false;
  }
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
