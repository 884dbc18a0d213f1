import type { HttpExchange } from "../model/http-exchange.ts";

/** An HTTP request whose answer gave what a connection uses, as the journal keeps it. */
export interface AnswerEvent {
  readonly type: "answer";
  readonly connection: number;
  readonly exchange: HttpExchange;
}

const MOST_ANSWERS = 200;
const MOST_CHARACTERS = 16 << 20;

/** Answers that gave what connections use, in the order in which they were found. */
export class KeptAnswers {
  readonly #events: AnswerEvent[] = [];
  readonly #known = new Set<string>();
  #characters = 0;

  get events(): readonly AnswerEvent[] {
    return this.#events;
  }

  /** Each once. */
  get exchanges(): readonly HttpExchange[] {
    return [...new Map(this.#events.map(({ exchange }) => [exchangeKey(exchange), exchange])).values()];
  }

  /** Answers whether it is kept: not where it is already, or where there is no room. */
  apply(event: AnswerEvent): boolean {
    const key = `${event.connection} ${exchangeKey(event.exchange)}`;
    const size = sizeOf(event.exchange);
    if (this.#known.has(key) || this.#events.length >= MOST_ANSWERS || this.#characters + size > MOST_CHARACTERS) return false;
    this.#known.add(key);
    this.#events.push(event);
    this.#characters += size;
    return true;
  }

  /** Those of connections that are left, for a log that begins anew. */
  keep(isLeft: (connection: number) => boolean): KeptAnswers {
    const kept = new KeptAnswers();
    for (const event of this.#events) if (isLeft(event.connection)) kept.apply(event);
    return kept;
  }
}

/** The same for the same request. */
export const exchangeKey = ({ method, url, finishedAt }: HttpExchange): string => `${finishedAt} ${method} ${url}`;

const sizeOf = ({ url, body, requestBody, requestHeaders, setCookies }: HttpExchange): number =>
  [url, body, requestBody ?? "", ...setCookies, ...requestHeaders.map(({ name, value }) => name + value)].reduce((sum, { length }) => sum + length, 0);
