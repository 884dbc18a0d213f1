import { say, type Said } from "../../model/said.ts";
import { ARRAY, OBJECT, VALUE_KINDS, type ValueDocument } from "../../model/value-document.ts";

/** What a JSON text is, in a few words. */
export function describeJson(document: ValueDocument | undefined): Said {
  if (document?.kindOf(0) === ARRAY) return say("decode.array-of", { n: document.childrenOf(0) });
  return document?.kindOf(0) === OBJECT ? AN_OBJECT : A_SCALAR;
}

export const AN_OBJECT = say("decode.object");
const A_SCALAR = say("decode.scalar");

/** An object with a key, or an array that holds a container or a text first. */
export function isMessageLike(document: ValueDocument): boolean {
  if (document.childrenOf(0) === 0) return false;
  const first = VALUE_KINDS[document.kindOf(1)];
  return VALUE_KINDS[document.kindOf(0)] === "object" || first === "object" || first === "array" || first === "string";
}
