/** A choice of how something is shown, which is the same the next time. */
export function readChoice(name: string, otherwise: boolean): boolean {
  const kept = localStorage.getItem(name);
  return kept === null ? otherwise : kept === "yes";
}

export const keepChoice = (name: string, value: boolean): void => localStorage.setItem(name, value ? "yes" : "no");
