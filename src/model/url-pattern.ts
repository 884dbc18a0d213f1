/** Longer values of a query are none that a person wrote. */
const LONGEST = 40;
/** Up to so many digits number a version, a room, a shard: they tell one thing from another. */
const FEW_DIGITS = 3;
/** A parameter that counts the tries to connect: it tells nothing apart. */
const COUNTS_TRIES = /^(?:(?:re)?(?:try|tries|attempts?)|reconnects?)=\d+$/i;
/** SockJS: any server's number of three digits, and a session of eight letters and digits, for each connection (sockjs-protocol 0.3.3, "Base URLs"). */
const SOCKJS = /(?<=[^/])\/\d{3}\/[^/]+\/websocket$/;

/**
 * What the URLs of one thing's connections have in common, as it connects again: ids, tokens and times are left out, names
 * and small numbers stay. Empty for an empty URL. Pure.
 */
export function urlPattern(url: string): string {
  if (url === "") return "";
  const end = url.search(/[?#]/);
  const place = end < 0 ? url : url.slice(0, end);
  const query = end < 0 || url[end] === "#" ? "" : (url.slice(end + 1).split("#", 1)[0] as string);
  const path = place.replace(SOCKJS, "/*/*/websocket").split("/").map((segment, i) => (i < 3 ? segment : general(segment)));
  const parameters = query.split("&").map((parameter) => {
    const equals = parameter.indexOf("=");
    if (equals < 0) return general(parameter);
    return `${parameter.slice(0, equals)}=${COUNTS_TRIES.test(parameter) ? "*" : general(parameter.slice(equals + 1))}`;
  });
  return `${path.join("/")}?${parameters.join("&")}`;
}

/**
 * The name of all that one place (a page, a frame, a worker) opens to URLs of one pattern: they are one line of the list where they follow each other,
 * and a family on the connection's page and in findings. Empty where the URL is not known. Pure.
 */
export function familyName({ targetKey, url }: { readonly targetKey: string; readonly url: string }): string {
  const pattern = urlPattern(url);
  return pattern === "" ? "" : `${targetKey}\n${pattern}`;
}

/** A segment or a value as it is, or `*` where it looks made up by a machine. */
const general = (text: string): string => (text.length > LONGEST || (text.length > FEW_DIGITS && /\d/.test(text)) ? "*" : text);
