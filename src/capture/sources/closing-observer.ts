import { maskNatives } from "../../agent/mask-natives.ts";
import { observeClosings } from "../../agent/observe-closings.ts";
import { TAKE_NATIVES } from "./rules-agent.ts";
import type { Closing } from "../../model/connection.ts";

/** The observer's script as stack traces name it, so that an initiator can be read past it. */
export const OBSERVER_URL = "framescope-observer.js";

/** Drawn by lot, so that no page can guess them; all pages of the extension have the same. */
export interface ObserverNames {
  /** The binding; the observer takes it away before any script of the page can see it. */
  readonly binding: string;
  /** In every report. */
  readonly secret: string;
  /** Puts WebSocket back. */
  readonly off: string;
}

export const drawObserverNames = (drawName: () => string): ObserverNames => ({ binding: `_${drawName()}`, secret: drawName(), off: drawName() });

/** To run before the first script of a document or worker, with the binding added. */
export const observerScript = ({ binding, secret, off }: ObserverNames): string =>
  // Strict, so that no function of the page's that it calls can ask who called.
  `(() => { "use strict"; (${observeClosings.toString()})(${TAKE_NATIVES}, ${maskNatives.toString()}, ${[OBSERVER_URL, binding, secret, off].map((value) => JSON.stringify(value)).join(", ")}); })();\n//# sourceURL=${OBSERVER_URL}`;
/** Puts everything back; where no observer is, nothing happens. */
export const observerEnd = ({ off }: ObserverNames): string => `try { Function.prototype.toString.call(${JSON.stringify(off)}); } catch {}`;

/** What the observer reports: a socket that was just made, a Blob of so many bytes that it sends next, or its end. */
export type Report = { readonly id: number } & ({ readonly url: string } | { readonly blob: number } | { readonly closing: Closing });

/** Reads a `Runtime.bindingCalled`; undefined for one that is not the observer's. */
export function readReport(params: unknown, { binding, secret }: ObserverNames): { readonly context: number; readonly report: Report } | undefined {
  const { name, payload, executionContextId } = (params ?? {}) as { readonly name?: unknown; readonly payload?: unknown; readonly executionContextId?: unknown };
  if (name !== binding || typeof payload !== "string" || typeof executionContextId !== "number") return undefined;
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(payload) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const { id, url, blob, code, reason, wasClean } = value;
  // The page may have caught sight of the binding, but never of the secret.
  if (value["secret"] !== secret || typeof id !== "number") return undefined;
  if (typeof blob === "number") return blob >= 0 ? { context: executionContextId, report: { id, blob } } : undefined;
  if (typeof url === "string") return { context: executionContextId, report: { id, url } };
  if (typeof code !== "number" || typeof reason !== "string" || typeof wasClean !== "boolean") return undefined;
  return { context: executionContextId, report: { id, closing: { code, reason, wasClean } } };
}
