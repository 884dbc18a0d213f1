import { formatExtension, type Extension } from "../extension-list.ts";
import { say, type Said } from "../said.ts";
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
  const find = faults.length === 0 ? ok : problem;
  return find(
    PERMESSAGE_DEFLATE,
    say("handshake.deflate"),
    ...describeAgreement(accepted, offer),
    ...faults,
    ...(offer === undefined ? [] : [say("handshake.deflate-offered", { extension: quote(formatExtension(offer)) })]),
    say("handshake.deflate-accepted", { extension: quote(formatExtension(accepted)) }),
  );
}

/** What an offer's parameters mean, for a handshake that has no answer to it. */
export function describeDeflateOffer(offer: Extension): readonly Said[] {
  return offer.parameters.flatMap(({ name, value }) => {
    if (name === SERVER_NO_CONTEXT) return [say("handshake.offer-server-resets", { parameter: name })];
    if (name === CLIENT_NO_CONTEXT) return [say("handshake.offer-client-resets", { parameter: name })];
    if (name === CLIENT_WINDOW && value === null) return [say("handshake.offer-client-limit", { parameter: name })];
    if (name !== SERVER_WINDOW && name !== CLIENT_WINDOW) return [];
    if (!isWindow(value)) return [say("handshake.offer-bad-window", { parameter: name })];
    const bytes = windowSize(value);
    return [name === SERVER_WINDOW ? say("handshake.offer-server-window", { bytes, parameter: name }) : say("handshake.offer-client-window", { bytes, parameter: name })];
  });
}

function describeAgreement(accepted: Extension, offer: Extension | undefined): readonly Said[] {
  const said: Said[] = [describeWindows(accepted)];
  const serverWindow = valueOf(accepted, SERVER_WINDOW);
  const clientWindow = valueOf(accepted, CLIENT_WINDOW);
  if (isWindow(serverWindow)) {
    said.push(say("handshake.deflate-server-window", { bytes: windowSize(serverWindow), parameter: `${SERVER_WINDOW}=${serverWindow}` }));
  }
  if (isWindow(clientWindow)) {
    said.push(say("handshake.deflate-client-window", { bytes: windowSize(clientWindow), parameter: `${CLIENT_WINDOW}=${clientWindow}` }));
  } else if (offer !== undefined && has(offer, CLIENT_WINDOW) && !has(accepted, CLIENT_WINDOW)) {
    said.push(say("handshake.deflate-not-limited", { parameter: CLIENT_WINDOW }));
  }
  return said;
}

function describeWindows(accepted: Extension): Said {
  const serverResets = has(accepted, SERVER_NO_CONTEXT);
  const clientResets = has(accepted, CLIENT_NO_CONTEXT);
  if (serverResets && clientResets) return say("handshake.deflate-both-reset", { server: SERVER_NO_CONTEXT, client: CLIENT_NO_CONTEXT });
  if (serverResets) return say("handshake.deflate-server-resets", { parameter: SERVER_NO_CONTEXT });
  if (clientResets) return say("handshake.deflate-client-resets", { parameter: CLIENT_NO_CONTEXT });
  return say("handshake.deflate-keep");
}

/** The server answers one of the offers and does not say which: the one that fits best. */
function leastFaults(accepted: Extension, offers: readonly Extension[]): readonly [readonly Said[], Extension | undefined] {
  const own = faultsAlone(accepted);
  let best: readonly [readonly Said[], Extension | undefined] = [own, offers[0]];
  let fewest = Infinity;
  for (const offer of offers) {
    const faults = [...own, ...faultsAgainst(accepted, offer)];
    if (faults.length >= fewest) continue;
    fewest = faults.length;
    best = [faults, offer];
  }
  return best;
}

function faultsAlone({ parameters }: Extension): readonly Said[] {
  const faults: Said[] = [];
  const seen = new Set<string>();
  for (const { name, value } of parameters) {
    if (!PARAMETERS.has(name)) faults.push(say("handshake.deflate-unknown-parameter", { name: quote(name) }));
    else if (seen.has(name)) faults.push(say("handshake.deflate-repeated", { name }));
    else if (name === SERVER_NO_CONTEXT || name === CLIENT_NO_CONTEXT) {
      if (value !== null) faults.push(say("handshake.deflate-takes-none", { name, value: quote(value) }));
    } else if (!isWindow(value)) {
      faults.push(value === null ? say("handshake.deflate-needs-value", { name }) : say("handshake.deflate-bad-value", { name, value: quote(value) }));
    }
    seen.add(name);
  }
  return faults;
}

function faultsAgainst(accepted: Extension, offer: Extension): readonly Said[] {
  const faults: Said[] = [];
  if (has(offer, SERVER_NO_CONTEXT) && !has(accepted, SERVER_NO_CONTEXT)) {
    faults.push(say("handshake.deflate-not-agreed", { parameter: SERVER_NO_CONTEXT }));
  }
  if (has(accepted, CLIENT_WINDOW) && !has(offer, CLIENT_WINDOW)) {
    faults.push(say("handshake.deflate-unoffered-limit", { parameter: CLIENT_WINDOW }));
  }
  for (const name of [SERVER_WINDOW, CLIENT_WINDOW]) {
    const offered = valueOf(offer, name);
    const agreed = valueOf(accepted, name);
    if (!isWindow(offered)) continue;
    if (isWindow(agreed) && Number(agreed) > Number(offered)) {
      faults.push(say("handshake.deflate-over-offer", { name, agreed, offered }));
    }
    if (name === SERVER_WINDOW && agreed === undefined) {
      faults.push(say("handshake.deflate-not-agreed", { parameter: `${name}=${offered}` }));
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

const windowSize = (bits: string): number => 2 ** Number(bits);
