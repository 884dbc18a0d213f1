import { memo, useMemo } from "react";
import { tokenizeJson } from "./json-tokens.ts";
import { segmentsOf } from "./mark-segments.ts";
import "./preview.css";

interface PreviewTextProps {
  readonly text: string;
  readonly marks: readonly number[];
}

/** One line of a message with its JSON coloured and what the filter found marked. */
export const PreviewText = memo(function PreviewText({ text, marks }: PreviewTextProps) {
  const segments = useMemo(() => segmentsOf(text, tokenizeJson(text), marks), [text, marks]);
  return segments.map(({ from, text: part, kind, isMarked }) => {
    if (kind === null && !isMarked) return part;
    const className = kind === null ? undefined : `json-${kind}`;
    return isMarked ? (
      <mark key={from} className={className}>
        {part}
      </mark>
    ) : (
      <span key={from} className={className}>
        {part}
      </span>
    );
  });
});
