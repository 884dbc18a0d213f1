import { SECRET_KINDS, type SecretKindId } from "./registry.ts";
import { isOfWords } from "./words.ts";

/** How sure a name alone makes: of any value, of one that is a text, of one in a URL's query, or of none. */
export type NameTells = "always" | "as a text" | "in a query" | "as pairs" | "perhaps";

export interface NamedKind {
  readonly kind: SecretKindId;
  readonly tells: NameTells;
}

/** What the field, parameter or header of this name holds; undefined for an ordinary one. */
export function kindOfName(name: string): NamedKind | undefined {
  const known = LOOKED_UP.get(name);
  if (known !== undefined) return known === false ? undefined : known;
  const kind = lookUp(name);
  if (LOOKED_UP.size < MOST_LOOKED_UP) LOOKED_UP.set(name, kind ?? false);
  return kind;
}

function lookUp(name: string): NamedKind | undefined {
  const plain = name.toLowerCase().replace(/[\s_.-]/g, "");
  const known = EXACT.get(plain) ?? (plain.startsWith("x") ? EXACT.get(plain.slice(1)) : undefined);
  return known ?? ENDINGS.find(([ending]) => plain.endsWith(ending))?.[1];
}

/** Names come again and again. */
const LOOKED_UP = new Map<string, NamedKind | false>();
const MOST_LOOKED_UP = 2000;

const EXACT = new Map<string, NamedKind>();
const ENDINGS: (readonly [string, NamedKind])[] = [];
for (const { id: kind, names = [], textNames = [], queryNames = [], pairNames = [], looseNames = [] } of SECRET_KINDS) {
  for (const [list, tells] of [[names, "always"], [textNames, "as a text"], [queryNames, "in a query"], [pairNames, "as pairs"], [looseNames, "perhaps"]] as const) {
    for (const name of list) {
      if (name.startsWith("*")) ENDINGS.push([name.slice(1), { kind, tells }]);
      else EXACT.set(name, { kind, tells });
    }
  }
}

/** The last three letters of each of them, so that most names need no look: 1, or the letter before them (`class` is no `pass`). */
const LAST_THREE = new Uint8Array(1 << 15);
/** Letters of any case have places of their own; other signs share them. */
const placeOf = (a: number, b: number, c: number): number => ((a & 31) << 10) | ((b & 31) << 5) | (c & 31);
for (const name of [...EXACT.keys(), ...ENDINGS.map(([ending]) => ending)]) {
  const last = name.length;
  const place = placeOf(name.charCodeAt(last - 3), name.charCodeAt(last - 2), name.charCodeAt(last - 1));
  const before = EXACT.get(name)?.tells === "as a text" ? name.charCodeAt(last - 4) : 1;
  LAST_THREE[place] = LAST_THREE[place] === 0 ? before : LAST_THREE[place] === before ? before : 1;
  // `session_id`: what stands between words is one of the three.
  if (name.endsWith("id")) for (const sign of "_-.") LAST_THREE[placeOf(sign.charCodeAt(0), name.charCodeAt(last - 2), name.charCodeAt(last - 1))] = 1;
}

/** Whether a field whose name ends before `to` has to be looked at: it may be one, or says that another is. False for most. */
export const mayTell = (bytes: Uint8Array, to: number): boolean => TELLS[placeOf(bytes[to - 3] as number, bytes[to - 2] as number, bytes[to - 1] as number)] === 1;

const TELLS = LAST_THREE.map((before) => (before === 0 ? 0 : 1));
for (const [a, b, c] of ["lue", "ers"].map((three) => Array.from(three, (letter) => letter.charCodeAt(0)) as [number, number, number])) TELLS[placeOf(a, b, c)] = 1;

/** Whether a name that ends before `to` may be one. False for most. */
export const mayBeSecretName = (bytes: Uint8Array, to: number): boolean => {
  if (to < 3) return false;
  const before = LAST_THREE[placeOf(bytes[to - 3] as number, bytes[to - 2] as number, bytes[to - 1] as number)] as number;
  return before === 1 || (before > 1 && ((bytes[to - 4] as number) | 0x20) === before);
};

/** The kind that a header holds and nothing else: who leaves secrets out leaves all of it out. Undefined for any other. */
export function kindOfHeader(name: string): SecretKindId | undefined {
  return HEADER_KINDS.get(name.trim().toLowerCase());
}

const HEADER_KINDS = new Map<string, SecretKindId>(SECRET_KINDS.flatMap(({ id, headers = [] }) => headers.map((name) => [name, id] as const)));

/** Whether a value is nothing, or masked already. */
export const isMask = (value: string): boolean => NOTHING.test(value) || MASK_START.test(value);

/** Whether a value can be the secret that its name says. */
export function suitsName(value: string, { tells }: NamedKind, isQuery: boolean): boolean {
  if (isMask(value)) return false;
  if (tells === "always" || (tells === "in a query" && isQuery)) return true;
  if (tells === "as pairs") return PAIR.test(value);
  if (tells === "as a text") return isQuery || !RESULT.test(value);
  return tells === "perhaps" ? isDrawn(value, 20, 10) : isDrawn(value, 8, 5);
}

const NOTHING = /^(?:|10*|0|\*+|null|undefined|none|true|false|required|optional|string|\$\{.*\}|\{\{.*\}\}|<[\w -]+>)$/i;
/** Of a test that passes. */
const RESULT = /^(?:[+-]?[\d.,]+(?:e[+-]?\d+)?%?|ok|yes|no|on|off|y|n|pass(?:ed)?|fail(?:ed|ure)?|success|skip(?:ped)?|all)$/i;
/** A cookie (RFC 6265 §4.1.1). */
const PAIR = /^[\w!#$%&'*+.^`|~-]+=[^\s;=]/;
/** `‹` in UTF-8, a character a byte: as `asciiBetween` has them, for it may be a few bytes or many. */
const MASK_START = /^\u00e2(?:\u0080|\u20ac)\u00b9/;

/** Whether a text looks drawn by lot: letters and digits mixed, no words, no address of a blockchain, no place of a web. */
function isDrawn(text: string, shortest: number, distinct: number): boolean {
  if (text.length < shortest || !/^[\w.+/=~:%-]+$/.test(text) || /:\/\/|^0x[\da-f]+$/i.test(text)) return false;
  if (/^[A-Z\d]{1,12}(?:[-_/:.][A-Z\d]{1,12}){0,3}$/.test(text)) return false;
  const isMixed = /\d/.test(text) && /[A-Za-z]/.test(text);
  return (isMixed || (text.length >= 20 && /[a-z]/.test(text) && /[A-Z]/.test(text))) && !isOfWords(text) && new Set(text).size >= distinct;
}
