/** A longer text is not read for a few keys. */
const MOST = 8192;

/** A small JSON object within a string: what it says is only looked at, for a name. */
export function smallObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined || text.length > MOST || !text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
