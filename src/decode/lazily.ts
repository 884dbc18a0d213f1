/** What a decoder needs once it is opened, and is not to be loaded for nothing: see `Decoder.load`. */
export interface Lazily<Module> {
  /** To be awaited before `get`. */
  readonly load: () => Promise<void>;
  readonly get: () => Module;
}

/** A chunk of its own, once in each thread. `needs`: what the chunk needs in its turn. */
export function lazily<Module>(begin: () => Promise<Module>, needs?: (module: Module) => Promise<unknown>): Lazily<Module> {
  let module: Module | undefined;
  return {
    load: async () => {
      const begun = await begin();
      await needs?.(begun);
      module = begun;
    },
    get: () => {
      if (module === undefined) throw new Error("A decoder is opened before it is loaded.");
      return module;
    },
  };
}
