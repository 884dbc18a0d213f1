import type { Header } from "../../model/connection.ts";
import { say, type Said } from "../../model/said.ts";

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
/** Their value is one URL, which may be relative. */
const URL_HEADERS: ReadonlySet<string> = new Set(["referer", "origin", "location", "content-location"]);

/** Headers as a sanitised file has them: without credentials, and none in the URLs of the others. */
export const cleanHeaders = (headers: readonly Header[]): readonly Header[] =>
  headers
    .map(({ name, value }) => ({ name, value, known: name.trim().toLowerCase() }))
    .filter(({ known }) => !CREDENTIAL_NAMES.has(known))
    .map(({ name, value, known }) => ({ name, value: URL_HEADERS.has(known) ? cleanUrl(value) : cleanText(value) }));

/** A HAR's URLs have no fragment: it never goes over the wire, and pages keep tokens in it. */
export const withoutFragment = (url: string): string => url.replace(/#.*$/s, "");

/** A URL without fragment, and without the user name and password before its host (RFC 3986 §3.2.1). */
export const cleanUrl = (url: string): string => withoutFragment(url).replace(/^([^/?#]*:\/\/)[^/?#\\]*@/, "$1");

/** Words that may quote URLs, each of them cleaned. The scheme is left alone: looking for its beginning can take long. */
export const cleanText = (text: string): string => text.replace(/:\/\/[^\s'"<>]*/g, cleanUrl);

/** For `log.comment`: what the file holds. */
export const describeContents = (sensitive: boolean): Said => (sensitive ? say("format.sensitive") : say("format.sanitised", { headers: CREDENTIAL_HEADERS.join(", ") }));
