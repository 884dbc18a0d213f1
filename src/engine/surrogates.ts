/** A place between the two halves of a surrogate pair, where no line ends and no selection stands. */
export function isWithinPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000;
}
