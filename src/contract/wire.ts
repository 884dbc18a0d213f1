import { version } from "../../package.json";
import type { BatchDone, CaptureMessage } from "./recording.ts";

/**
 * The wires between threads:
 *
 *   capture ──ToEngine──▶ engine worker        batches of frames; ports of views
 *   view    ◀─FromEngine / ToEngineView─▶ engine   rows on request, at most one `changed` per painted frame
 *   view    ◀─FromCapture / ToCapture──▶ capture   the state of the capture and its buttons
 *
 * Both ends of a wire come from one build, so the version only guards against a page left open over an update. It is
 * the extension's own, which no release can forget to raise.
 */
export const CONTRACT_VERSION: string = version;

/** What an engine's worker is started for: a capture of this id that is to be recorded, to go on after another worker's end, or to be shown. */
export interface EngineTask {
  readonly type: "record" | "resume" | "show";
  readonly id: string;
  /** Of this worker alone: it holds a lock of this name for as long as it lives. */
  readonly life: string;
}

export const nameOfTask = ({ type, id, life }: EngineTask): string => [type, encodeURIComponent(id), life].join(" ");

export function readTask(name: string): EngineTask | undefined {
  const [type, id, life] = name.split(" ");
  if (id === undefined || life === undefined) return undefined;
  return type === "record" || type === "resume" || type === "show" ? { type, id: decodeURIComponent(id), life } : undefined;
}

/** Free once the worker of that life has ended, however it ended: nobody else is told. */
export const lockOfLife = (life: string): string => `framescope-engine-${life}`;

/** What a worker says to the page that started it. */
export type FromEngineWorker =
  | BatchDone
  /** After a clear the capture goes on as another one, on the disk as in the list: whoever takes over from this worker resumes that. */
  | { readonly type: "capture"; readonly id: string }
  /** Its script runs, and it holds the lock of its life. */
  | { readonly type: "alive" }
  | { readonly type: "pong" }
  /** A thread for the user's own decoders is to be started, which a worker cannot: it speaks over the port. */
  | { readonly type: "start own thread"; readonly id: string; readonly port: MessagePort }
  | { readonly type: "end own thread"; readonly id: string };

export type ToEngine =
  | CaptureMessage
  /** A new view; its `ToEngineView` and `FromEngine` messages go over `port`. */
  | { readonly type: "view"; readonly version: string; readonly port: MessagePort }
  /** In which files and rows of events are to speak. */
  | { readonly type: "language"; readonly language: string }
  /** Asks for a `pong`. */
  | { readonly type: "ping" };

/** Posted to the page that captures by a panel that listens for its wires while the rest of its script is still on its way. */
export interface AskForWires {
  readonly type: "framescope-asks";
}

export function isAskForWires(data: unknown): data is AskForWires {
  return typeof data === "object" && data !== null && (data as Partial<AskForWires>).type === "framescope-asks";
}

/** Posted to the panel's window once it asks or has loaded, with the two ports of its wires. */
export interface PanelWires {
  readonly type: "framescope-wires";
  readonly version: string;
  readonly engine: MessagePort;
  readonly capture: MessagePort;
}
