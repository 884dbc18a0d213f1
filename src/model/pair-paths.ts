import type { Direction } from "./frame.ts";

/** Where the messages of a connection say which answer belongs to which request, as the user named it. Plain data; it crosses threads and is kept. */
export interface PairPaths {
  /** The direction of the requests; their answers go the other way. */
  readonly asks: Direction;
  /** Paths as the filter writes them: `.nonce`, `.meta.replyTo`. What stands there is a text or a number, the same in both. */
  readonly request: string;
  readonly answer: string;
}

/** Characters of one path. */
export const LONGEST_PAIR_PATH = 200;

/** From storage or a file, which may hold anything; whether the paths can be read is not asked. */
export function isPairPaths(value: unknown): value is PairPaths {
  if (typeof value !== "object" || value === null || !("asks" in value) || !("request" in value) || !("answer" in value)) return false;
  return (value.asks === "sent" || value.asks === "received") && isPath(value.request) && isPath(value.answer);
}

const isPath = (value: unknown): boolean => typeof value === "string" && value !== "" && value.length <= LONGEST_PAIR_PATH;
