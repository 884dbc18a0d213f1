import { memo } from "react";
import { ODD_KEY } from "../../model/value-document.ts";
import type { JsonKind, TextLook, TreeLine } from "../../contract/inspect.ts";
import { useSpeaker } from "../state/speaker-context.ts";

interface JsonTreeLineProps {
  /** Undefined while it is under way. */
  readonly line: TreeLine | undefined;
  readonly place: number;
  readonly isActive: boolean;
}

const INDENT = 14;

export const COLOURS: Record<JsonKind, string> = {
  object: "json-short",
  array: "json-short",
  string: "json-string",
  number: "json-number",
  bigint: "json-number",
  boolean: "json-literal",
  null: "json-literal",
  bytes: "json-string",
  time: "json-string",
};

/** Between a key and its value: as in DevTools' own maps, where the key is no text. */
const COLON = ": ";
const ARROW = " => ";

export const treeLineId = (place: number): string => `tree-line-${place}`;

export const JsonTreeLine = memo(function JsonTreeLine({ line, place, isActive }: JsonTreeLineProps) {
  const { words } = useSpeaker();
  if (line === undefined) return <div className="json-line" role="presentation" />;
  const { depth, key, isOddKey, kind, text, hint, look, size, children, expanded } = line;
  const isFolder = children > 0;
  const isAddress = look !== null && "url" in look;
  return (
    <div
      id={treeLineId(place)}
      className="json-line"
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={isFolder ? expanded : undefined}
      aria-selected={isActive}
      data-line={place}
      style={{ paddingLeft: depth * INDENT }}
      title={isFolder ? words("inspector.fold-about") : undefined}
    >
      <span className={isFolder ? (expanded ? "json-fold json-unfolded" : "json-fold") : "json-fold-none"} />
      {key !== null && (
        <>
          <span className="json-key">{isOddKey && key.startsWith(ODD_KEY) ? key.slice(ODD_KEY.length) : key}</span>
          {isOddKey ? ARROW : COLON}
        </>
      )}
      {look !== null && "colour" in look && <span className="json-swatch" style={{ background: look.colour }} />}
      <span className={isAddress ? "json-string json-url" : COLOURS[kind]} title={isAddress ? words("tree.open-about") : text.length > 60 && !isFolder ? text : undefined}>
        {text}
      </span>
      {kind === "bigint" && <span className="json-short"> {words("inspector.bigint")}</span>}
      {kind === "time" && <span className="json-short"> {words("inspector.time")}</span>}
      {size !== null && <span className="json-short"> {words("inspector.size", { n: size })}</span>}
      {hint !== null && <span className="json-short"> {hint}</span>}
    </div>
  );
});

/** Messages that come one after another mostly have the same keys, and many of the same values. */
export function isSameLine(a: TreeLine, b: TreeLine): boolean {
  return (
    a.text === b.text &&
    a.key === b.key &&
    a.kind === b.kind &&
    a.depth === b.depth &&
    a.children === b.children &&
    a.expanded === b.expanded &&
    a.hint === b.hint &&
    a.size === b.size &&
    a.isOddKey === b.isOddKey &&
    a.isInner === b.isInner &&
    isSameLook(a.look, b.look)
  );
}

function isSameLook(a: TextLook | null, b: TextLook | null): boolean {
  if (a === null || b === null) return a === b;
  return "url" in a ? "url" in b && a.url === b.url : "colour" in b && a.colour === b.colour;
}
