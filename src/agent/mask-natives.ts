import type { Natives } from "./rules/take-natives.ts";

/** What a proxy does where it is called, or asked to make something. The native function is the first of what each is given. */
export interface MaskTraps<Native> {
  readonly construct?: (native: Native, parameters: unknown[], newTarget: unknown) => object;
  readonly apply?: (native: Native, self: unknown, parameters: readonly unknown[]) => unknown;
}

export interface NativeMasks {
  /** A proxy that a page has in the place of a native function. */
  readonly mask: <Native extends object>(native: Native, traps: MaskTraps<Native>) => Native;
  /** What such a proxy stands for; all else is what it is. */
  readonly behind: (value: unknown) => unknown;
}

/**
 * Makes proxies that a page can hardly tell from what they stand for: what is thrown through one has no line of `script` in
 * its stack, a prototype that would make it its own ancestor is refused, and what asks who called is answered as by the
 * native function.
 */
export function maskNatives({ apply, get, property, prototypeOf, setPrototypeOf, indexOf, slice, Weak, getOf, setOf, Mask, Errors, stackOf, setStack }: Natives, script: string): NativeMasks {
  const natives = new Weak<object, object>();
  const behind: NativeMasks["behind"] = (value) => ((typeof value === "function" ? apply(getOf, natives, [value]) : undefined) ?? value);
  const tidy = (error: unknown): void => {
    try {
      if (typeof error !== "object" || error === null || stackOf === undefined || setStack === undefined) return;
      // A page that writes stacks itself has them from V8 as they are; another kind of error is none of V8's.
      if (property(Errors, "prepareStackTrace") !== undefined || property(error, "stack")?.get !== stackOf) return;
      const stack = apply(stackOf, error, []);
      if (typeof stack !== "string" || apply(indexOf, stack, [script]) < 0) return;
      let tidied = "";
      for (let at = 0, begin = 0; at < stack.length; begin = at) {
        const end = apply(indexOf, stack, ["\n", at]);
        at = end < 0 ? stack.length : end + 1;
        const line = apply(slice, stack, [begin, at]);
        if (apply(indexOf, line, ["    at "]) !== 0 || apply(indexOf, line, [script]) < 0) tidied += line;
      }
      apply(setStack, error, [tidied[tidied.length - 1] === "\n" ? apply(slice, tidied, [0, -1]) : tidied]);
    } catch {
      // It stays as it is.
    }
  };
  const through = <Answer>(act: () => Answer): Answer => {
    try {
      return act();
    } catch (error) {
      tidy(error);
      throw error;
    }
  };
  const mask: NativeMasks["mask"] = (native, traps) => {
    const { construct, apply: call } = traps;
    const handler: ProxyHandler<typeof native> = {
      // @ts-expect-error -- a page may have added to what all objects inherit
      __proto__: null,
      // Whoever called it, V8 tells of a function alone.
      get: (target, key, receiver) => (key === "caller" || key === "arguments" ? through(() => target[key as never] as unknown) : (get(target, key, receiver) as unknown)),
      setPrototypeOf: (target, prototype) => {
        for (let one = prototype; one !== null; one = prototypeOf(one)) if (one === masked) return false;
        return setPrototypeOf(target, prototype);
      },
    };
    if (construct !== undefined) handler.construct = (target, parameters, newTarget) => through(() => construct(target, parameters as unknown[], newTarget === masked ? target : newTarget));
    if (call !== undefined) handler.apply = (target, self, parameters) => through(() => call(target, self, parameters as readonly unknown[]));
    const masked = new Mask(native, handler);
    apply(setOf, natives, [masked, native]);
    return masked;
  };
  return { mask, behind };
}
