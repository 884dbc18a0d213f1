/** Longer values of a query are none that a person wrote. */
const LONGEST = 40;
/** Up to so many digits number a version, a room, a shard: they tell one thing from another. */
const FEW_DIGITS = 3;

/**
 * What the URLs of one thing's connections have in common, as it connects again: ids, tokens and times are left out, names
 * and small numbers stay. Empty for an empty URL. Pure.
 */
export function urlPattern(url: string): string {
  if (url === "") return "";
  const end = url.search(/[?#]/);
  const place = end < 0 ? url : url.slice(0, end);
  const query = end < 0 || url[end] === "#" ? "" : (url.slice(end + 1).split("#", 1)[0] as string);
  const path = place.split("/").map((segment, i) => (i < 3 ? segment : general(segment)));
  const parameters = query.split("&").map((parameter) => {
    const equals = parameter.indexOf("=");
    return equals < 0 ? general(parameter) : `${parameter.slice(0, equals)}=${general(parameter.slice(equals + 1))}`;
  });
  return `${path.join("/")}?${parameters.join("&")}`;
}

/** A segment or a value as it is, or `*` where it looks made up by a machine. */
const general = (text: string): string => (text.length > LONGEST || (text.length > FEW_DIGITS && /\d/.test(text)) ? "*" : text);
