import { assertNever } from "../model/assert-never.ts";
import type { CaptureBatch } from "../model/capture-batch.ts";
import { Refusal } from "../model/refusal.ts";
import { own } from "../decode/decoders/own.ts";
import { decoderById } from "../decode/registry.ts";
import { byteLength, connectionId } from "../model/units.ts";
import { createCalls } from "./calls.ts";
import type { CaptureFiles } from "./capture-disk.ts";
import { CaptureLog } from "./capture-log.ts";
import type { Answer, CallAnswer, CallName, ToEngineView } from "../contract/calls.ts";
import { MOST_STOPPED, type Changed, type StoppedDecoderRow } from "../contract/changed.ts";
import type { BatchDone, CaptureBounds, CaptureMessage } from "../contract/recording.ts";
import { withOwnDecoders } from "./own/own-decoding.ts";
import { DecodeRun, type DecodeThread } from "./decode-run.ts";
import type { EngineEdges } from "./engine-edges.ts";
import { Inspected } from "./inspected.ts";
import { Looker } from "./looker.ts";
import { KeptCaptures } from "./kept-captures.ts";
import { NextCaptures } from "./next-capture.ts";
import { Cancelled, type OpenCall } from "./open-call.ts";
import { Scanner } from "./scanner.ts";
import { workAWhile } from "./turns.ts";
import { ViewClient, type ViewWire } from "./view-client.ts";
import { View } from "./view.ts";

/** A view, as far as its messages go. */
export interface EngineView {
  readonly receive: (message: ToEngineView) => void;
  /** It is gone. */
  readonly end: () => void;
}

/** While frames come without end, small batches come this far apart; one frame alone waits for nothing. */
const BATCHES_APART_MS = 50;
/** Frames and bytes from which on a batch is worth its message. */
const GROWN_FRAMES = 1024;
const GROWN_BYTES = 1 << 18;
/** How often the view hears of rates that fall while nothing arrives, and the log is saved. */
const TICK_MS = 500;
/** How often the disk is to keep what was written. */
const FLUSH_MS = 5000;
/** How often a capture that grows may push older ones out. */
const BOUNDS_MS = 60_000;
/** How soon one that was just being read is tried again; each time in vain waits twice as long as the one before. */
const BOUNDS_AGAIN_MS = 1000;

/**
 * Owns one capture's log and answers the views of it. Every change is told to a view at most once a painted frame: it
 * is told, paints, says `ready`, and is told again.
 */
export class Engine {
  readonly #edges: EngineEdges;
  readonly #capture: CaptureLog;
  readonly #kept: KeptCaptures;
  readonly #next: NextCaptures;
  #bounds: CaptureBounds | undefined;
  #boundsAt = 0;
  #boundsWait = BOUNDS_MS;
  #boundsAgain = BOUNDS_AGAIN_MS;
  #flushedAt = 0;
  readonly #decoding: DecodeRun;
  readonly #clients = new Set<ViewClient>();
  #isEnded = false;
  /** Calls off the next tick. */
  #callOff = (): void => {};
  /** When the last batch was acknowledged, on the engine's clock. */
  #acknowledgedAt = 0;
  /** What came while the capture was being read back. */
  readonly #waiting: (() => void)[] = [];

