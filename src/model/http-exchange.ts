import type { Header } from "./connection.ts";
import type { EpochMilliseconds } from "./units.ts";

/** One HTTP request and its answer, as DevTools' log has it, or the HTTP entry of a HAR. */
export interface HttpExchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly Header[];
  /** Null where it had none, or where it is no text. */
  readonly requestBody: string | null;
  readonly status: number;
  /** As text; empty where it is none. */
  readonly body: string;
  /** The values of its Set-Cookie headers. */
  readonly setCookies: readonly string[];
  /** When its answer was there. */
  readonly finishedAt: EpochMilliseconds;
}
