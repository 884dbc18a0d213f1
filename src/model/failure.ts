import { say, type Said } from "./said.ts";

/** Why a connection failed, as far as Chrome's text tells; the capture reads that text, and nobody behind it. */
export const FAILURE_REASONS = [
  "status",
  "authentication",
  "accept",
  "upgrade",
  "no-subprotocol",
  "subprotocol",
  "extension",
  "timeout",
  "hung-up",
  "page-closed",
  "refused",
  "host",
  "network",
  "tls",
  "port",
  "blocked",
  "csp",
  "proxy",
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** `status`: of the server's answer, where Chrome tells it. */
export type Failure = { readonly reason: "status"; readonly status: number } | { readonly reason: Exclude<FailureReason, "status">; readonly status?: number };

/** What a failure is called, in a few words. `host`: to whom the connection was to be; may be empty. */
export function nameFailure(failure: Failure, host: string): Said {
  if (failure.reason === "status" || failure.status !== undefined) return nameStatus(failure.status ?? 0);
  const name = say(`capture.failed-${failure.reason}`);
  return host === "" ? name : say("capture.failed-at", { name, host });
}

const nameStatus = (status: number): Said => say("capture.failed-status", { status, text: STATUS_TEXTS[status] ?? "" });

/** As RFC 9110 §15 and RFC 6585 call them. */
const STATUS_TEXTS: Readonly<Record<number, string>> = {
  200: "OK",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  407: "Proxy Authentication Required",
  410: "Gone",
  426: "Upgrade Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
