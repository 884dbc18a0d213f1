import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { DecoderName } from "../../contract/decoding.ts";
import { MOST_OWN_DECODERS, MOST_OWN_NAME, MOST_OWN_SOURCE, ownDecoderId, readOwnDecoders, type OwnDecoder } from "../../model/own-decoder.ts";
import { isPairPaths, type PairPaths } from "../../model/pair-paths.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { readSchemaChoice, type SchemaChoice } from "../../model/schema-choice.ts";
import type { EngineClient } from "../engine-client.ts";
import { KeptStore, type StorageArea } from "./kept-store.ts";

/** What connections are decoded as: those to an address, or to all that are like it where it has a `*`. */
export interface RememberedDecoder {
  readonly url: string;
  /** Null: the decoders themselves find out, by the schema where there is one. */
  readonly decoder: string | null;
  /** A `SchemaChoice` as JSON. */
  readonly schema?: string;
  readonly pairs?: PairPaths;
}

interface RememberedDecoders {
  /** The latest first. */
  readonly chosen: readonly RememberedDecoder[];
}

interface KeptOwnDecoders {
  readonly decoders: readonly OwnDecoder[];
}

interface DecodersState extends RememberedDecoders {
  /** Every decoder that can be chosen. */
  readonly list: readonly DecoderName[];
  /** Names of the user's own. */
  readonly own: readonly string[];
}

const DECODERS_KEY = "decoders";
const OWN_KEY = "own-decoders";
const MOST_REMEMBERED = 100;
/** Characters of all schemas; those of the addresses chosen longest ago are forgotten. */
const MOST_SCHEMAS = 16 << 20;

/** The decoders that there are, the user's own among them, and which the user chose, so that a connection to the same address has it again. */
export class DecodersStore {
  readonly store: StoreApi<DecodersState> = createStore(() => ({ list: [] as readonly DecoderName[], own: [] as readonly string[], chosen: [] as readonly RememberedDecoder[] }));
  readonly #engine: EngineClient;
  readonly #kept: KeptStore<RememberedDecoders>;
  readonly #own: KeptStore<KeptOwnDecoders>;

  constructor(engine: EngineClient, area: StorageArea) {
    this.#engine = engine;
    this.#kept = new KeptStore(area, DECODERS_KEY, readRemembered);
    this.#own = new KeptStore(area, OWN_KEY, readKeptOwn);
  }

  async begin(): Promise<void> {
    await Promise.all([this.#kept.begin(), this.#own.begin()]);
    this.#kept.store.subscribe(() => this.#tellRemembered(true));
    this.#own.store.subscribe(() => this.#tellOwn(true));
    this.engineReplaced();
  }

  /** The engine is a new one: it knows no choice yet. */
  engineReplaced(): void {
    this.#tellOwn(false);
    this.#tellRemembered(false);
  }

  /** Null: the decoders themselves find out. */
  async choose({ id, url }: ConnectionRow, decoder: string | null): Promise<void> {
    await this.#engine.call("decodeAs", { connection: id, decoder });
    this.#remember(url, (before) => ({ ...before, decoder }));
  }

  /** By a schema, whatever decoder was chosen before; null: by none. Throws a `Refusal` where it does not fit. */
  async readBySchema({ id, url }: ConnectionRow, choice: SchemaChoice | null): Promise<void> {
    await this.#engine.call("readBySchema", { connection: id, choice });
    this.#remember(url, ({ pairs }) => ({ decoder: null, schema: choice === null ? undefined : JSON.stringify(choice), pairs }));
  }

  /** By two paths, beside whatever reads the messages; null: as decoders do. Throws a `Refusal` where a path is none. */
  async pairBy({ id, url }: ConnectionRow, pairs: PairPaths | null): Promise<void> {
    await this.#engine.call("pairBy", { connection: id, pairs });
    this.#remember(url, ({ decoder, schema }) => ({ decoder, schema, pairs: pairs ?? undefined }));
  }

  /** What connections that are still to come are decoded as. */
  remember(chosen: readonly RememberedDecoder[]): void {
    this.#kept.change({ chosen });
  }

  /** Keeps a file as a decoder named as the file is, in the place of one of that name; answers its id. Throws a `Refusal`. */
  async open(file: File): Promise<string> {
    const name = file.name.replace(/\.[cm]?js$/i, "").slice(0, MOST_OWN_NAME);
    const { decoders } = this.#own.store.getState();
    const others = decoders.filter((other) => other.name !== name);
    if (file.size > MOST_OWN_SOURCE) throw new Refusal(say("own.too-long", { name: file.name, most: MOST_OWN_SOURCE }));
    if (others.length >= MOST_OWN_DECODERS) throw new Refusal(say("own.too-many", { most: MOST_OWN_DECODERS }));
    this.#own.change({ decoders: [...others, { name, source: await file.text() }] });
    return ownDecoderId(name);
  }

  /** Also what was to be decoded by it. */
  remove(name: string): void {
    this.#own.change({ decoders: this.#own.store.getState().decoders.filter((other) => other.name !== name) });
    const id = ownDecoderId(name);
    this.#kept.change({ chosen: this.#kept.store.getState().chosen.flatMap((one) => (one.decoder !== id ? [one] : one.schema === undefined && one.pairs === undefined ? [] : [{ ...one, decoder: null }])) });
  }

  end(): void {
    this.#kept.end();
    this.#own.end();
  }

  #remember(url: string, choose: (before: Choice) => Choice): void {
    const address = addressOf(url);
    if (address === "") return;
    const { chosen } = this.#kept.store.getState();
    const { decoder, schema, pairs } = choose(chosen.find((one) => one.url === address) ?? NOTHING_CHOSEN);
    const others = chosen.filter((other) => other.url !== address);
    const isNothing = decoder === null && schema === undefined && pairs === undefined;
    this.#kept.change({ chosen: isNothing ? others : [{ url: address, decoder, ...(schema !== undefined && { schema }), ...(pairs !== undefined && { pairs }) }, ...others] });
  }

  /** `isOther`: the engine may know others. */
  #tellRemembered(isOther: boolean): void {
    const { chosen } = this.#kept.store.getState();
    this.store.setState({ chosen });
    // An engine that has ended is followed by another, which is asked again.
    if (isOther || chosen.length > 0) this.#engine.call("rememberDecoders", chosen.toReversed()).catch(() => undefined);
  }

