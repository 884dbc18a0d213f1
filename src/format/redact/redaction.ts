import type { Connection, Exchange, Header, Target } from "../../model/connection.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import type { Told, Value } from "../../model/said.ts";
import { findInHeader, findInText, type TextFinding } from "./find-in-headers.ts";
import { inflated } from "./compressed.ts";
import { findSecrets } from "./find-secrets.ts";
import { KnownSecrets } from "./known-secrets.ts";
import { Masks, writeMask, type Numbered } from "./masks.ts";
import { SECRET_KINDS, type SecretKindId } from "./registry.ts";
import { kindOfHeader } from "./secret-names.ts";

/** How much of a kind of secret was met. */
export interface SecretCount {
  readonly kind: SecretKindId;
  /** Places. */
  readonly found: number;
  /** Different ones. */
  readonly distinct: number;
}

/**
 * Masks the secrets of one capture, the same everywhere, and counts them. What is kept is counted and left as it is. Of
 * headers that hold nothing but a secret all is left out. Numbers are given in the order in which secrets are met.
 */
export class Redaction {
  readonly #kept: ReadonlySet<SecretKindId>;
  readonly #hidden: readonly { readonly text: string; readonly bytes: Uint8Array }[];
  readonly #masks = new Masks();
  readonly #known = new KnownSecrets();
  #isCounting = true;
  #isLearning = false;
  readonly #found = new Map<SecretKindId, number>();
  #places = 0;

  /** `kept`: kinds that stay as they are. `hidden`: what is masked wherever it stands, the longest first. */
  constructor(kept: ReadonlySet<SecretKindId> = new Set(), hidden: readonly string[] = []) {
    this.#kept = kept;
    this.#hidden = hidden.filter((text) => text !== "").map((text) => ({ text, bytes: TO_UTF8.encode(text) }));
  }

  /** Nothing is masked but what is told by itself, or by its name. */
  get isOfKindsAlone(): boolean {
    return this.#hidden.length === 0;
  }

  /** How often a secret was met so far, those too that are kept, or not counted. */
  get places(): number {
    return this.#places;
  }

