import { useState } from "react";

/** A choice of how something is shown, which is the same the next time. */
export function useKeptChoice(name: string, otherwise: boolean): readonly [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => {
    const kept = localStorage.getItem(name);
    return kept === null ? otherwise : kept === "yes";
  });
  const choose = (next: boolean): void => {
    localStorage.setItem(name, next ? "yes" : "no");
    setValue(next);
  };
  return [value, choose];
}
