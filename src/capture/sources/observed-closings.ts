import type { Closing } from "../../model/connection.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { Report } from "./closing-observer.ts";

interface Observed {
  readonly connection: ConnectionId;
  readonly sessionKey: string;
}

/** What a report tells of a connection, once that is known. */
export type ObservedReport = { readonly connection: ConnectionId } & ({ readonly blob: number } | { readonly closing: Closing });

/**
 * Which connection a report of the observer speaks of. The page calls it in the very turn in which it made the socket,
 * so the socket that Chrome told of last in that session, with the same URL, is the one.
 */
export class ObservedClosings {
  readonly #last = new Map<string, { readonly connection: ConnectionId; readonly url: string }>();
  readonly #observed = new Map<string, Observed>();
  readonly #connections = new Set<ConnectionId>();

  created(sessionKey: string, connection: ConnectionId, url: string): void {
    this.#last.set(sessionKey, { connection, url });
  }

  isObserved(connection: ConnectionId): boolean {
    return this.#connections.has(connection);
  }

  /** Takes a report; answers what it tells of a connection, if it does. */
  take(sessionKey: string, context: number, report: Report): ObservedReport | undefined {
    const place = `${sessionKey} ${context} ${report.id}`;
    if ("url" in report) {
      const last = this.#last.get(sessionKey);
      if (last === undefined || last.url !== report.url) return undefined;
      this.#last.delete(sessionKey);
      this.#observed.set(place, { connection: last.connection, sessionKey });
      this.#connections.add(last.connection);
      return undefined;
    }
    const observed = this.#observed.get(place);
    if (observed === undefined) return undefined;
    if ("blob" in report) return { connection: observed.connection, blob: report.blob };
    this.#observed.delete(place);
    this.#connections.delete(observed.connection);
    return { connection: observed.connection, closing: report.closing };
  }

  /** No report of this session will come any more. */
  endSession(sessionKey: string): void {
    this.#last.delete(sessionKey);
    for (const [place, observed] of this.#observed) {
      if (observed.sessionKey !== sessionKey) continue;
      this.#observed.delete(place);
      this.#connections.delete(observed.connection);
    }
  }
}
