import type { Handshake } from "../connection.ts";
import { headerValues } from "../headers.ts";
import { note, ok, problem, quote, quoteAll, unknown, type HandshakeFinding } from "./finding.ts";

const TITLE = "Subprotocol";
const HEADER = "Sec-WebSocket-Protocol";
const MOST_ASKED = 100;

/** The subprotocols asked for and the one chosen (RFC 6455 §4.1, §4.2.2; names are compared with case). */
export function explainSubprotocol(
  handshake: Handshake,
  hasRequest: boolean,
  hasResponse: boolean,
): readonly HandshakeFinding[] {
  const asked = headerValues(handshake.requestHeaders, HEADER)
    .flatMap((value) => value.split(",", MOST_ASKED))
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .slice(0, MOST_ASKED);
  const chosen = headerValues(handshake.responseHeaders, HEADER);
  const wish = asked.length === 0 ? "The page asked for none" : `The page asked for ${quoteAll(asked.map(hideToken))}`;
  const choice = hasResponse
    ? explainChoice(asked, chosen, wish, hasRequest)
    : (asked.length === 0 ? ok : unknown)(TITLE, `${wish}.`);
  return asked.some(isToken) ? [choice, TOKEN_AS_SUBPROTOCOL] : [choice];
}

function explainChoice(
  asked: readonly string[],
  chosen: readonly string[],
  wish: string,
  hasRequest: boolean,
): HandshakeFinding {
  const [choice] = chosen;
  if (choice === undefined) {
    return asked.length === 0
      ? ok(TITLE, "None was asked for and none was chosen: what the messages mean is agreed elsewhere.")
      : note(
          TITLE,
          `${wish}; the server chose none.`,
          "RFC 6455 allows that, but Chrome fails such a handshake: let the server echo one.",
        );
  }
  if (chosen.length > 1 || choice.includes(",")) {
    return problem(TITLE, `The server chose ${quoteAll(chosen.map(hideToken))}; it must choose exactly one.`);
  }
  const named = quote(hideToken(choice));
  if (!hasRequest) return unknown(TITLE, `The server chose ${named}; what was asked for was not seen.`);
  return asked.includes(choice)
    ? ok(TITLE, `${wish}; the server chose ${named}.`)
    : problem(TITLE, `${wish}; the server chose ${named}, which the browser must refuse.`);
}

/** A JSON Web Token (RFC 7519), or Kubernetes' bearer subprotocol. Other credentials cannot be told from a name. */
const isToken = (name: string): boolean => /^(base64url\.bearer\.|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*$)/.test(name);

const hideToken = (name: string): string => (isToken(name) ? "(a token)" : name);

const TOKEN_AS_SUBPROTOCOL = note(
  `Token in ${HEADER}`,
  "One of the subprotocols is an access token.",
  "Browsers let a page set no other header, so this is common;",
  "servers and proxies log this header in clear, and every export holds it.",
);
