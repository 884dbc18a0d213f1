import { LABEL_LENGTH } from "../decoder.ts";
import { FIRST_WEAK_LABEL, LABEL_KEY_NAMES, LABEL_RANKS, LAST_TELLING_LABEL, NO_ROLE } from "./field-roles.ts";

/** Messages of one direction from which is learnt which key names them; after these the order of keys is fixed. */
const LEARNT_FROM = 32;
/** So many different values that look like data, among those messages: the key holds data, not names. */
const MOST_DATA_VALUES = 12;
const MOST_KNOWN_VALUES = 1024;
const MOST_NUMBER = 9999;
/** A number with an exponent or zeros behind a point may be a small integer, too; a longer one is hardly a name. */
const LONGEST_NUMBER = 16;

/**
 * Finds the key that names the messages of one direction of one connection.
 *
 * Of several keys in a message the one counts that was seen most often so far (`op` in `{op, type}` where other
 * messages have `op` alone), then the one of the better rank. The counting ends after `LEARNT_FROM` messages, so a
 * label depends on earlier messages only and messages of one form get one label from then on.
 */
export class LabelKeys {
  readonly #counts = new Uint32Array(LABEL_RANKS);
  readonly #holdsData = new Uint8Array(LABEL_RANKS);
  /** Values that were judged, so that each is judged once; whether one is a name depends on its key's list. */
  readonly #names = new Map<string, boolean>();
  readonly #weakNames = new Map<string, boolean>();
  #dataValues: Map<number, Set<string>> | undefined = new Map();
  #messages = 0;

  // What the message at hand has: the best key, another with a text, and the best with a number.
  #best = NO_ROLE;
  #bestText = "";
  #secondText: string | undefined;
  #number = NO_ROLE;
  #numberValue = 0;

  /** What is told of a message may still be another's, of the same values: the order of keys is not fixed yet. */
  get isLearning(): boolean {
    return this.#dataValues !== undefined;
  }

  /** Begins a message. */
  begin(): void {
    this.#best = NO_ROLE;
    this.#secondText = undefined;
    this.#number = NO_ROLE;
  }

  /** One field of the message at hand whose key can name it. */
  see(rank: number, value: string, isNumber: boolean): void {
    if (!isNumber) {
      if (!this.#isName(rank, value)) return;
      if (this.#dataValues !== undefined) this.#learn(rank, value);
      if (this.#holdsData[rank] === 1) return;
      if (this.#best === rank) this.#bestText = value;
      else if (this.#best === NO_ROLE || this.#isBetter(rank, this.#best)) {
        if (this.#best !== NO_ROLE && this.#best <= LAST_TELLING_LABEL) this.#secondText = this.#bestText;
        this.#best = rank;
        this.#bestText = value;
      } else if (rank <= LAST_TELLING_LABEL) {
        this.#secondText ??= value;
      }
    } else if (rank < FIRST_WEAK_LABEL && value.length <= LONGEST_NUMBER) {
      const number = Number(value);
      if (!Number.isInteger(number) || number < 0 || number > MOST_NUMBER) return;
      if (this.#number !== NO_ROLE && this.#number < rank) return;
      this.#number = rank;
      this.#numberValue = number;
    }
  }

  /** Ends the message at hand; undefined where nothing names it. */
  finish(): string | undefined {
    if (this.#dataValues !== undefined && ++this.#messages >= LEARNT_FROM) this.#dataValues = undefined;
    if (this.#best !== NO_ROLE) {
      return this.#secondText !== undefined && GENERIC.has(this.#bestText) ? this.#secondText : this.#bestText;
    }
    return this.#number === NO_ROLE ? undefined : `${LABEL_KEY_NAMES[this.#number] ?? ""} ${this.#numberValue}`;
  }

  #isBetter(rank: number, than: number): boolean {
    const isWeak = rank >= FIRST_WEAK_LABEL;
    if (isWeak !== than >= FIRST_WEAK_LABEL) return !isWeak;
    const count = this.#counts[rank] as number;
    const other = this.#counts[than] as number;
    return count === other ? rank < than : count > other;
  }

  #learn(rank: number, value: string): void {
    this.#counts[rank] = (this.#counts[rank] as number) + 1;
    if (!LOOKS_LIKE_DATA.test(value)) return;
    const values = this.#dataValues?.get(rank) ?? new Set();
    this.#dataValues?.set(rank, values.add(value));
    if (values.size > MOST_DATA_VALUES) this.#holdsData[rank] = 1;
  }

  #isName(rank: number, value: string): boolean {
    if (value.length === 0 || value.length > LABEL_LENGTH) return false;
    const isWeak = rank >= FIRST_WEAK_LABEL;
    const judged = isWeak ? this.#weakNames : this.#names;
    const before = judged.get(value);
    if (before !== undefined) return before;
    const isName = (isWeak ? IDENTIFIER : ONE_LINE).test(value);
    if (judged.size < MOST_KNOWN_VALUES) judged.set(value, isName);
    return isName;
  }
}

/** Whether a text names a message where no key says so: the first entry of `["EVENT", …]`. */
export const isIdentifier = (text: string): boolean => text.length <= LABEL_LENGTH && IDENTIFIER.test(text);

const ONE_LINE = /^[^\s\p{Cc}](?:[^\p{Cc}\u2028\u2029]*[^\s\p{Cc}])?$/u;
const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$.:/@|-]*$/u;
/** A sentence, an id, a number: unlike a name, it is another one in each message. */
const LOOKS_LIKE_DATA = /\s\S+\s|\d{3}|[\da-f]{8}/i;

/** Says only that something comes; where another key says what, that is the label. */
const GENERIC = new Set(["event", "message", "msg", "data", "notification", "request", "response", "method", "publish", "rpc", "call", "push"]);
