import { startWorker } from "../../agent/start-worker.ts";
import type { Header } from "../../model/connection.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { DebuggerApi, DebugSource } from "../debugger-api.ts";
import { readThrown, readValue } from "../sources/cdp-events.ts";

export interface OwnWorkerEdges {
  readonly api: DebuggerApi;
  /** Where commands go for the worker of this script; undefined where there is none. */
  readonly workerOf: (url: string) => DebugSource | undefined;
}

const SCRIPT = `URL.createObjectURL(new Blob(["postMessage(0)"], { type: "text/javascript" }))`;

/**
 * Workers that are started for one connection each, in the origin of a document or worker: headers that Chrome is told to
 * add for a target go with all that the target asks for, and such a worker asks for nothing else.
 */
export class OwnWorkers {
  readonly #edges: OwnWorkerEdges;
  readonly #scripts = new Set<string>();

  constructor(edges: OwnWorkerEdges) {
    this.#edges = edges;
  }

  /** Whether a worker of this script is one of them. */
  has(url: string): boolean {
    return this.#scripts.has(url);
  }

  /** Resolves once it runs: Chrome cannot make a socket in one that is still starting. `contextId`: the document's world. */
  async start(source: DebugSource, contextId: number | undefined, headers: readonly Header[]): Promise<DebugSource> {
    const { api, workerOf } = this.#edges;
    const place = contextId === undefined ? {} : { contextId };
    const script = readValue(await api.send(source, "Runtime.evaluate", { expression: SCRIPT, returnByValue: true, silent: true, ...place }));
    if (typeof script !== "string") throw new Refusal(say("live.no-own-worker"));
    this.#scripts.add(script);
    const expression = `(${startWorker.toString()})(${JSON.stringify(script)})`;
    const started = await api.send(source, "Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true, silent: true, ...place });
    const worker = readThrown(started) === undefined && readValue(started) === true ? workerOf(script) : undefined;
    if (worker === undefined) throw new Refusal(say("live.no-own-worker"));
    try {
      await api.send(worker, "Network.setExtraHTTPHeaders", { headers: fieldsOf(headers) });
      return worker;
    } catch (error) {
      void this.end(worker);
      throw error;
    }
  }

  /** Ends one that has no socket; with one it ends when that closes. */
  async end(worker: DebugSource): Promise<void> {
    await this.#edges.api.send(worker, "Runtime.evaluate", { expression: "close()" }).catch(() => {});
  }
}

/** Several of one name are one field (RFC 9110 §5.2). */
function fieldsOf(headers: readonly Header[]): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const { name, value } of headers) {
    const known = Object.keys(fields).find((one) => one.toLowerCase() === name.toLowerCase());
    if (known === undefined) fields[name] = value;
    else fields[known] += `, ${value}`;
  }
  return fields;
}
