import type { HttpExchange } from "../model/http-exchange.ts";
import type { Told } from "../model/said.ts";
import type { StoredValue } from "../model/stored-value.ts";
import type { ConnectionId, FrameIndex } from "../model/units.ts";
import type { Range } from "./range.ts";

/** One thing that a connection can be copied as. */
export interface SnippetForm {
  /** The id of its target. */
  readonly target: string;
  /** A proper name, the same in every language. */
  readonly name: string;
  /** Whose part it plays: it sends what the page sent, or answers as the server did. */
  readonly side: "client" | "server";
}

/** In what secrets may have come, beside the capture itself. */
export interface OutsidePlaces {
  /** HTTP requests and answers: a script that can asks for what they gave anew. */
  readonly exchanges: readonly HttpExchange[];
  /** What the browser holds for the page; left out where there is none. */
  readonly stored?: readonly StoredValue[];
}

export interface SnippetRequest extends OutsidePlaces {
  /** The id of a target. */
  readonly target: string;
  /**
   * All messages of a connection, or those at some places of the view, which are of one connection. Where none of these is one
   * that the script sends: all up to there.
   */
  readonly of: { readonly connection: ConnectionId } | { readonly places: readonly Range[] };
  /** Secrets stand in it as they were captured; else whoever runs it gives them. */
  readonly withSecrets: boolean;
  /** Messages are as far apart as they were. */
  readonly withPauses: boolean;
}

export interface Snippet {
  readonly text: string;
  /** Of the connection. */
  readonly url: string;
  /** That stand in it. */
  readonly messages: number;
  /** Names of the secrets that the environment is to give. */
  readonly secrets: readonly string[];
}

/** A secret of a connection, and what gave it: answers, the latest first, a message, a cookie, the page's storage. */
export interface ValueOrigin {
  /** Where the connection has it. */
  readonly value: Told;
  readonly from: readonly Told[];
  /** The answers are kept with the capture. */
  readonly isKept: boolean;
  /** The messages in which the page sent it. */
  readonly sentIn: readonly FrameIndex[];
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
   * Where the secrets of a connection's handshake and messages came from: of these answers, those that the capture has, its
   * messages, and what the browser holds; only what is sure. The answers that gave one are kept with the capture.
   */
  origins(query: OutsidePlaces & { readonly connection: ConnectionId }): readonly ValueOrigin[];
  /** Keeps those of these answers that gave what connections use with the capture: for a file that is to have them. */
  keepAnswers(query: Pick<OutsidePlaces, "exchanges">): null;
}
