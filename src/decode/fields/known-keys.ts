import { sought, STRING, type SoughtText, type ValueDocument } from "../../model/value-document.ts";
import { LABEL_LENGTH } from "../decoder.ts";
import { FIELD_ROLES, type FieldRole } from "./field-roles.ts";

/** Keys without a role that are known by themselves; past so many they are data. */
const MOST_KEYS = 256;
/** A longer key is not known. */
const LONGEST_KEY = 64;
/** Values of a key that are known. */
const RECENT = 4;
/** So many more new values than known ones: the key holds another one each time. */
const MOST_NEW = 32;

/**
 * The keys that messages of one direction come with, each with the one that most often follows it. Messages of a connection
 * are of few shapes: the key that is expected takes one comparison, and a value that came before is the same text again.
 */
export class KnownKeys {
  /** Before the first key of a message. */
  readonly start = new KnownKey(sought(""), undefined);
  readonly #keys = new Map<string, KnownKey>();

  /** The key of an entry; `before`: that of the entry before it. */
  at(document: ValueDocument, node: number, before: KnownKey): KnownKey {
    const { next, other } = before;
    if (next !== undefined && document.hasKey(node, next.key)) return next;
    if (other !== undefined && document.hasKey(node, other.key)) {
      before.next = other;
      before.other = next;
      return other;
    }
    const found = this.#find(document, node);
    if (found === STRANGE || before === STRANGE) return found;
    before.other = next;
    before.next = found;
    return found;
  }

  #find(document: ValueDocument, node: number): KnownKey {
    const role = roleOf(document, node);
    if (role === undefined && (this.#keys.size >= MOST_KEYS || !document.hasTextKey(node) || document.keyRoomOf(node) > LONGEST_KEY)) return STRANGE;
    const text = document.keyOf(node) ?? "";
    // Not every source tells by its places how long a key is.
    if (role === undefined && text.length > LONGEST_KEY) return STRANGE;
    const known = this.#keys.get(text) ?? new KnownKey(sought(text), role);
    this.#keys.set(text, known);
    return known;
  }
}

/** One key. Also its values, where they are few: those that come again are not read again. */
export class KnownKey {
  readonly key: SoughtText;
  readonly role: Readonly<FieldRole> | undefined;
  next: KnownKey | undefined;
  other: KnownKey | undefined;
  #values: SoughtText[] | undefined = [];
  #oldest = 0;
  #new = 0;

  constructor(key: SoughtText, role: Readonly<FieldRole> | undefined) {
    this.key = key;
    this.role = role;
  }

  /** As the document's `textOf`. */
  textOf(document: ValueDocument, node: number): string {
    if (this.#values === undefined || document.kindOf(node) !== STRING) return document.textOf(node);
    for (const value of this.#values) {
      if (!document.isText(node, value)) continue;
      this.#new = Math.max(0, this.#new - 1);
      return value.text;
    }
    const text = document.textOf(node);
    if (text.length > LABEL_LENGTH) return text;
    if (++this.#new > MOST_NEW) this.#values = undefined;
    else {
      this.#values[this.#oldest] = sought(text);
      this.#oldest = (this.#oldest + 1) % RECENT;
    }
    return text;
  }
}

/** Any key that is not known. */
const STRANGE = new KnownKey(sought(""), undefined);

/** What a key means; undefined for most. */
export function roleOf(document: ValueDocument, node: number): Readonly<FieldRole> | undefined {
  const byte = document.keyByteOf(node);
  if (byte === 0) return document.hasTextKey(node) ? FIELD_ROLES.get(document.keyOf(node) ?? "") : undefined;
  for (const { key, role } of ROLES_BY_BYTE[byte] ?? NO_ROLES) if (document.hasKey(node, key)) return role;
  return undefined;
}

interface KeyRole {
  readonly key: SoughtText;
  readonly role: Readonly<FieldRole>;
}

const NO_ROLES: readonly KeyRole[] = [];
/** Most keys have no role: their first byte says so, before a text is made of them. */
const ROLES_BY_BYTE: (KeyRole[] | undefined)[] = [];
for (const [text, role] of FIELD_ROLES) (ROLES_BY_BYTE[text.charCodeAt(0)] ??= []).push({ key: sought(text), role });
