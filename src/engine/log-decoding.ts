import { DecodedColumns } from "../log/decoded-columns.ts";
import { DecoderChoices, type DecoderChoice, type DecoderChoiceEvent } from "../log/decoder-choices.ts";
import type { Connection } from "../model/connection.ts";
import type { OwnDecoder } from "../model/own-decoder.ts";
import type { PairPaths } from "../model/pair-paths.ts";
import type { ConnectionId } from "../model/units.ts";
import { OwnDecoders } from "./own/own-decoders.ts";

interface LogDecodingEdges {
  readonly connections: () => ReadonlyMap<number, Connection>;
  /** A choice is to be kept with the capture. */
  readonly keep: (event: DecoderChoiceEvent) => void;
  /** What is told of connections is otherwise now. */
  readonly changed: () => void;
}

/** What a log's messages are decoded by, as far as the user says it, and what decoding found of them. */
export class LogDecoding {
  readonly own = new OwnDecoders();
  readonly #edges: LogDecodingEdges;
  #choices = new DecoderChoices();
  #columns = new DecodedColumns();
  #timesAnew = 0;

  constructor(edges: LogDecodingEdges) {
    this.#edges = edges;
  }

  /** What decoding found of the log's rows, as far as it has come. */
  get columns(): DecodedColumns {
    return this.#columns;
  }

  /** Grows when all messages are to be decoded anew: by other decoders, or because it is another log. */
  get revision(): number {
    return this.#choices.revision + this.#timesAnew;
  }

  /** The log is another, or has others before its rows; what its connections speak stays known. */
  leaveLog(): void {
    this.#timesAnew++;
    this.#columns = new DecodedColumns(this.#columns);
  }

  /** Has all messages decoded anew. */
  anew(): void {
    this.#timesAnew++;
    this.forgetFound();
  }

  /** Forgets what decoding found. */
  forgetFound(): void {
    this.#columns = new DecodedColumns();
  }

  /** The choices of a capture that is being read back. Where some have come, what was decoded without them is to be forgotten. */
  readBack(choices: DecoderChoices): void {
    this.#choices = choices;
  }

  /** The decoder, the schema and the pairs that the user chose for a connection. */
  choiceOf(connection: number): DecoderChoice {
    return this.#choices.of(connection);
  }

  /** Has a connection's messages decoded by this decoder and schema, and paired so; without any as the decoders themselves find out. */
  choose(connection: ConnectionId, choice: DecoderChoice): void {
    const url = this.#edges.connections().get(connection)?.url;
    const before = this.choiceOf(connection);
    if (url === undefined || (before.decoder === choice.decoder && before.schema === choice.schema && isSamePairs(before.pairs, choice.pairs))) return;
    this.#choices.remember(url, choice);
    this.#apply(connection, choice, false);
    // What decoders learnt of one connection goes into pairs and labels of all.
    this.forgetFound();
  }

  /** What connections that are still to come are decoded as; see `DecoderChoices.remember`. */
  rememberOnly(choices: Parameters<DecoderChoices["rememberOnly"]>[0]): void {
    this.#choices.rememberOnly(choices);
  }

  /** A connection has come: perhaps to an address for which the user chose before. */
  chooseAsBefore(connection: ConnectionId, url: string): void {
    const choice = this.#choices.rememberedFor(url);
    if (choice !== undefined) this.#apply(connection, choice, true);
  }

  /** Only these connections are left; answers the choices that still count. */
  keep(isLeft: (connection: number) => boolean): DecoderChoiceEvent[] {
    this.#columns.keepSpoken(isLeft);
    return this.#choices.keep(isLeft);
  }

  /** What was read by one of the user's own that is another now is decoded anew. */
  setOwn(decoders: readonly OwnDecoder[]): void {
    const isOther = this.own.set(decoders);
    if ([...this.#edges.connections().keys()].some((id) => isOther(this.choiceOf(id).decoder))) this.anew();
    this.#edges.changed();
  }

  #apply(connection: ConnectionId, choice: DecoderChoice, fromStart: boolean): void {
    const event = this.#choices.event(connection, choice, fromStart);
    this.#choices.apply(event);
    this.#edges.changed();
    this.#edges.keep(event);
  }
}

const isSamePairs = (one: PairPaths | undefined, other: PairPaths | undefined): boolean => one?.asks === other?.asks && one?.request === other?.request && one?.answer === other?.answer;
