import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { DecoderName } from "../../contract/decoding.ts";
import type { EngineClient } from "../engine-client.ts";
import { KeptStore, type StorageArea } from "./kept-store.ts";

interface RememberedDecoder {
  readonly url: string;
  readonly decoder: string;
}

interface RememberedDecoders {
  /** The latest first. */
  readonly chosen: readonly RememberedDecoder[];
}

const DECODERS_KEY = "decoders";
const MOST_REMEMBERED = 100;

/** The decoders that there are, and which of them the user chose, so that a connection to the same address has it again. */
export class DecodersStore {
  readonly store: StoreApi<{ readonly list: readonly DecoderName[] }> = createStore(() => ({ list: [] as readonly DecoderName[] }));
  readonly #engine: EngineClient;
  readonly #kept: KeptStore<RememberedDecoders>;

  constructor(engine: EngineClient, area: StorageArea) {
    this.#engine = engine;
    this.#kept = new KeptStore(area, DECODERS_KEY, readRemembered);
  }

  async begin(): Promise<void> {
    await this.#kept.begin();
    this.engineReplaced();
  }

  /** The engine is a new one: it knows no choice yet. */
  engineReplaced(): void {
    const { chosen } = this.#kept.store.getState();
    // An engine that has ended is followed by another, which is asked again.
    if (chosen.length > 0) this.#engine.call("rememberDecoders", chosen.toReversed()).catch(() => undefined);
    this.#engine.call("decoders", null).then((list) => this.store.setState({ list }), () => undefined);
  }

  /** Null: the decoders themselves find out. */
  async choose({ id, url }: ConnectionRow, decoder: string | null): Promise<void> {
    await this.#engine.call("decodeAs", { connection: id, decoder });
    const address = addressOf(url);
    if (address === "") return;
    const others = this.#kept.store.getState().chosen.filter((other) => other.url !== address);
    this.#kept.change({ chosen: decoder === null ? others : [{ url: address, decoder }, ...others] });
  }

  end(): void {
    this.#kept.end();
  }
}

/** Without the query: it may hold a token, and is another one with each connection. */
const addressOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? "";

function readRemembered(stored: unknown): RememberedDecoders {
  const chosen: unknown = typeof stored === "object" && stored !== null && "chosen" in stored ? stored.chosen : [];
  return { chosen: (Array.isArray(chosen) ? chosen : []).filter(isRemembered).slice(0, MOST_REMEMBERED) };
}

function isRemembered(value: unknown): value is RememberedDecoder {
  return typeof value === "object" && value !== null && "url" in value && typeof value.url === "string" && "decoder" in value && typeof value.decoder === "string";
}
