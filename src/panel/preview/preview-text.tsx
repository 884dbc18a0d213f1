import { memo, useMemo } from "react";
import { shown } from "../figures/hidden-characters.tsx";
import { tokenizeJson } from "./json-tokens.ts";
import { cutSegments, segmentsOf } from "./mark-segments.ts";
import "./preview.css";

interface PreviewTextProps {
  readonly text: string;
  readonly marks: readonly number[];
  /** The part that is drawn; left out: all. */
  readonly from?: number;
  readonly to?: number;
}

/** One line of a message with its JSON coloured and what the filter found marked. */
export const PreviewText = memo(function PreviewText({ text, marks, from = 0, to = text.length }: PreviewTextProps) {
  const segments = useMemo(() => {
    const drawn = text.slice(0, to);
    return cutSegments(segmentsOf(drawn, tokenizeJson(drawn), marks), from);
  }, [text, marks, from, to]);
  return segments.map(({ from: key, text: part, kind, isMarked }) => {
    // Bare: no element is made of it that would show what is hidden in it.
    if (kind === null && !isMarked) return shown(part);
    const className = kind === null ? undefined : `json-${kind}`;
    return isMarked ? (
      <mark key={key} className={className}>
        {part}
      </mark>
    ) : (
      <span key={key} className={className}>
        {part}
      </span>
    );
  });
});
