import type { ConnectionGrouping } from "../model/settings.ts";
import type { HiddenAddress } from "../model/hidden-address.ts";
import type { ConnectionState, TargetType, Transport } from "../model/connection.ts";
import type { PairPaths } from "../model/pair-paths.ts";
import type { ByteLength, ConnectionId } from "../model/units.ts";
import type { Range } from "./range.ts";
import type { Told } from "../model/said.ts";

/** How a connection ended; a number is null where Chrome does not tell it. */
export type ConnectionEnd =
  /** `hasUnknownCode`: Chrome told none, where the closing itself could have been observed; not where its page ended. */
  | { readonly kind: "closed"; readonly code: number | null; readonly hasUnknownCode: boolean }
  /** The opening handshake failed. `status`: the server's answer. */
  | { readonly kind: "failed"; readonly status: number | null }
  /** It was open when the capture ended. */
  | { readonly kind: "capture ended" };

/**
 * Which connections a view lists: all, or those that have not ended and the one chosen. A line is a connection, or several of
 * which each took the place of the one before; the first of them (`root`) names the line, and any may be asked for.
 */
export interface ConnectionListing {
  readonly hidesEnded: boolean;
  readonly chosen: ConnectionId | null;
  /** What stands together under a heading; left out: what one target opened. */
  readonly groupBy?: ConnectionGrouping;
  /** Which are not listed. */
  readonly hidden?: readonly HiddenAddress[];
  /** Words that an address, or what opened it, has to hold, whatever their case; the one chosen is listed all the same. */
  readonly sought?: string;
  /** Left out: as they came, under headings. In any other order there are no headings. */
  readonly sortBy?: ConnectionSort;
}

/** `frames`, `bytes`: the most first. */
export const CONNECTION_SORTS = ["opened", "frames", "bytes", "address"] as const;
export type ConnectionSort = (typeof CONNECTION_SORTS)[number];

/** The lines of the list that a view draws. */
export interface ConnectionsQuery extends ConnectionListing, Range {
  /** Others of which it shows something, wherever they stand. */
  readonly watched: readonly ConnectionId[];
}

export interface ConnectionList {
  /** Lines of the whole list: one of each target's heading, two of each connection. */
  readonly lines: number;
  /** How many lines it has beside headings: a connection each, or a chain of them. */
  readonly connections: number;
  /** What stands on the lines asked for. */
  readonly items: readonly ConnectionItem[];
  /** Null: it is not known any more, or none is chosen. */
  readonly chosen: ConnectionItem<"connection"> | null;
  /** Lines that are not listed because they are hidden, and which of `hidden` hide any; absent where none is. */
  readonly hidden?: { readonly connections: number; readonly by: readonly number[] };
  /** Those of `watched` that are known. */
  readonly watched: readonly ConnectionRow[];
}

/** A target's heading or a connection. `line`: its first, from 0; `place`: among the connections listed, from 0. */
export type ConnectionItem<Type extends "target" | "connection" = "target" | "connection"> = Extract<
  | {
      readonly type: "target";
      readonly line: number;
      readonly targetKey: string;
      readonly targetType: TargetType | "host" | "protocol";
      /** The host of a page or frame, the file of a worker; the host of the connections themselves, or what they speak. */
      readonly targetName: string;
    }
  | { readonly type: "connection"; readonly line: number; readonly place: number; readonly row: ConnectionRow },
  { readonly type: Type }
>;

/** What the list says of one connection, or of several that came one after the other: of the last, with what all had. */
export interface ConnectionRow {
  readonly id: ConnectionId;
  /** The first of them, and how many there were; of one alone itself, and 1. */
  readonly root: ConnectionId;
  readonly times: number;
  readonly url: string;
  readonly transport: Transport;
  /** The browser connected again: the first connection of its EventSource, and how often it had connected since. */
  readonly reconnects?: { readonly first: ConnectionId; readonly times: number };
  readonly subprotocol: string;
  /** The host of the page, frame or script that opened it; empty where it is not known. */
  readonly openedAt: string;
  readonly seenFromStart: boolean;
  readonly state: ConnectionState;
  /** Why it failed or how it ended, in a plain sentence. */
  readonly ending: Told;
  /** The same by its kind; absent while it lives. */
  readonly end?: ConnectionEnd;
  /** What is not known of it, or how it came to be known. */
  readonly notice?: Told;
  /** The id of the decoder that the user chose for it; absent where none is. */
  readonly decodedAs?: string;
  /** The user opened a schema for it. */
  readonly hasSchema?: true;
  /** How the user paired its messages. */
  readonly pairs?: PairPaths;
  /** What its messages speak, as far as they are decoded: the decoder's name. */
  readonly speaks?: string;
  /** The same as `protocol:` names it, where it is a protocol of the whole connection. */
  readonly protocol?: string;
  readonly frames: number;
  readonly bytes: ByteLength;
  /** Frames a second, both ways. */
  readonly rate: number;
}

/** The list of connections. */
export interface ConnectionCalls {
  connections(query: ConnectionsQuery): ConnectionList;
  /**
   * The one so many places after the one chosen, or before it, as far as the list goes; null: all, which
   * stand before the first. `connection`: the first of its line. `line`: where it stands.
   */
  connectionBeside(query: ConnectionListing & { readonly by: number }): { readonly connection: ConnectionId | null; readonly line: number };
}
