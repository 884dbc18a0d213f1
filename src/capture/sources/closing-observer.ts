import { observeClosings } from "../../agent/observe-closings.ts";
import type { Closing } from "../../model/connection.ts";

/** The binding's name; the observer takes it away before any script of the page can see it. */
export const BINDING = "__framescopeClosings";
/** The observer's script as stack traces name it, so that an initiator can be read past it. */
export const OBSERVER_URL = "framescope-observer.js";

const SECRET = "framescope:put-websocket-back";
const QUESTION = "framescope:is-websocket-observed";

/** To run before the first script of a document or worker, with `BINDING` added. */
export const INSTALL = `(${observeClosings.toString()})(${JSON.stringify(BINDING)}, ${JSON.stringify(SECRET)}, ${JSON.stringify(QUESTION)});\n//# sourceURL=${OBSERVER_URL}`;
/** Puts everything back; where no observer is, nothing happens. */
export const UNINSTALL = `try { Function.prototype.toString.call(${JSON.stringify(SECRET)}); } catch {}`;

/** What the observer reports: a socket that was just made, a Blob of so many bytes that it sends next, or its end. */
export type Report = { readonly id: number } & ({ readonly url: string } | { readonly blob: number } | { readonly closing: Closing });

/** Reads a `Runtime.bindingCalled`; undefined for one that is not the observer's. */
export function readReport(params: unknown): { readonly context: number; readonly report: Report } | undefined {
  const { name, payload, executionContextId } = (params ?? {}) as { readonly name?: unknown; readonly payload?: unknown; readonly executionContextId?: unknown };
  if (name !== BINDING || typeof payload !== "string" || typeof executionContextId !== "number") return undefined;
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(payload) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const { id, url, blob, code, reason, wasClean } = value;
  if (typeof id !== "number") return undefined;
  if (typeof blob === "number") return blob >= 0 ? { context: executionContextId, report: { id, blob } } : undefined;
  if (typeof url === "string") return { context: executionContextId, report: { id, url } };
  if (typeof code !== "number" || typeof reason !== "string" || typeof wasClean !== "boolean") return undefined;
  return { context: executionContextId, report: { id, closing: { code, reason, wasClean } } };
}
