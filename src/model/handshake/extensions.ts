import type { Handshake } from "../connection.ts";
import { formatExtension, parseExtensions, type Extension } from "../extension-list.ts";
import { headerValues } from "../headers.ts";
import { note, ok, printable, problem, quote, unknown, type HandshakeFinding } from "./finding.ts";
import { describeDeflateOffer, explainDeflate, PERMESSAGE_DEFLATE } from "./permessage-deflate.ts";

const HEADER = "Sec-WebSocket-Extensions";

/** Each extension, offered and accepted (RFC 6455 §9.1; permessage-deflate by RFC 7692). */
export function explainExtensions(
  handshake: Handshake,
  hasRequest: boolean,
  hasResponse: boolean,
): readonly HandshakeFinding[] {
  const offered = parseExtensions(headerValues(handshake.requestHeaders, HEADER));
  const accepted = parseExtensions(headerValues(handshake.responseHeaders, HEADER));
  const findings: HandshakeFinding[] = [];
  if (offered.problem !== null) findings.push(malformed("request", offered.problem));
  if (accepted.problem !== null) findings.push(malformed("response", accepted.problem));

  const seen = new Set<string>();
  for (const extension of accepted.extensions) {
    if (seen.has(extension.name)) {
      findings.push(problem(titleOf(extension), "The server accepted it twice."));
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
  return [ok("Extensions", hasRequest ? "None was offered and none was accepted." : "None was accepted.")];
}

function explainAccepted(extension: Extension, offers: readonly Extension[], hasRequest: boolean): HandshakeFinding {
  const written = quote(formatExtension(extension));
  if (offers.length === 0 && hasRequest) {
    return problem(
      titleOf(extension),
      `The server accepted ${written}, which the browser did not offer; the browser must refuse it.`,
    );
  }
  if (extension.name === PERMESSAGE_DEFLATE) return explainDeflate(extension, offers);
  return note(
    titleOf(extension),
    `Both sides agreed on an extension that Framescope does not know: ${written}.`,
    "It may change messages in ways that are not shown here.",
  );
}

function explainOffer(offer: Extension, hasResponse: boolean): HandshakeFinding {
  const isDeflate = offer.name === PERMESSAGE_DEFLATE;
  const details = isDeflate ? describeDeflateOffer(offer) : [];
  if (!hasResponse) return unknown(titleOf(offer), "The browser offered it.", ...details);
  const fate = "The browser offered it and the server did not accept it";
  return note(titleOf(offer), isDeflate ? `${fate}: messages go uncompressed.` : `${fate}.`, ...details);
}

const titleOf = ({ name }: Extension): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

const malformed = (side: string, fault: string): HandshakeFinding =>
  problem(HEADER, `The header of the ${side} is malformed: ${printable(fault)}.`);
