import type { FilterProblem } from "../../contract/rows.ts";
import { useWhole } from "../controls/use-whole.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { Corrections } from "./corrections.tsx";

interface FilterAlertProps {
  readonly problem: FilterProblem;
  /** What was typed. */
  readonly text: string;
  readonly isBehindList: boolean;
}

/** What is wrong with the filter, and what may be meant. While completions are offered, it is only spoken: their list stands in its place. */
export function FilterAlert({ problem, text, isBehindList }: FilterAlertProps) {
  const { tell } = useSpeaker();
  if (!useWhole()) return null;
  return (
    <div className={isBehindList ? "spoken" : "filter-alert popup"}>
      <span role="alert" id="filter-problem">
        {tell(problem.message)}
      </span>
      {!isBehindList && <Corrections text={text} />}
    </div>
  );
}
