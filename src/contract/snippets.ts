import type { HttpExchange } from "../model/http-exchange.ts";
import type { Told } from "../model/said.ts";
import type { ConnectionId } from "../model/units.ts";
import type { Range } from "./rows.ts";

/** One thing that a connection can be copied as. */
export interface SnippetForm {
  /** The id of its target. */
  readonly target: string;
  /** A proper name, the same in every language. */
  readonly name: string;
  /** Whose part it plays: it sends what the page sent, or answers as the server did. */
  readonly side: "client" | "server";
}

export interface SnippetRequest {
  /** The id of a target. */
  readonly target: string;
  /** All messages of a connection, or those at some places of the view, which are of one connection. */
  readonly of: { readonly connection: ConnectionId } | { readonly places: readonly Range[] };
  /** Secrets stand in it as they were captured; else whoever runs it gives them. */
  readonly withSecrets: boolean;
  /** Messages are as far apart as they were. */
  readonly withPauses: boolean;
  /** HTTP requests and answers in which secrets may have come: a script that can asks for them anew. */
  readonly exchanges: readonly HttpExchange[];
}

export interface Snippet {
  readonly text: string;
  /** That stand in it. */
  readonly messages: number;
  /** Names of the secrets that the environment is to give. */
  readonly secrets: readonly string[];
}

/** A secret of a connection, and what gave it: answers, the latest first, a message, a cookie. */
export interface ValueOrigin {
  /** Where the connection has it. */
  readonly value: Told;
  readonly from: readonly Told[];
  /** The answers are kept with the capture. */
  readonly isKept: boolean;
}

/** Messages that a snippet holds at most, and bytes of them. */
export const MOST_SNIPPET_MESSAGES = 1000;
export const MOST_SNIPPET_BYTES = 1 << 20;

/** Copy as code. */
export interface SnippetCalls {
  /** Every target. */
  snippetForms(query: null): readonly SnippetForm[];
  /** Refused where the messages are of several connections, or of none whose URL is known. Past the bounds a comment in it says how many there are. */
  snippet(request: SnippetRequest): Snippet;
  /**
   * Where the secrets of a connection's handshake and messages came from: of these answers, those that the capture has, and its
   * messages; only what is sure. The answers that gave one are kept with the capture.
   */
  origins(query: { readonly connection: ConnectionId; readonly exchanges: readonly HttpExchange[] }): readonly ValueOrigin[];
}
