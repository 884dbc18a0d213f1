import type { Header } from "../../model/connection.ts";

/** Left out of a sanitised file, in requests and responses. */
const CREDENTIAL_HEADERS: readonly string[] = [
  "Cookie",
  "Cookie2",
  "Set-Cookie",
  "Set-Cookie2",
  "Authorization",
  "Proxy-Authorization",
];

const CREDENTIAL_NAMES: ReadonlySet<string> = new Set(CREDENTIAL_HEADERS.map((name) => name.toLowerCase()));

export const withoutCredentials = (headers: readonly Header[]): readonly Header[] =>
  headers.filter(({ name }) => !CREDENTIAL_NAMES.has(name.trim().toLowerCase()));

/** A URL without the user name and password before its host (RFC 3986 §3.2.1). */
export const withoutUserInfo = (url: string): string => url.replace(/^([^/?#]*:\/\/)[^/?#\\]*@/, "$1");

/** A sentence of Chrome's, which may quote a URL. */
export const withoutUserInfoInText = (text: string): string => text.replace(/:\/\/[^\s/?#\\'"]*@/g, "://");

/** For `log.comment`: what the file holds, in plain words. */
export function describeContents(sensitive: boolean): string {
  const sentences = sensitive
    ? [
        "This file holds cookies, credentials and message payloads as they went over the wire:",
        "whoever has it may be able to act as the user.",
      ]
    : [
        `Sanitised by Framescope: the headers ${CREDENTIAL_HEADERS.join(", ")}, the lists of cookies,`,
        "and user names and passwords in URLs were left out.",
        "URLs with their query strings, all other headers (Sec-WebSocket-Protocol among them) and the payloads of messages",
        "are as they were, and may hold tokens and personal data.",
      ];
  return sentences.join(" ");
}
