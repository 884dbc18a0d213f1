import { formatExtension, parseExtensions, type Extension } from "../../extension-list.ts";
import { say, type Said } from "../../said.ts";
import { headerValues } from "../../headers.ts";
import type { HandshakeCheck } from "../check.ts";
import { note, ok, problem, quote, unknown, type HandshakeFinding } from "../finding.ts";
import { describeDeflateOffer, explainDeflate, PERMESSAGE_DEFLATE } from "../permessage-deflate.ts";

const HEADER = "Sec-WebSocket-Extensions";

/** Each extension, offered and accepted (RFC 6455 §9.1; permessage-deflate by RFC 7692). */
export const extensions: HandshakeCheck = {
  id: "extensions",
  link: "https://www.rfc-editor.org/rfc/rfc7692#section-7.1",
  needs: "either",
  explain: ({ handshake }, { hasRequest, hasResponse }) => {
    const offered = parseExtensions(headerValues(handshake.requestHeaders, HEADER));
    const accepted = parseExtensions(headerValues(handshake.responseHeaders, HEADER));
    const findings: HandshakeFinding[] = [];
    if (offered.problem !== null) findings.push(malformed("request", offered.problem));
    if (accepted.problem !== null) findings.push(malformed("response", accepted.problem));

    const seen = new Set<string>();
    for (const extension of accepted.extensions) {
      if (seen.has(extension.name)) {
        findings.push(problem(titleOf(extension), say("handshake.extension-twice")));
        continue;
      }
      seen.add(extension.name);
      const offers = offered.extensions.filter(({ name }) => name === extension.name);
      findings.push(explainAccepted(extension, offers, hasRequest));
    }
    for (const offer of offered.extensions) {
      if (seen.has(offer.name)) continue;
      seen.add(offer.name);
      findings.push(explainOffer(offer, hasResponse));
    }
    if (findings.length > 0) return findings;
    return [ok(say("handshake.extensions"), say(hasRequest ? "handshake.extensions-none" : "handshake.extensions-none-accepted"))];
  },
};

function explainAccepted(extension: Extension, offers: readonly Extension[], hasRequest: boolean): HandshakeFinding {
  const written = quote(formatExtension(extension));
  if (offers.length === 0 && hasRequest) return problem(titleOf(extension), say("handshake.extension-unoffered", { extension: written }));
  if (extension.name === PERMESSAGE_DEFLATE) return explainDeflate(extension, offers);
  return note(titleOf(extension), say("handshake.extension-unknown", { extension: written }));
}

function explainOffer(offer: Extension, hasResponse: boolean): HandshakeFinding {
  const isDeflate = offer.name === PERMESSAGE_DEFLATE;
  const details = isDeflate ? describeDeflateOffer(offer) : [];
  if (!hasResponse) return unknown(titleOf(offer), say("handshake.extension-offered"), ...details);
  return note(titleOf(offer), say(isDeflate ? "handshake.deflate-not-accepted" : "handshake.extension-not-accepted"), ...details);
}

const titleOf = ({ name }: Extension): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

const malformed = (side: "request" | "response", fault: Said): HandshakeFinding => problem(HEADER, say("handshake.header-malformed", { side, fault }));
