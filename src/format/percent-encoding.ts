/** Undone (RFC 3986 §2.1); the text as it stands where it is not percent-encoded well. */
export function decodedUri(value: string): string {
  if (!value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
