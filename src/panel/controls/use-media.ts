import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** As wide as DevTools docked at the side: connections become a menu, the inspector goes below the table. */
export const NARROW = "(max-width: 700px)";

/** As low as DevTools docked at the bottom, and wide enough for two panes: the inspector stays beside the table. */
export const LOW = "(max-height: 420px) and (min-width: 600px)";
