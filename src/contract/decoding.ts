import type { OwnDecoder } from "../model/own-decoder.ts";
import type { ConnectionId } from "../model/units.ts";

/** A decoder, as a list of them shows it. */
export interface DecoderName {
  readonly id: string;
  readonly name: string;
}

/** Which decoder reads a connection's messages. */
export interface DecodingCalls {
  /** Every decoder that can be chosen. */
  decoders(query: null): readonly DecoderName[];
  /** The user's own decoders, all of them: each can be chosen by `ownDecoderId`. */
  ownDecoders(decoders: readonly OwnDecoder[]): null;
  /** Null: the decoders themselves find out. All messages of the connection are decoded anew. */
  decodeAs(choice: { readonly connection: ConnectionId; readonly decoder: string | null }): null;
  /** What connections that are still to come are decoded as, by their URL, the latest last, and nothing else; see `DecoderChoices.remember`. */
  rememberDecoders(choices: readonly { readonly url: string; readonly decoder: string }[]): null;
}
