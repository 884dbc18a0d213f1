import { headerValues } from "../../headers.ts";
import { say, type Said } from "../../said.ts";
import { concern, ok, problem, quote, quoteEach, unknown, type HandshakeFinding } from "../finding.ts";
import type { HandshakeCheck } from "../check.ts";

const TITLE = say("handshake.subprotocol");
const HEADER = "Sec-WebSocket-Protocol";
const MOST_ASKED = 100;

/** The subprotocols asked for and the one chosen (RFC 6455 §4.1, §4.2.2; names are compared with case). */
export const subprotocol: HandshakeCheck = {
  id: "subprotocol",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-1.9",
  needs: "either",
  explain: ({ handshake }, { hasRequest, hasResponse }) => {
    const asked = headerValues(handshake.requestHeaders, HEADER)
      .flatMap((value) => value.split(",", MOST_ASKED))
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .slice(0, MOST_ASKED);
    const chosen = headerValues(handshake.responseHeaders, HEADER);
    const wish = asked.length === 0 ? say("handshake.subprotocol-asked-none") : say("handshake.subprotocol-asked", { names: quoteNames(asked) });
    const choice = hasResponse ? explainChoice(asked, chosen, wish, hasRequest) : (asked.length === 0 ? ok : unknown)(TITLE, wish);
    return asked.some(isToken) ? [choice, TOKEN_AS_SUBPROTOCOL] : [choice];
  },
};

function explainChoice(asked: readonly string[], chosen: readonly string[], wish: Said, hasRequest: boolean): HandshakeFinding {
  const [choice] = chosen;
  if (choice === undefined) {
    return asked.length === 0 ? ok(TITLE, say("handshake.subprotocol-none")) : concern(TITLE, wish, say("handshake.subprotocol-none-chosen"));
  }
  if (chosen.length > 1 || choice.includes(",")) return problem(TITLE, say("handshake.subprotocol-many", { names: quoteNames(chosen) }));
  const name = quoteName(choice);
  if (!hasRequest) return unknown(TITLE, say("handshake.subprotocol-unasked", { name }));
  return asked.includes(choice)
    ? ok(TITLE, wish, say("handshake.subprotocol-chosen", { name }))
    : problem(TITLE, wish, say("handshake.subprotocol-wrong", { name }));
}

/** A JSON Web Token (RFC 7519), or Kubernetes' bearer subprotocol. Other credentials cannot be told from a name. */
const isToken = (name: string): boolean => /^(base64url\.bearer\.|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*$)/.test(name);

const quoteName = (name: string): Said => (isToken(name) ? say("handshake.token") : quote(name));
const quoteNames = (names: readonly string[]): readonly Said[] => quoteEach(names.map(quoteName));

const TOKEN_AS_SUBPROTOCOL = concern(say("handshake.token-title"), say("handshake.token-about"));
