import type { ChosenFile } from "../contract/files.ts";
import type { ImportFile } from "../format/import-format.ts";
import type { Faults } from "../model/faults.ts";
import type { Tell } from "../model/said.ts";
import type { LogSource } from "./capture-disk.ts";
import type { DecodeThread, DecodeWish } from "./decode-run.ts";
import type { ExportStore } from "./export.ts";
import type { CaptureFolders } from "./kept-captures.ts";
import type { LookThread } from "./looker.ts";
import type { NextCapture } from "./next-capture.ts";
import type { OwnThread } from "./own/own-thread.ts";
import type { ScanThread } from "./scanner.ts";
import type { Timers } from "./timers.ts";
import type { Turns } from "./turns.ts";

/** The edges of the engine, given from outside. */
export interface EngineEdges extends Timers {
  readonly turns: Turns;
  /** Minutes that the user's clock is ahead of UTC. */
  readonly utcOffset: () => number;
  readonly startScanThread: () => ScanThread;
  readonly startDecodeThread: () => DecodeThread;
  readonly startLookThread: () => LookThread;
  /** Starts a thread for the user's own decoders, with no access to anything. Left out: there is none, and they are not asked. */
  readonly startOwnThread?: (() => OwnThread) | undefined;
  /** How long decoding may take: see `DecodeRunEdges`. */
  readonly decodeDeadline?: number | undefined;
  /** Which messages are to be decoded: see `DecodeRunEdges`. What it answered is asked for anew by `decodeAnew`. */
  readonly wantsDecoded?: (() => DecodeWish | null) | undefined;
  /** The capture that this engine records or shows, at first. */
  readonly id: string;
  /** Makes what a capture goes on in after a clear, where what was cleared is to stay. May reject. */
  readonly nextCapture?: (() => Promise<NextCapture>) | undefined;
  readonly log: LogSource;
  readonly captures: CaptureFolders;
  readonly exports: ExportStore;
  /** How a file that the user chose is read. Throws a `Refusal` where it cannot be. */
  readonly readFile: (file: ChosenFile) => ImportFile;
  /** Bytes of payload that may stay in memory. */
  readonly budget: number;
  /** How many threads can run at once. */
  readonly cores: number;
  /** What is told in files, and in rows of events: as text, in the language that is spoken now. */
  readonly tell: Tell;
  /** Bugs that show are counted here. */
  readonly faults: Faults;
  /** Framescope's version, for exports. */
  readonly version: string;
}
