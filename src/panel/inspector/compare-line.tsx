import { memo } from "react";
import type { CompareLine, ComparedAs } from "../../contract/compare.ts";
import { ODD_KEY } from "../../model/value-document.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { COLOURS } from "./json-tree-line.tsx";

interface CompareTreeLineProps {
  /** Undefined while it is under way. */
  readonly line: CompareLine | undefined;
  readonly place: number;
  readonly isActive: boolean;
  readonly as: ComparedAs;
}

const INDENT = 14;
const SIGNS = { same: " ", removed: "−", added: "+", inside: " ", fold: " " } as const;

export const compareLineId = (place: number): string => `compare-line-${place}`;

export const CompareTreeLine = memo(function CompareTreeLine({ line, place, isActive, as }: CompareTreeLineProps) {
  const { words } = useSpeaker();
  if (line === undefined) return <div className="compare-line" role="presentation" />;
  const { state, depth, key, kind, text, differs, children, expanded } = line;
  const isFolder = children > 0;
  return (
    <div
      id={compareLineId(place)}
      className={`compare-line compare-${state}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={isFolder ? expanded : undefined}
      aria-selected={isActive}
      data-line={place}
    >
      <span className="compare-sign">
        {state === "added" || state === "removed" ? <span className="spoken">{words(`compare.${state}`)} </span> : null}
        <span aria-hidden>{SIGNS[state]}</span>
      </span>
      {as === "value" ? <span style={{ paddingLeft: depth * INDENT }} /> : <span className={as === "text" ? "compare-number" : "compare-offset"}>{key ?? ""}</span>}
      {(as === "value" || isFolder) && <span className={isFolder ? (expanded ? "json-fold json-unfolded" : "json-fold") : "json-fold-none"} />}
      {as === "value" && key !== null && (
        <>
          <span className="json-key">{key.startsWith(ODD_KEY) ? key.slice(ODD_KEY.length) : key}</span>
          {": "}
        </>
      )}
      <span className={kind !== null ? COLOURS[kind] : state === "fold" ? undefined : "compare-text"}>
        {state === "fold" ? words("compare.equal-left-out", { n: children }) : state === "same" && isFolder ? words("compare.equal", { text }) : differs === null ? text : <Differing text={text} from={differs.from} to={differs.to} />}
      </span>
    </div>
  );
});

function Differing({ text, from, to }: { readonly text: string; readonly from: number; readonly to: number }) {
  return (
    <>
      {text.slice(0, from)}
      <em>{text.slice(from, to)}</em>
      {text.slice(to)}
    </>
  );
}
