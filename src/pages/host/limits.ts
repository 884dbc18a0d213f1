import type { ToEngine } from "../../engine/contract.ts";
import type { Settings } from "../../model/settings.ts";

const MEBIBYTE = 2 ** 20;

/** What the settings let an engine hold in memory and keep on disk. */
export const limitsOf = ({ memoryBudget, keptCaptures, keptSize }: Settings): ToEngine => ({
  type: "limits",
  budget: memoryBudget * MEBIBYTE,
  bounds: { captures: keptCaptures, bytes: keptSize * MEBIBYTE },
});