  constructor(edges: EngineEdges) {
    this.#edges = edges;
    this.#next = new NextCaptures(edges.id, edges.nextCapture, edges);
    this.#capture = new CaptureLog(edges.log, edges.budget, edges.faults, edges.tell, () => this.#takeNext());
    this.#kept = new KeptCaptures(edges.captures, () => this.#next.id, edges);
    this.#decoding = new DecodeRun(this.#capture, { start: () => startDecoding(edges), onProgress: () => this.#advanceAll(), timers: edges, cores: edges.cores, faults: edges.faults, deadline: edges.decodeDeadline, wants: edges.wantsDecoded });
    this.#tickLater();
    if (this.#capture.isOpening) edges.turns.soon(() => this.#recover());
  }

  /** For what looks at two captures at once. */
  get capture(): CaptureLog {
    return this.#capture;
  }

  /** Others are to be decoded than were until now. */
  decodeAnew(): void {
    this.#capture.decoding.anew();
    this.#decoding.advance();
    this.#advanceAll();
  }

  /** A message of the capture's. `done` tells it what has been taken in. */
  receive(message: CaptureMessage, done: (message: BatchDone) => void): void {
    switch (message.type) {
      case "batch":
        this.#onceResumed(() => this.#take(message.batch, done));
        return;
      case "limits":
        this.#capture.setBudget(message.budget);
        this.#bounds = message.bounds;
        this.#applyBounds();
        return;
      case "memory only":
        this.#capture.forgetDisk(message.why);
        // Nothing is read back then.
        this.#recover();
        return;
      case "end":
        this.end();
        return;
      default:
        assertNever(message);
    }
  }

  /** A capture that goes on is read back first. Batches that wait are not acknowledged, so the capture bounds them. */
  #onceResumed(act: () => void): void {
    if (this.#capture.isResuming) this.#waiting.push(act);
    else act();
  }

  #take(batch: CaptureBatch, done: (message: BatchDone) => void): void {
    const { payload } = batch;
    try {
      this.#capture.take(batch, this.#edges.now());
    } catch (error) {
      this.#edges.faults.add(error);
    } finally {
      this.#acknowledge(batch, () => {
        const { safeEvents, framesBefore } = this.#capture;
        done({ type: "batch-done", payloadBytes: payload.length, spare: payload.buffer, safeEvents, framesBefore });
      });
    }
    this.#decoding.advance();
    this.#advanceAll();
  }

  /** Adds a view, at once or once a capture that goes on is read back: `listen` is given what its messages go to. */
  addView(wire: ViewWire, listen: (view: EngineView) => void): void {
    this.#onceResumed(() => listen(this.#newView(wire)));
  }

  #newView(wire: ViewWire): EngineView {
    const looker = new Looker({ start: this.#edges.startLookThread, timers: this.#edges, faults: this.#edges.faults });
    const view: View = new View(this.#capture, {
      looker,
      stops: this.#decoding,
      scanner: new Scanner({ start: this.#edges.startScanThread, timers: this.#edges, faults: this.#edges.faults }),
      now: this.#edges.now,
      later: this.#edges.later,
      utcOffset: this.#edges.utcOffset,
      faults: this.#edges.faults,
      changed: () => client.advance(),
    });
    const inspected = new Inspected({ capture: this.#capture, looker, stops: this.#decoding, now: this.#edges.now, faults: this.#edges.faults, changed: () => client.advance() });
    const client: ViewClient = new ViewClient({
      capture: this.#capture,
      view,
      wire,
      turns: this.#edges.turns,
      timers: this.#edges,
      cores: this.#edges.cores,
      changed: () => this.#changed(view, inspected),
    });
    const calls = createCalls({
      capture: this.#capture,
      view,
      inspected,
      kept: this.#kept,
      edges: this.#edges,
      ownId: () => this.#next.id,
      prepareNext: () => this.#prepareNext(),
      changed: () => {
        this.#decoding.advance();
        this.#advanceAll();
      },
      tellSoon: () => client.tellSoon(),
    });
    const answer = async ({ id, name, argument }: Extract<ToEngineView, { type: "call" }>, open: OpenCall): Promise<CallAnswer> => {
      try {
        const call = calls[name] as (argument: unknown, open: OpenCall) => unknown;
        return { type: "answer", id, value: (await call(argument, open)) as Answer<CallName> };
      } catch (error) {
        if (error instanceof Cancelled) return { type: "cancelled", id };
        if (error instanceof Refusal) return { type: "refused", id, why: error.told };
        this.#edges.faults.add(error);
        return { type: "failed", id };
      }
    };
    this.#clients.add(client);
    client.tell();
    return {
      receive: (message) => {
        switch (message.type) {
          case "call":
            return void answer(message, client.called(message.id)).then((settled) => client.answer(settled));
          case "cancel":
            return client.cancel(message.id);
          case "taken":
            return client.taken(message.id);
          case "ready":
            return client.ready();
          default:
            assertNever(message);
        }
      },
      end: () => this.#removeClient(client),
    };
  }

  /** `tell` speaks another language from now on: what views show of it is told anew. */
  languageChanged(): void {
    this.#capture.languages++;
    this.#advanceAll();
  }

  /** Saves what is pending and ends every thread and timer. */
  end(): void {
    this.#isEnded = true;
    this.#callOff();
    this.#decoding.end();
    this.#capture.end(this.#edges.now());
    this.#next.end();
    for (const client of this.#clients) this.#removeClient(client);
  }

  /** At once, or so late that the next batch has grown: a message between threads costs as much as many frames. */
  #acknowledge({ count, payload }: CaptureBatch, done: () => void): void {
    const now = this.#edges.now();
    const wait = this.#acknowledgedAt + BATCHES_APART_MS - now;
    const isGrown = count >= GROWN_FRAMES || payload.length >= GROWN_BYTES;
    // The clock may have been set back meanwhile.
    const isEarly = !isGrown && wait > 0 && wait <= BATCHES_APART_MS;
    this.#acknowledgedAt = isEarly ? now + wait : now;
    if (isEarly) this.#edges.later(done, wait);
    else done();
  }

  #removeClient(client: ViewClient): void {
    client.end();
    this.#clients.delete(client);
  }

  #tickLater(): void {
    this.#callOff = this.#edges.later(() => {
      this.#tickLater();
      this.#tick();
    }, TICK_MS);
  }

  #tick(): void {
    const now = this.#edges.now();
    this.#capture.endUndoWhenOld(now);
    this.#capture.save(now);
    if (now - this.#flushedAt >= FLUSH_MS) {
      this.#flushedAt = now;
      this.#capture.flush();
    }
    this.#capture.noteTraffic(now);
    if (now - this.#boundsAt >= this.#boundsWait) this.#applyBounds();
    for (const client of this.#clients) client.tick();
  }

  /** Reads a kept capture on, in turns: what was read shows meanwhile. */
  #recover(): void {
    if (this.#isEnded) return;
    if (workAWhile(() => this.#capture.recover(), this.#edges.now)) this.#edges.turns.soon(() => this.#recover());
    else for (const act of this.#waiting.splice(0)) act();
    this.#decoding.advance();
    this.#advanceAll();
  }

  /** A disk that gives no answer now is asked again in a minute. */
  #applyBounds(): void {
    this.#boundsAt = this.#edges.now();
    if (this.#bounds === undefined) return;
    this.#boundsWait = BOUNDS_MS;
    void this.#kept.applyBounds(this.#bounds).then(
      (isDone) => {
        if (!isDone) this.#boundsWait = this.#boundsAgain;
        this.#boundsAgain = isDone ? BOUNDS_AGAIN_MS : Math.min(this.#boundsAgain * 2, BOUNDS_MS);
      },
      (error: unknown) => error instanceof Refusal || this.#edges.faults.add(error),
    );
  }

  /** One more is kept by it. */
  #takeNext(): CaptureFiles | undefined {
    const files = this.#next.take();
    if (files !== undefined) this.#applyBounds();
    return files;
  }

  /** What is cleared stays where captures are kept at all. */
  async #prepareNext(): Promise<void> {
    if (this.#next.isReady || this.#capture.storage.state !== "saving" || this.#bounds?.captures === 0) return;
    await this.#next.prepare();
    this.#advanceAll();
  }

  #advanceAll(): void {
    for (const client of this.#clients) client.advance();
  }

  #stoppedDecoders(): StoppedDecoderRow[] {
    const { connections } = this.#capture.table;
    return this.#decoding.stopped.slice(0, MOST_STOPPED).map(({ connection, decoder, messages, isAside, notLoaded }) => ({
      decoder: decoder === undefined ? null : this.#nameOf(decoder, connection),
      url: connections.get(connectionId(connection))?.url ?? "",
      messages,
      isAside,
      notLoaded,
    }));
  }

  #nameOf(decoder: string, connection: number): string {
    const chosen = decoder === own.id ? this.#capture.decoding.own.chosenBy(this.#capture.decoding.choiceOf(connection).decoder) : undefined;
    return chosen?.name ?? decoderById(decoder)?.name ?? decoder;
  }

  #changed(view: View, inspected: Inspected): Changed {
    const capture = this.#capture;
    const now = this.#edges.now();
    return {
      revision: view.revision,
      shown: view.shown,
      asked: view.asked,
      clearedRows: capture.clearedRows,
      decoded: capture.decoded.length,
      inspected: inspected.revision,
      generation: capture.generation,
      cleared: capture.cleared === null ? null : { ...capture.cleared, isKept: this.#next.isReady },
      frames: capture.log.messages,
      messages: capture.log.messages + capture.decoded.messages.length - capture.decoded.messages.frames - capture.decoded.continued,
      events: capture.log.length - capture.log.messages,
      unfoldable: capture.decoded.messages.frames,
      rows: view.length,
      matches: view.rows.messages,
      muted: view.muted,
      scanned: view.rows.progress,
      sorted: view.sorted,
      filterProblem: view.problem,
      bytes: byteLength(capture.log.messageBytes),
      bytesInMemory: byteLength(capture.log.payloads.bytesInMemory),
      sentRate: capture.traffic.sent.rate(now),
      receivedRate: capture.traffic.received.rate(now),
      lost: capture.lost,
      forgottenRequests: this.#decoding.forgotten,
      undecoded: this.#decoding.undecoded,
      stoppedDecoders: this.#stoppedDecoders(),
      storage: capture.storage,
      connections: { all: capture.table.connections.size, ended: capture.table.order.ended },
      connectionsRevision: capture.connectionsRevision,
      restarts: capture.restarts,
      resumedAt: capture.resumedAt,
      faults: this.#edges.faults.list,
    };
  }
}

function startDecoding({ startDecodeThread, startOwnThread }: EngineEdges): DecodeThread {
  const thread = startDecodeThread();
  return startOwnThread === undefined ? thread : withOwnDecoders(thread, startOwnThread);
}
