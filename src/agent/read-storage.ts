/** What the page's storages hold, `most` characters altogether; nothing of one that the document may not use. */
export function readStorage(most: number): readonly { readonly in: "localStorage" | "sessionStorage"; readonly name: string; readonly value: string }[] {
  const found: { readonly in: "localStorage" | "sessionStorage"; readonly name: string; readonly value: string }[] = [];
  let left = most;
  for (const storage of ["localStorage", "sessionStorage"] as const) {
    try {
      const entries = globalThis[storage];
      for (let i = 0; i < entries.length; i++) {
        const name = entries.key(i) ?? "";
        const value = entries.getItem(name) ?? "";
        if (name.length + value.length > left) continue;
        left -= name.length + value.length;
        found.push({ in: storage, name, value });
      }
    } catch {
      // Of an opaque origin, or where the user blocks site data: there is none.
    }
  }
  return found;
}
