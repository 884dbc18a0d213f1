/**
 * The JSON object in a message of `ws`; null for a binary message and for text that is something else.
 * @param {import("ws").RawData} data
 * @param {boolean} isBinary
 * @returns {object | null}
 */
export function parseJsonMessage(data, isBinary) {
  if (isBinary || !Buffer.isBuffer(data)) return null;
  try {
    /** @type {unknown} */
    const value = JSON.parse(data.toString());
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
