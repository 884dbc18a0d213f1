import type { CapturedFacts } from "../captured.ts";
import { findField, nearestField } from "../field-registry.ts";
import { printPath } from "../path.ts";
import type { Query } from "../query.ts";
import { fieldQuery, readComparison, specialQuery, traitQuery } from "./comparison.ts";
import { FIELD_ALIASES, TRAIT_NAMES, TRAITS } from "./foreign-words.ts";
import { joined } from "./joined.ts";
import { readLenientTokens, type BeginToken, type ComparisonSign, type LenientToken } from "./lenient-tokens.ts";
import { nearValues } from "./near-values.ts";
import { pathsLike } from "./paths-like.ts";
import { valueQuery, type TypedOperand } from "./value-query.ts";
import { operandOf, rangeQuery, readWorded } from "./worded.ts";

/** Which of a condition's meanings is taken. `condition` counts from 0, in the order of the text. */
export type Choose = (meanings: readonly Query[], condition: number) => Query | undefined;

/** Reads what somebody meant, by any language's signs and words. Cost: linear in the text, but for what the capture has. */
export class LenientReader {
  readonly #tokens: readonly LenientToken[];
  readonly #facts: CapturedFacts;
  readonly #choose: Choose;
  #at = 0;
  #conditions = 0;

  constructor(text: string, facts: CapturedFacts, choose: Choose) {
    this.#tokens = readLenientTokens(text);
    this.#facts = facts;
    this.#choose = choose;
  }

  read(): Query | undefined {
    const parts: Query[] = [];
    // What no parenthesis opened does not end it.
    while (this.#next !== undefined) {
      const part = this.#or(0);
      if (part !== undefined) parts.push(part);
      if (this.#next?.kind === "close") this.#at++;
    }
    return joined("and", parts);
  }

  get #next(): LenientToken | undefined {
    return this.#tokens[this.#at];
  }

  #or(depth: number): Query | undefined {
    const parts: (Query | undefined)[] = [this.#and(depth)];
    while (this.#next?.kind === "or") {
      this.#at++;
      parts.push(this.#and(depth));
    }
    return joined("or", parts);
  }

  #and(depth: number): Query | undefined {
    const parts: (Query | undefined)[] = [];
    for (let next = this.#next; next !== undefined && next.kind !== "or" && next.kind !== "close"; next = this.#next) {
      if (next.kind === "and") this.#at++;
      else parts.push(this.#not(depth));
    }
    return joined("and", parts);
  }

  #not(depth: number): Query | undefined {
    let isNegated = false;
    while (this.#next?.kind === "not") {
      isNegated = !isNegated;
      this.#at++;
    }
    const part = this.#primary(depth);
    if (part === undefined || !isNegated) return part;
    return part.kind === "not" ? part.part : { kind: "not", part };
  }

  #primary(depth: number): Query | undefined {
    const token = this.#next;
    if (token === undefined) return undefined;
    // Behind a `not` a join or an end can stand.
    if (token.kind === "or" || token.kind === "and" || token.kind === "close" || token.kind === "not") return undefined;
    this.#at++;
    if (token.kind === "open") {
      if (depth > MOST_DEPTH) return undefined;
      const inside = this.#or(depth + 1);
      if (this.#next?.kind === "close") this.#at++;
      return inside;
    }
    if (token.kind === "operator") return undefined;
    const meanings = this.#condition(token);
    return meanings.length === 0 ? undefined : this.#choose(meanings, this.#conditions++);
  }