  #tellOwn(isOther: boolean): void {
    const { decoders } = this.#own.store.getState();
    this.store.setState({ own: decoders.map(({ name }) => name) });
    if (isOther || decoders.length > 0) this.#engine.call("ownDecoders", decoders).catch(() => undefined);
    this.#engine.call("decoders", null).then((list) => this.store.setState({ list }), () => undefined);
  }
}

interface Choice {
  readonly decoder: string | null;
  readonly schema?: string | undefined;
  readonly pairs?: PairPaths | undefined;
}

const NOTHING_CHOSEN: Choice = { decoder: null };

/** Whose store it is: a `PanelSession` is that. */
interface StoreOwner {
  readonly engine: EngineClient;
  readonly area: StorageArea;
  readonly ended: AbortSignal;
}

const STORES = new WeakMap<StoreOwner, DecodersStore>();

/** The session's. */
export function decodersOf(session: StoreOwner): DecodersStore {
  const known = STORES.get(session);
  if (known !== undefined) return known;
  const made = new DecodersStore(session.engine, session.area);
  STORES.set(session, made);
  session.ended.addEventListener("abort", () => made.end());
  return made;
}

/** Without the query: it may hold a token, and is another one with each connection. */
const addressOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? "";

function readRemembered(stored: unknown): RememberedDecoders {
  const chosen: unknown = typeof stored === "object" && stored !== null && "chosen" in stored ? stored.chosen : [];
  let left = MOST_SCHEMAS;
  return {
    chosen: (Array.isArray(chosen) ? chosen : [])
      .filter(isRemembered)
      .slice(0, MOST_REMEMBERED)
      .filter(({ schema }) => schema === undefined || (left -= schema.length) >= 0),
  };
}

const readKeptOwn = (stored: unknown): KeptOwnDecoders => ({ decoders: readOwnDecoders(typeof stored === "object" && stored !== null && "decoders" in stored ? stored.decoders : []) });

function isRemembered(value: unknown): value is RememberedDecoder {
  if (typeof value !== "object" || value === null || !("url" in value) || typeof value.url !== "string" || !("decoder" in value)) return false;
  const { decoder } = value;
  const schema = "schema" in value ? value.schema : undefined;
  const pairs = "pairs" in value ? value.pairs : undefined;
  if (decoder !== null && typeof decoder !== "string") return false;
  if (schema !== undefined && (typeof schema !== "string" || readSchemaChoice(schema) === undefined)) return false;
  if (pairs !== undefined && !isPairPaths(pairs)) return false;
  return decoder !== null || schema !== undefined || pairs !== undefined;
}
