import { useState } from "react";
import { keepChoice, readChoice } from "./kept-choice.ts";

/** A choice of how something is shown, which is the same the next time. */
export function useKeptChoice(name: string, otherwise: boolean): readonly [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => readChoice(name, otherwise));
  const choose = (next: boolean): void => {
    keepChoice(name, next);
    setValue(next);
  };
  return [value, choose];
}
