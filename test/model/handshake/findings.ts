import { expect } from "vitest";
import type { WebSocketConnection, Handshake } from "../../../src/model/connection.ts";
import { explainHandshake, type HandshakeFinding } from "../../../src/model/handshake.ts";
import { en, zh } from "../../words/speakers.ts";
import { aConnection, CHROME_REQUEST, SERVER_RESPONSE, withHeaders } from "../a-connection.ts";

/** A finding as somebody reads it in English. */
export interface Finding {
  readonly title: string;
  readonly verdict: HandshakeFinding["verdict"];
  readonly text: string;
}

export function findings(connection: WebSocketConnection): readonly Finding[] {
  const all = explainHandshake(connection).findings;
  // Beside “ and ” Chinese has no space.
  expect(all.map(({ said }) => zh.tellAll(said)).filter((text) => /\p{Script=Han} “|” \p{Script=Han}/u.test(text))).toEqual([]);
  return all.map(({ title, verdict, said }) => ({ title: en.tell(title), verdict, text: en.tellAll(said) }));
}

export const verdicts = (connection: WebSocketConnection): readonly string[] =>
  findings(connection).map(({ title, verdict }) => `${title}: ${verdict}`);

/** The one finding of that title, of an ordinary handshake with these changes. */
export function finding(
  title: string,
  handshake: Partial<Handshake>,
  change: Partial<WebSocketConnection> = {},
): Finding {
  const [found, ...others] = findings(aConnection(change, handshake)).filter((one) => one.title === title);
  expect(others).toEqual([]);
  if (found === undefined) throw new Error(`Nothing is said of ${title}.`);
  return found;
}

/** Chrome's request, and an ordinary response, with these headers in the stead of their own. */
export const request = (...lines: readonly string[]): Partial<Handshake> => ({
  requestHeaders: withHeaders(CHROME_REQUEST, ...lines),
});
export const response = (...lines: readonly string[]): Partial<Handshake> => ({
  responseHeaders: withHeaders(SERVER_RESPONSE, ...lines),
});

/** An ordinary request that nothing has answered. */
export function unanswered(change: Partial<WebSocketConnection>): WebSocketConnection {
  const { status: _, statusText: __, responseTime: ___, ...asked } = aConnection().handshake;
  return { ...aConnection(change), handshake: { ...asked, responseHeaders: [] } };
}
