import { Refusal } from "../model/refusal.ts";
import type { Told } from "../model/said.ts";
import type { Decoder } from "./decoder.ts";
import { DECODERS } from "./registry.ts";

/** What came of a decoder's `load` in this thread. */
interface Load {
  readonly through: Promise<void>;
  state: "under way" | "done" | { readonly failure: unknown };
}

/** A thread loads once what decoders need, whichever of them and whichever connections need it. */
const loads = new WeakMap<NonNullable<Decoder["load"]>, Load>();

/** `ready`: it may be opened. */
export function loadState(decoder: Decoder): "ready" | "not loaded" | "failed" {
  if (decoder.load === undefined) return "ready";
  const state = decoder.load && loads.get(decoder.load)?.state;
  return state === "done" ? "ready" : typeof state === "object" ? "failed" : "not loaded";
}

/** Why it failed; null where it tells nothing that a person reads. */
export function loadRefusal(decoder: Decoder): Told | null {
  const state = decoder.load && loads.get(decoder.load)?.state;
  return typeof state === "object" && state.failure instanceof Refusal ? state.failure.told : null;
}

/** Resolves once it is ready or has failed; never rejects. What failed is not tried again. */
export function loadDecoder(decoder: Decoder): Promise<void> {
  if (decoder.load === undefined) return DONE;
  let load = loads.get(decoder.load);
  if (load === undefined) {
    const begun: Load = {
      through: begin(decoder.load).then(
        () => void (begun.state = "done"),
        (failure: unknown) => void (begun.state = { failure }),
      ),
      state: "under way",
    };
    load = begun;
    loads.set(decoder.load, load);
  }
  return load.through;
}

/** Also what throws at once is a load that failed. */
const begin = async (load: () => Promise<void>): Promise<void> => await load();

const DONE = Promise.resolve();

/** Loads the decoders that are not loaded yet, and for one that carries messages all that may read those; undefined where nothing has to be waited for. */
export function loadDecoders(decoders: Iterable<Decoder>): Promise<void> | undefined {
  const asked = [...decoders];
  const needed: readonly Decoder[] = asked.some(({ carries }) => carries === true) ? [...asked, ...DECODERS] : asked;
  const missing = needed.filter((decoder) => loadState(decoder) === "not loaded");
  return missing.length === 0 ? undefined : Promise.all(missing.map(loadDecoder)).then(() => undefined);
}