  #condition(token: BeginToken): readonly Query[] {
    if (token.kind === "pattern") return [{ kind: "pattern", source: token.source, flags: token.flags }];
    const name = token.text;
    const next = this.#next;
    if (next?.kind === "operator") {
      const operand = this.#operandAt(this.#at + 1);
      if (operand !== undefined) {
        this.#at += 2;
        // `px:>5`
        if (name.length > 1 && name.endsWith(":")) return this.#fieldMeanings(name.slice(0, -1), next.sign, operand);
        return NUMBER.test(name) && operand.kind === "word" && !NUMBER.test(operand.text) ? this.#turned(name, next.sign, operand.text) : readComparison(name, next.sign, operand, this.#facts);
      }
    }
    if (token.kind === "word" && next?.kind === "word" && /^:(?!\/\/)/.test(next.text)) {
      this.#at++;
      return this.#field(name, next.text.slice(1));
    }
    const worded = token.kind === "word" ? readWorded(name, this.#tokens.slice(this.#at, this.#at + MOST_OF_ONE), this.#facts) : undefined;
    if (worded !== undefined) {
      this.#at += worded.length;
      return worded.meanings;
    }
    // A text in quotes before a colon is a key of JSON.
    if (token.kind === "text") {
      if (next?.kind === "word" && next.text.startsWith(":")) return this.#jsonPair(token.text, next.text);
      return token.text === "" ? [] : [{ kind: "text", text: token.text }];
    }
    if (/^[.$]/.test(name)) {
      const path = valueQuery(name, "=", null);
      return path === undefined ? [{ kind: "text", text: name }] : nearValues(path, this.#facts);
    }
    const colon = name.indexOf(":");
    if (colon > 0 && !name.startsWith("//", colon + 1)) return this.#field(name.slice(0, colon), name.slice(colon + 1));
    return this.#word(name);
  }

  /** `100 < px`, and `100 < px < 200` */
  #turned(number: string, sign: ComparisonSign, name: string): readonly Query[] {
    const first = readComparison(name, TURNED[sign] ?? sign, { kind: "word", text: number }, this.#facts);
    const next = this.#next;
    const second = next?.kind === "operator" ? this.#operandAt(this.#at + 1) : undefined;
    if (next?.kind !== "operator" || second === undefined) return first;
    this.#at += 2;
    return [joined("and", [first[0], readComparison(name, next.sign, second, this.#facts)[0]])].filter((query) => query !== undefined);
  }

  #jsonPair(key: string, rest: string): readonly Query[] {
    this.#at++;
    const path = printPath([{ kind: "key", key, deep: false }]);
    const typed = rest.slice(1).replace(/[,}\]]+$/, "");
    const next = this.#next;
    const sign = typed === "" && next?.kind === "operator" ? next.sign : "=";
    if (typed === "" && next?.kind === "operator") this.#at++;
    const operand = typed === "" ? this.#operandAt(this.#at) : ({ kind: "word", text: typed } as const);
    if (operand === undefined) return [valueQuery(path, "=", null)].filter((query) => query !== undefined);
    if (typed === "") this.#at++;
    return readComparison(path, sign, operand, this.#facts);
  }

  /** `name:value`, which may be no field of ours, or stand apart from its value. */
  #field(name: string, typed: string): readonly Query[] {
    const list: TypedOperand[] = [];
    let sign: ComparisonSign = "=";
    if (typed === "") {
      const next = this.#next;
      // `px : > 5`
      if (next?.kind === "operator") {
        sign = next.sign;
        this.#at++;
      }
      const operand = this.#operandAt(this.#at);
      if (operand !== undefined) {
        this.#at++;
        list.push(operand);
      } else if (this.#next?.kind === "open") list.push(...this.#list());
    } else if (/^[^,]+(?:,[^,]+)+$/.test(typed) && !/^\d{1,3}(?:,\d{3})+$/.test(typed)) {
      list.push(...typed.split(",").map((text) => ({ kind: "word", text }) as const));
    } else list.push({ kind: "word", text: typed });
    const [first] = list;
    if (first === undefined) return [{ kind: "text", text: `${name}:` }];
    if (list.length === 1) return this.#fieldMeanings(name, sign, first);
    const any = joined("or", list.map((one) => this.#fieldMeanings(name, sign, one)[0]));
    return any === undefined ? [] : [any];
  }

  /** `(a OR b)`: what may stand there. */
  #list(): readonly TypedOperand[] {
    const list: TypedOperand[] = [];
    for (let next = this.#tokens[++this.#at]; next !== undefined && next.kind !== "open"; next = this.#tokens[++this.#at]) {
      const operand = operandOf(next);
      if (operand !== undefined) list.push(operand);
      else if (next.kind !== "or" && next.kind !== "and") break;
    }
    if (this.#next?.kind === "close") this.#at++;
    return list;
  }

  #fieldMeanings(typed: string, sign: ComparisonSign, operand: TypedOperand): readonly Query[] {
    const name = typed.toLowerCase();
    const own = findField(name) === undefined ? undefined : fieldQuery(name, sign, operand);
    if (own !== undefined) return sign === "=" ? nearValues(own, this.#facts) : [own];
    const special = specialQuery(name, sign, operand);
    if (special !== undefined) return [special];
    const range = operand.kind === "word" ? RANGE.exec(operand.text) : null;
    const within = range === null ? undefined : rangeQuery(typed, { kind: "word", text: range[1] as string }, { kind: "word", text: range[2] as string }, this.#facts);
    if (within !== undefined) return [within];
    if (operand.kind === "word" && (operand.text === "*" || /^(?:_exists_|exists|has)$/.test(name))) {
      const path = valueQuery(`.${operand.text === "*" ? typed : operand.text}`, "=", null);
      if (path !== undefined && traitQuery("=", operand) === undefined) return nearValues(path, this.#facts);
    }
    const inMessages = pathsLike(typed, this.#facts).length > 0;
    const alias = FIELD_ALIASES[name];
    const nearest = alias === undefined ? nearestField(name) : undefined;
    const near = nearest === undefined ? undefined : fieldQuery(nearest, sign, operand);
    const compared = readComparison(typed, sign, operand, this.#facts);
    // As text it is, where nothing else is known of it.
    const text: Query | undefined = operand.kind === "pattern" || sign !== "=" ? undefined : { kind: "text", text: `${typed}:${operand.text}` };
    const trait = name === "is" ? traitQuery(sign, operand) : undefined;
    const isKnown = inMessages || alias !== undefined || TRAIT_NAMES.has(name);
    return [trait, ...(isKnown ? [...compared, near] : [near, text, ...compared])].filter((query) => query !== undefined);
  }

  /** A word alone: a text, unless it is the name of something. */
  #word(word: string): readonly Query[] {
    const bare = word.replace(/^\*+|\*+$/g, "");
    // A sign alone says nothing.
    if (!/[\p{L}\p{N}]/u.test(bare)) return [];
    const meanings: Query[] = [];
    const trait = TRAITS[bare.toLowerCase()];
    if (trait !== undefined) meanings.push({ kind: "field", name: "is", value: { kind: "bare", text: trait } });
    if (/^#\d{1,15}$/.test(bare)) meanings.push({ kind: "field", name: "near", value: { kind: "bare", text: bare } });
    // `a.b`, as one reads a value in a program.
    if (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[\d+\])+$/.test(bare)) {
      const path = valueQuery(`.${bare}`, "=", null);
      if (path !== undefined) meanings.push(...nearValues(path, this.#facts));
    }
    return bare === word ? [{ kind: "text", text: bare }, ...meanings] : [...meanings, { kind: "text", text: bare }];
  }

  #operandAt(at: number): TypedOperand | undefined {
    return operandOf(this.#tokens[at]);
  }
}

const MOST_DEPTH = 30;
const NUMBER = /^-?(?:\d+(?:\.\d+)?|\.\d+)$/;
const RANGE = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)$/;
const TURNED: Readonly<Partial<Record<ComparisonSign, ComparisonSign>>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
/** Tokens behind a name that are looked at for what it says: a list may be long. */
const MOST_OF_ONE = 50;
