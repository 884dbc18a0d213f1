import type { Told } from "../../model/said.ts";
import type { Phrase, Variable } from "./script.ts";
import { secretsIn, type SecretPlace } from "./secrets.ts";

/** A secret as it was captured, and where it first stands. */
export interface KnownSecret {
  readonly secret: string;
  readonly place: SecretPlace;
}

interface GrowingVariable extends Variable {
  readonly from: Told[];
}

/** Cuts the secrets out of texts: each becomes a variable, equal ones the same. */
export class Phrases {
  readonly #keepsValues: boolean;
  readonly #cookies: ReadonlySet<string>;
  readonly #bySecret = new Map<string, GrowingVariable>();
  readonly #places = new Map<Variable, KnownSecret>();
  readonly #elsewhere = new Set<Variable>();
  readonly #messages = new Map<Variable, Set<number>>();

  /** `keepsValues`: secrets are to stand in the script, as captured. `cookies`: values of cookies that are variables of their own. */
  constructor(keepsValues: boolean, cookies: ReadonlySet<string>) {
    this.#keepsValues = keepsValues;
    this.#cookies = cookies;
  }

  get variables(): readonly Variable[] {
    return [...this.#bySecret.values()];
  }

  /** It stands in URLs and nowhere else. */
  isOfUrls(variable: Variable): boolean {
    return !this.#elsewhere.has(variable);
  }

  /** The messages that hold it, as the table counts. */
  messagesOf(variable: Variable): readonly number[] {
    return [...(this.#messages.get(variable) ?? [])];
  }

  secretOf(variable: Variable): KnownSecret {
    const known = this.#places.get(variable);
    if (known === undefined) throw new Error(`${variable.name} is of another script.`);
    return known;
  }

  /** Has its comment say where it came from. */
  tellFrom(variable: Variable, from: readonly Told[]): void {
    this.#bySecret.get(this.secretOf(variable).secret)?.from.push(...from);
  }

  of(text: string, place: SecretPlace): Phrase {
    const parts: (string | Variable)[] = [];
    let end = 0;
    for (const { from, to, name, about } of secretsIn(text, place, this.#cookies)) {
      if (from > end) parts.push(text.slice(end, from));
      const variable = this.#variable(text.slice(from, to), name, about, place);
      if (place.in !== "url") this.#elsewhere.add(variable);
      if (place.in === "message") this.#messages.set(variable, (this.#messages.get(variable) ?? new Set()).add(place.number));
      parts.push(variable);
      end = to;
    }
    if (end < text.length) parts.push(text.slice(end));
    return parts;
  }

  #variable(secret: string, called: string, about: Told, place: SecretPlace): Variable {
    const known = this.#bySecret.get(secret);
    if (known !== undefined) return known;
    const variable = { name: this.#freeName(nameOf(called)), about, from: [], value: this.#keepsValues ? secret : null };
    this.#bySecret.set(secret, variable);
    this.#places.set(variable, { secret, place });
    return variable;
  }

  #freeName(wanted: string): string {
    const taken = new Set(this.variables.map(({ name }) => name));
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
    return name;
  }
}

/**
 * `accessToken` and `X-Access-Token` as the environment has names: `WS_ACCESS_TOKEN`, `WS_X_ACCESS_TOKEN`. The page chose the
 * word: without a beginning of its own, a script could be made to read what the environment holds for others, such as
 * `GITHUB_TOKEN`, and send it to the server.
 */
function nameOf(called: string): string {
  const words = called.replace(/([a-z\d])([A-Z])/g, "$1_$2").toUpperCase().replace(/[^A-Z\d]+/g, "_").replace(/^_+|_+$/g, "").slice(0, MOST_NAME);
  return `WS_${words === "" ? "SECRET" : words}`;
}

const MOST_NAME = 40;
