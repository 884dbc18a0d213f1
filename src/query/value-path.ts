import type { PathStep } from "./query.ts";

/** Whether some value at a path passes. The common path, one key after another, needs no stack. */
export function createPathTest(path: readonly PathStep[], passes: (value: unknown) => boolean): (root: unknown) => boolean {
  const keys = path.flatMap((step) => (step.kind === "key" && !step.deep ? step.key : []));
  if (keys.length < path.length) return (root) => someValueAt(root, path, passes);
  return (root) => {
    let value = root;
    for (const key of keys) {
      if (!isContainer(value) || isArray(value)) return false;
      // A Map may have several keys of one text: 1 and "1".
      if (value instanceof Map) return someValueAt(root, path, passes);
      if (!Object.hasOwn(value, key)) return false;
      value = (value as Readonly<Record<string, unknown>>)[key];
    }
    return passes(value);
  };
}

/**
 * Whether some value at a path passes. Looks at own entries of objects, arrays and Maps; bytes and dates are leaves.
 * A stack of its own, so that depth is bounded by memory only. Cost: what the path reaches; `..` reaches everything.
 */
function someValueAt(root: unknown, path: readonly PathStep[], passes: (value: unknown) => boolean): boolean {
  const values: unknown[] = [root];
  /** How many steps were taken to the value of the same place. */
  const taken: number[] = [0];
  while (values.length > 0) {
    const value = values.pop();
    const place = taken.pop() as number;
    const step = path[place];
    if (step === undefined) {
      if (passes(value)) return true;
      continue;
    }
    if (!isContainer(value)) continue;
    if (step.deep) {
      for (const entry of entriesOf(value)) {
        values.push(entry);
        taken.push(place);
      }
    }
    takeStep(value, step, (entry) => {
      values.push(entry);
      taken.push(place + 1);
    });
  }
  return false;
}

type Container = readonly unknown[] | ReadonlyMap<unknown, unknown> | Readonly<Record<string, unknown>>;

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && !(value instanceof Date);
}

const isArray: (value: Container) => value is readonly unknown[] = Array.isArray;

function entriesOf(container: Container): Iterable<unknown> {
  if (isArray(container)) return container;
  return container instanceof Map ? container.values() : Object.values(container);
}

function takeStep(container: Container, step: PathStep, take: (entry: unknown) => void): void {
  switch (step.kind) {
    case "every":
      for (const entry of entriesOf(container)) take(entry);
      return;
    case "index": {
      if (!isArray(container)) return;
      const index = step.index < 0 ? container.length + step.index : step.index;
      if (index >= 0 && index < container.length) take(container[index]);
      return;
    }
    case "key":
      if (isArray(container)) return;
      if (container instanceof Map) {
        for (const [key, entry] of container as ReadonlyMap<unknown, unknown>) if (String(key) === step.key) take(entry);
      } else if (Object.hasOwn(container, step.key)) {
        take((container as Readonly<Record<string, unknown>>)[step.key]);
      }
  }
}