  /** What was met so far, in the order of the registry. */
  counts(): readonly SecretCount[] {
    return SECRET_KINDS.flatMap(({ id }) => {
      const found = this.#found.get(id);
      return found === undefined ? [] : [{ kind: id, found, distinct: this.#masks.distinct(id) }];
    });
  }

  /**
   * The message with its secrets masked: of the same length, valid JSON where it was; itself where it holds none. One that is
   * compressed and holds one is masked whole.
   */
  bytes(message: Uint8Array, isText: boolean): Uint8Array {
    const payload = this.#hideBytes(message);
    const inner = isText ? undefined : inflated(payload);
    const whole = inner === undefined ? payload : this.#whole(payload, inner);
    if (whole !== payload) return whole;
    // What unpacks may do so by chance: it is looked at as it is, too.
    const found = findSecrets(payload, isText);
    let masked: Uint8Array | undefined;
    for (const { kind, from, to, bare } of found) {
      const numbered = this.#count(kind, payload, from, to);
      if (this.#kept.has(kind)) continue;
      masked ??= payload.slice();
      writeMask(masked, from, to, numbered, bare);
    }
    return masked ?? payload;
  }

  /** `inner`: what it holds. Its mask is that of the first secret in it. */
  #whole(payload: Uint8Array, inner: Uint8Array): Uint8Array {
    const counted = findSecrets(inner, false).map(({ kind, from, to }) => ({ kind, numbered: this.#count(kind, inner, from, to) }));
    const first = counted.find(({ kind }) => !this.#kept.has(kind));
    if (first === undefined) return payload;
    const masked = payload.slice();
    writeMask(masked, 0, masked.length, first.numbered);
    return masked;
  }

  /** The same of a URL, of words, of a note. */
  text(text: string): string {
    if (text === "") return text;
    const shown = this.#hide(text);
    return this.#mask(shown, findInText(shown));
  }

  told(told: Told): Told {
    if (typeof told === "string") return this.text(told);
    return { code: told.code, values: Object.fromEntries(Object.entries(told.values).map(([name, value]) => [name, this.#value(value)])) };
  }

  target(target: Target): Target {
    return { ...target, url: this.text(target.url) };
  }

  connection(connection: Connection): Connection {
    const { url, initiator, ending, notice } = connection;
    const masked = {
      url: this.text(url),
      ...(initiator !== undefined && { initiator: { ...initiator, url: this.text(initiator.url) } }),
      ...(ending !== undefined && { ending: this.told(ending) }),
      ...(notice !== undefined && { notice: this.told(notice) }),
    };
    if (connection.transport === "event-source") {
      return { ...connection, ...masked, exchange: this.#exchange(connection.exchange), redirects: connection.redirects.map((one) => ({ ...one, url: this.text(one.url) })) };
    }
    const { closing, subprotocol } = connection;
    return {
      ...connection,
      ...masked,
      handshake: this.#exchange(connection.handshake),
      ...(closing !== undefined && { closing: { ...closing, reason: this.text(closing.reason) } }),
      ...(subprotocol !== undefined && { subprotocol: this.#subprotocol(subprotocol) }),
    };
  }

  #subprotocol(name: string): string {
    const value = this.#hide(name);
    return this.#mask(value, findInHeader({ name: "Sec-WebSocket-Protocol", value }));
  }

  /** The secrets that are met meanwhile are not counted, and known: `answers` looks for them. */
  learn(meet: () => void): void {
    this.#isCounting = false;
    this.#isLearning = true;
    meet();
    this.#isLearning = false;
    this.#isCounting = true;
  }

  /**
   * HTTP answers that gave what connections use: what is known, and what is a secret in one of their requests or answers, is masked in
   * the bodies of all, whatever it is called there and however it is escaped. Their cookies are all left out, as other headers that hold
   * nothing but a secret.
   */
  answers(answers: readonly HttpExchange[]): HttpExchange[] {
    this.#isLearning = true;
    const masked = answers.map((answer) => {
      const { url, requestHeaders, requestBody, setCookies, body } = answer;
      return {
        ...answer,
        url: this.text(url),
        requestHeaders: this.#headers(requestHeaders),
        requestBody: requestBody === null ? null : this.text(requestBody),
        setCookies: this.#headers(setCookies.map((value) => ({ name: "Set-Cookie", value }))).map(({ value }) => value),
        body: this.text(body),
      };
    });
    this.#isLearning = false;
    return masked.map((answer) => ({ ...answer, requestBody: answer.requestBody === null ? null : this.#maskKnown(answer.requestBody), body: this.#maskKnown(answer.body) }));
  }

  #maskKnown(body: string): string {
    const bytes = TO_UTF8.encode(body);
    const found = this.#known.find(bytes);
    for (const { numbered, from, to, bare } of found) {
      this.#countPlace(numbered.kind);
      if (!this.#kept.has(numbered.kind)) writeMask(bytes, from, to, numbered, bare);
    }
    return found.length === 0 ? body : FROM_UTF8.decode(bytes);
  }

  #exchange(exchange: Exchange): Exchange {
    const { requestText, responseText } = exchange;
    return {
      ...exchange,
      requestHeaders: this.#headers(exchange.requestHeaders),
      responseHeaders: this.#headers(exchange.responseHeaders),
      ...(requestText !== undefined && { requestText: this.#head(requestText) }),
      ...(responseText !== undefined && { responseText: this.#head(responseText) }),
    };
  }

  #headers(headers: readonly Header[], isCounted = true): readonly Header[] {
    return headers.flatMap((given) => {
      const header = { ...given, value: this.#hide(given.value) };
      const value = this.#mask(header.value, findInHeader(header), isCounted);
      const kind = kindOfHeader(header.name);
      return kind !== undefined && !this.#kept.has(kind) ? [] : [{ ...header, value }];
    });
  }

  /** The head of a request or an answer as it went over the wire: its headers are counted already. */
  #head(text: string): string {
    const [first = "", ...lines] = this.#hide(text).split("\r\n");
    const headers = lines.flatMap((line) => {
      const colon = line.indexOf(":");
      if (colon < 0) return [line];
      const value = line.slice(colon + 1);
      return this.#headers([{ name: line.slice(0, colon), value }], false).map((header) => `${header.name}:${header.value}`);
    });
    return [this.#mask(first, findInText(first), false), ...headers].join("\r\n");
  }

  #value(value: Value): Value {
    if (typeof value === "number") return value;
    return Array.isArray(value) ? value.map((one: Told) => this.told(one)) : this.told(value as Told);
  }

  #mask(text: string, found: readonly TextFinding[], isCounted = true): string {
    let masked = "";
    let at = 0;
    for (const { kind, from, to } of found) {
      const secret = TO_UTF8.encode(text.slice(from, to));
      const numbered = isCounted ? this.#count(kind, secret, 0, secret.length) : this.#number(kind, secret, 0, secret.length);
      if (this.#kept.has(kind)) continue;
      writeMask(secret, 0, secret.length, numbered);
      masked += text.slice(at, from) + FROM_UTF8.decode(secret);
      at = to;
    }
    return masked + text.slice(at);
  }

  #hide(text: string): string {
    return this.#hidden.reduce((shown, { text: secret, bytes }) => (shown.includes(secret) ? shown.replaceAll(secret, () => FROM_UTF8.decode(this.#hideBytes(bytes))) : shown), text);
  }

  #hideBytes(bytes: Uint8Array): Uint8Array {
    let shown = bytes;
    for (const { bytes: secret } of this.#hidden) {
      for (let at = placeOf(secret, shown, 0); at >= 0; at = placeOf(secret, shown, at + secret.length)) {
        if (shown === bytes) shown = bytes.slice();
        writeMask(shown, at, at + secret.length, this.#count("token", secret, 0, secret.length));
      }
    }
    return shown;
  }

  #count(kind: SecretKindId, bytes: Uint8Array, from: number, to: number): Numbered {
    this.#places++;
    if (this.#isCounting) this.#countPlace(kind);
    return this.#number(kind, bytes, from, to);
  }

  #countPlace(kind: SecretKindId): void {
    this.#found.set(kind, (this.#found.get(kind) ?? 0) + 1);
  }

  #number(kind: SecretKindId, bytes: Uint8Array, from: number, to: number): Numbered {
    const numbered = this.#masks.number(kind, bytes, from, to);
    if (this.#isLearning) this.#known.add(bytes.subarray(from, to), numbered);
    return numbered;
  }
}

/** -1: nowhere from there on. */
function placeOf(sought: Uint8Array, bytes: Uint8Array, from: number): number {
  const [first = 0] = sought;
  for (let at = bytes.indexOf(first, from); at >= 0 && at + sought.length <= bytes.length; at = bytes.indexOf(first, at + 1)) {
    if (sought.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}

const TO_UTF8 = new TextEncoder();
const FROM_UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });
