import type { OwnDecoder } from "../model/own-decoder.ts";
import type { PairPaths } from "../model/pair-paths.ts";
import type { SchemaChoice } from "../model/schema-choice.ts";
import type { ConnectionId } from "../model/units.ts";

/** A decoder, as a list of them shows it. */
export interface DecoderName {
  readonly id: string;
  readonly name: string;
}

/** Which decoder reads a connection's messages, and by which schema. */
export interface DecodingCalls {
  /** Every decoder that can be chosen. */
  decoders(query: null): readonly DecoderName[];
  /** The user's own decoders, all of them: each can be chosen by `ownDecoderId`. */
  ownDecoders(decoders: readonly OwnDecoder[]): null;
  /** Null: the decoders themselves find out. All messages of the connection are decoded anew. */
  decodeAs(choice: { readonly connection: ConnectionId; readonly decoder: string | null }): null;
  /** What connections that are still to come are read by, by their URL, the latest last, and nothing else; see `DecoderChoices.remember`. `schema`: a `SchemaChoice` as JSON. */
  rememberDecoders(choices: readonly { readonly url: string; readonly decoder: string | null; readonly schema?: string | undefined; readonly pairs?: PairPaths | undefined }[]): null;
  /** Reads .proto files and descriptor sets, opened together. Refused with the file, its line, and what is missing. */
  openSchema(query: { readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[] }): OpenedSchema;
  /** What the user opened for a connection; null where that is nothing. */
  schemaOf(query: { readonly connection: ConnectionId }): { readonly choice: SchemaChoice; readonly types: readonly string[] } | null;
  /** Reads a connection's messages by a schema, whatever decoder was chosen before; null: by none. */
  readBySchema(query: { readonly connection: ConnectionId; readonly choice: SchemaChoice | null }): null;
  /** Pairs a connection's messages by two paths, whatever reads them; null: as their decoders do. Refused with what is wrong with a path. */
  pairBy(query: { readonly connection: ConnectionId; readonly pairs: PairPaths | null }): null;
}

export interface OpenedSchema {
  /** As `SchemaChoice.schema`. */
  readonly schema: string;
  /** The full names of its messages. */
  readonly types: readonly string[];
}
