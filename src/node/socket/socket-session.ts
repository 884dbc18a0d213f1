import { setTimeout as sleep } from "node:timers/promises";
import { FrameBatcher } from "../../capture/frame-batcher.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { Variable } from "../../replay/transcript.ts";
import { formatOf } from "../commands/convert.ts";
import { STANDARD, type CommandContext } from "../command.ts";
import { exportTo } from "../export-to.ts";
import { openRecordingEngine, type KeptEngine } from "../kept-engine.ts";
import { temporaryCaptures } from "../temporary-captures.ts";
import { expectWritable, writeOut } from "../write-out.ts";
import { OwnSocket, type SocketRequest } from "./own-socket.ts";
import { RowPrinter } from "./row-printer.ts";
import { hideSecrets, secretValues } from "./variables.ts";

/** A connection that is open, and what goes over it. */
export interface SocketSession {
  readonly socket: OwnSocket;
  readonly engine: KeptEngine;
  /** Aborted once it has ended, its time is over, or the user wants it to end. */
  readonly over: AbortSignal;
}

export interface SessionOptions {
  readonly seconds?: string;
  readonly json?: boolean;
  /** Where the capture is written, if anywhere. */
  readonly out?: string;
  readonly format?: string;
  readonly withSecrets?: boolean;
}

/** Of a timer. */
const MOST_SECONDS = 2_000_000;

/**
 * Opens a connection, uses it, and closes it. Its rows are printed as they come, without the values of `variables`; they are
 * a capture, written as the options say, also where the connection does not open. Rejects with a `Refusal`.
 */
export async function withSocket(request: SocketRequest, variables: readonly Variable[], { out, ...options }: SessionOptions, context: CommandContext, use: (session: SocketSession) => Promise<void>): Promise<void> {
  const format = out === undefined ? undefined : formatOf(out, options.format, "--format");
  const seconds = options.seconds === undefined ? undefined : Number(options.seconds);
  if (seconds !== undefined && !(seconds > 0 && seconds <= MOST_SECONDS)) throw new Refusal(say("node.record-no-seconds", { seconds: options.seconds ?? "" }));
  if (out !== undefined) expectWritable(out);
  const files = await temporaryCaptures.create();
  let isKept = false;
  try {
    const { engine, view } = await openRecordingEngine(files, context.speaker.tell, { ...(out !== undefined && { exports: exportTo(out, context.io) }), version: context.version });
    try {
      // In another turn, as from another thread: a batch that is acknowledged while it is sent would be none.
      const batcher: FrameBatcher = new FrameBatcher({ send: (batch) => engine.receive({ type: "batch", batch }, (done) => setImmediate(() => batcher.batchDone(done))), soon: (callback) => void setImmediate(callback) });
      const rows = new RowPrinter(view, context, { isJson: options.json === true, hide: hideSecrets(variables) });
      const problem = await useSocket(new OwnSocket(request, batcher), seconds, context, (socket, over) => use({ socket, engine: view, over }));
      batcher.flush();
      const printed = rows.finish();
      // Whoever does not read them holds up no file; what fails is told below.
      if (out === undefined || out === STANDARD) await printed;
      else printed.catch(() => {});
      if (out !== undefined && format !== undefined) {
        isKept = true;
        await writeOut(view, format, { out, withSecrets: options.withSecrets === true, hidden: secretValues(variables) }, context);
        isKept = false;
      }
      await printed;
      if (problem !== undefined) throw problem;
    } finally {
      engine.end();
    }
  } finally {
    await files.end(isKept ? "kept" : "removed");
    if (isKept) context.io.err(context.speaker.words("node.record-kept", { folder: files.id }));
  }
}

/** Answers what went wrong: what is known until then is to be written all the same. */
async function useSocket(socket: OwnSocket, seconds: number | undefined, { io }: CommandContext, use: (socket: OwnSocket, over: AbortSignal) => Promise<void>): Promise<Error | undefined> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const forgetInterrupts = io.whenInterrupted(() => {
    end();
    void socket.close();
  });
  let timer: NodeJS.Timeout | undefined;
  void socket.ended.then(end);
  try {
    await socket.opened;
    if (seconds !== undefined) timer = setTimeout(end, seconds * 1000);
    await use(socket, ending.signal);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    clearTimeout(timer);
    forgetInterrupts();
    await socket.close();
  }
}

/** Resolves after so long, or once the session is over. */
export const rest = (milliseconds: number, { over }: Pick<SocketSession, "over">): Promise<void> => sleep(milliseconds, undefined, { signal: over }).catch(() => {});

export const whenOver = ({ over }: Pick<SocketSession, "over">): Promise<void> =>
  new Promise((resolve) => {
    if (over.aborted) resolve();
    else over.addEventListener("abort", () => resolve(), { once: true });
  });

/** Resolves once nothing has come for so long. */
export async function whenQuiet(session: SocketSession, milliseconds: number): Promise<void> {
  const { log } = session.engine.capture;
  for (let before = -1; before < log.length && !session.over.aborted; ) {
    before = log.length;
    await rest(milliseconds, session);
  }
}
