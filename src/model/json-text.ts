/** A JSON string's text; anything else, and what is cut off within, as it stands. */
export function textOfJson(json: string): string {
  if (!json.startsWith('"')) return json;
  try {
    return String(JSON.parse(json));
  } catch {
    return json;
  }
}
