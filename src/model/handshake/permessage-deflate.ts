import { formatExtension, type Extension } from "../extension-list.ts";
import { ok, problem, quote, type HandshakeFinding } from "./finding.ts";

export const PERMESSAGE_DEFLATE = "permessage-deflate";

const SERVER_NO_CONTEXT = "server_no_context_takeover";
const CLIENT_NO_CONTEXT = "client_no_context_takeover";
const SERVER_WINDOW = "server_max_window_bits";
const CLIENT_WINDOW = "client_max_window_bits";
const PARAMETERS: ReadonlySet<string> = new Set([SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT, SERVER_WINDOW, CLIENT_WINDOW]);

/** Compression as agreed: what each side does, and where the answer breaks RFC 7692 §7.1. */
export function explainDeflate(accepted: Extension, offers: readonly Extension[]): HandshakeFinding {
  const [faults, offer] = leastFaults(accepted, offers);
  const say = faults.length === 0 ? ok : problem;
  return say(
    PERMESSAGE_DEFLATE,
    "Messages are compressed with DEFLATE (RFC 7692); Chrome shows them inflated.",
    ...describeAgreement(accepted, offer),
    ...faults,
    ...(offer === undefined ? [] : [`Offered: ${quote(formatExtension(offer))}.`]),
    `Accepted: ${quote(formatExtension(accepted))}.`,
  );
}

/** The parameters of an offer in words, for a handshake that has no answer to it. */
export function describeDeflateOffer(offer: Extension): readonly string[] {
  const words = offer.parameters.flatMap(({ name, value }) => {
    if (name === SERVER_NO_CONTEXT) return [`asks the server to start every message with an empty window (${name})`];
    if (name === CLIENT_NO_CONTEXT) return [`says that the browser may start every message with an empty window (${name})`];
    if (name === SERVER_WINDOW) return [`asks the server for a window of at most ${windowSize(value)} (${name})`];
    if (name !== CLIENT_WINDOW) return [];
    const limit = value === null ? "" : ` to ${windowSize(value)} or less`;
    return [`lets the server limit the browser's window${limit} (${name})`];
  });
  return words.length === 0 ? [] : [`The offer ${words.join(", and ")}.`];
}

function describeAgreement(accepted: Extension, offer: Extension | undefined): readonly string[] {
  const words: string[] = [];
  const serverResets = has(accepted, SERVER_NO_CONTEXT);
  const clientResets = has(accepted, CLIENT_NO_CONTEXT);
  if (serverResets && clientResets) {
    words.push(
      `Both sides start every message with an empty window (${SERVER_NO_CONTEXT}, ${CLIENT_NO_CONTEXT}):`,
      "less memory, weaker compression.",
    );
  } else if (serverResets) {
    words.push(
      `The server starts every message with an empty window (${SERVER_NO_CONTEXT}): less memory, weaker compression.`,
      "The browser keeps its own.",
    );
  } else if (clientResets) {
    words.push(
      `The browser starts every message with an empty window (${CLIENT_NO_CONTEXT}):`,
      "less memory at the server, weaker compression. The server keeps its own.",
    );
  } else {
    words.push("Both sides keep their window from one message to the next.");
  }
  const serverWindow = valueOf(accepted, SERVER_WINDOW);
  const clientWindow = valueOf(accepted, CLIENT_WINDOW);
  if (isWindow(serverWindow)) {
    words.push(`The server's window is at most ${windowSize(serverWindow)} (${SERVER_WINDOW}=${serverWindow}).`);
  }
  if (isWindow(clientWindow)) {
    words.push(`The browser's window is at most ${windowSize(clientWindow)} (${CLIENT_WINDOW}=${clientWindow}).`);
  } else if (offer !== undefined && has(offer, CLIENT_WINDOW) && !has(accepted, CLIENT_WINDOW)) {
    words.push(`The server could have limited the browser's window (${CLIENT_WINDOW}) and did not.`);
  }
  return words;
}

/** The server answers one of the offers and does not say which: the one that fits best. */
function leastFaults(accepted: Extension, offers: readonly Extension[]): readonly [readonly string[], Extension | undefined] {
  const own = faultsAlone(accepted);
  let best: readonly [readonly string[], Extension | undefined] = [own, offers[0]];
  let fewest = Infinity;
  for (const offer of offers) {
    const faults = [...own, ...faultsAgainst(accepted, offer)];
    if (faults.length >= fewest) continue;
    fewest = faults.length;
    best = [faults, offer];
  }
  return best;
}

function faultsAlone({ parameters }: Extension): readonly string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const { name, value } of parameters) {
    if (!PARAMETERS.has(name)) faults.push(`RFC 7692 has no parameter ${quote(name)}.`);
    else if (seen.has(name)) faults.push(`${name} stands there twice.`);
    else if (name === SERVER_NO_CONTEXT || name === CLIENT_NO_CONTEXT) {
      if (value !== null) faults.push(`${name} takes no value, but has ${quote(value)}.`);
    } else if (!isWindow(value)) {
      faults.push(`${name} must be a number from 8 to 15, but ${value === null ? "has no value" : `is ${quote(value)}`}.`);
    }
    seen.add(name);
  }
  return faults;
}

function faultsAgainst(accepted: Extension, offer: Extension): readonly string[] {
  const faults: string[] = [];
  if (has(offer, SERVER_NO_CONTEXT) && !has(accepted, SERVER_NO_CONTEXT)) {
    faults.push(`The browser asked for ${SERVER_NO_CONTEXT}, and the server did not agree to it.`);
  }
  if (has(accepted, CLIENT_WINDOW) && !has(offer, CLIENT_WINDOW)) {
    faults.push(`The server limits the browser's window (${CLIENT_WINDOW}), which the browser did not offer.`);
  }
  for (const name of [SERVER_WINDOW, CLIENT_WINDOW]) {
    const offered = valueOf(offer, name);
    const agreed = valueOf(accepted, name);
    if (!isWindow(offered)) continue;
    if (isWindow(agreed) && Number(agreed) > Number(offered)) {
      faults.push(`${name}=${agreed} is more than the ${offered} that the browser offered.`);
    }
    if (name === SERVER_WINDOW && agreed === undefined) {
      faults.push(`The browser asked for ${name}=${offered}, and the server did not agree to it.`);
    }
  }
  return faults;
}

const has = (extension: Extension, name: string): boolean => extension.parameters.some((parameter) => parameter.name === name);

const valueOf = (extension: Extension, name: string): string | null | undefined =>
  extension.parameters.find((parameter) => parameter.name === name)?.value;

/** 8 to 15, without a leading zero (RFC 7692 §7.1.2). */
const isWindow = (value: string | null | undefined): value is string =>
  typeof value === "string" && /^([89]|1[0-5])$/.test(value);

const windowSize = (bits: string | null): string =>
  isWindow(bits) ? `${(2 ** Number(bits)).toLocaleString("en-US")} bytes` : `an unknown size`;
