import type { Changed } from "../../contract/changed.ts";
import type { FilterProblem } from "../../contract/rows.ts";

type Shown = Pick<Changed, "frames" | "matches" | "rows" | "scanned">;

/** What is typed finds nothing by itself, so Enter means what is offered for it. Where nothing is captured, nothing is known. */
export const isOfferMeant = (shown: Shown | null, problem: FilterProblem | null): boolean =>
  shown !== null && shown.frames > 0 && (problem !== null || (shown.matches === 0 && shown.scanned >= 1));

/** The table has no row to go on to, and none is on its way. */
export const isTableEmpty = (shown: Shown | null): boolean => shown === null || (shown.rows === 0 && shown.scanned >= 1);
