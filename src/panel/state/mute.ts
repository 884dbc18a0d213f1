import { printQuery } from "../../query/print.ts";
import type { Query } from "../../query/query.ts";
import type { FiltersStore } from "./filters-store.ts";

/** What is not to be read for now: hidden whatever is filtered, until its chip, or what muted it, is switched off. */
export interface Mute {
  /** What is hidden, as a filter. */
  readonly filter: string;
  readonly isOn: boolean;
  readonly toggle: () => void;
}

export function muteOf(filters: FiltersStore, condition: Query): Mute {
  const text = printQuery({ kind: "not", part: condition });
  const saved = filters.store.getState().saved.find((one) => one.text === text);
  const isOn = saved?.isOn === true;
  return {
    filter: printQuery(condition),
    isOn,
    // Once it is off, a chip would say nothing more.
    toggle: () => (isOn ? filters.remove(saved.name) : filters.save(saved?.name ?? text, text)),
  };
}
