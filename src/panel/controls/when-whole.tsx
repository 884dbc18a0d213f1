import type { ReactNode } from "react";
import { useWhole } from "./use-whole.ts";

/** What says sentences that the first paint has not, once they can be said. */
export const WhenWhole = ({ children }: { readonly children: ReactNode }): ReactNode => useWhole() && children;
