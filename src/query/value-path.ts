import { ARRAY, sought, OBJECT, type SoughtText, type ValueDocument } from "../model/value-document.ts";
import type { PathStep } from "./query.ts";

/** Whether a value of a document passes. */
export type NodeTest = (document: ValueDocument, node: number) => boolean;

/** A step made ready. */
type Step = Exclude<PathStep, { readonly kind: "key" }> | { readonly kind: "key"; readonly key: SoughtText; readonly deep: boolean };

/**
 * Whether some value at a path passes, in any of a document's roots. Bytes and times are leaves; of a key that comes twice
 * each value counts. A stack of its own, so that depth is bounded by memory only. Cost: what the path reaches; `..` reaches
 * everything.
 */
export function createPathTest(path: readonly PathStep[], passes: NodeTest): (document: ValueDocument) => boolean {
  const steps = path.map((step): Step => (step.kind === "key" ? { ...step, key: sought(step.key) } : step));
  const keys = steps.flatMap((step) => (step.kind === "key" && !step.deep ? step.key : []));
  // The common path, one key after another, needs no stack.
  const isCommon = keys.length === steps.length && keys.length > 0;
  return (document) => {
    for (let root = 0; root < document.count; root = document.endOf(root)) {
      if (isCommon ? someEntry(document, root, keys, 0, passes) : someValueAt(document, root, steps, passes)) return true;
    }
    return false;
  };
}

/** The first value at a path of a document, as it stands there; undefined where there is none. */
export const firstValueAt = (document: ValueDocument, path: readonly PathStep[]): number | undefined => createPathFinder(path)(document);

/** The same of many documents. */
export function createPathFinder(path: readonly PathStep[]): (document: ValueDocument) => number | undefined {
  let found: number | undefined;
  // Values are not met in their order.
  const test = createPathTest(path, (_, node) => {
    found = found === undefined ? node : Math.min(found, node);
    return false;
  });
  return (document) => {
    found = undefined;
    test(document);
    return found;
  };
}

function someEntry(document: ValueDocument, node: number, keys: readonly SoughtText[], place: number, passes: NodeTest): boolean {
  if (document.kindOf(node) !== OBJECT) return false;
  const key = keys[place] as SoughtText;
  const isLast = place === keys.length - 1;
  const end = document.endOf(node);
  for (let child = node + 1; child < end; child = document.endOf(child)) {
    if (document.hasKey(child, key) && (isLast ? passes(document, child) : someEntry(document, child, keys, place + 1, passes))) return true;
  }
  return false;
}

function someValueAt(document: ValueDocument, root: number, steps: readonly Step[], passes: NodeTest): boolean {
  const nodes: number[] = [root];
  /** How many steps were taken to the value of the same place. */
  const taken: number[] = [0];
  while (nodes.length > 0) {
    const node = nodes.pop() as number;
    const place = taken.pop() as number;
    const step = steps[place];
    if (step === undefined) {
      if (passes(document, node)) return true;
      continue;
    }
    if (!document.isContainer(node)) continue;
    const end = document.endOf(node);
    const wanted = step.kind === "index" ? placeIn(document, node, step.index) : 0;
    for (let child = node + 1, at = 0; child < end; child = document.endOf(child), at++) {
      if (step.deep) {
        nodes.push(child);
        taken.push(place);
      }
      if (step.kind === "every" || (step.kind === "key" ? document.hasKey(child, step.key) : at === wanted)) {
        nodes.push(child);
        taken.push(place + 1);
      }
    }
  }
  return false;
}

/** Of an array, the entry that an index means; -1 where it has none. */
function placeIn(document: ValueDocument, node: number, index: number): number {
  if (document.kindOf(node) !== ARRAY) return -1;
  return index < 0 ? document.childrenOf(node) + index : index;
}
