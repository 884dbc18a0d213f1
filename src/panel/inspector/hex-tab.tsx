import { useMemo, useRef } from "react";
import type { InspectedFrame } from "../../contract/inspect.ts";
import { useElementWidth } from "../controls/use-element-width.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { layersByBytes } from "./hex-layers.tsx";
import { layOutHex } from "./hex-lines.ts";
import { HexRows } from "./hex-rows.tsx";
import { characterWidth } from "./use-line-columns.ts";
import "./lines.css";

/** The payload's bytes. */
export function HexTab({ details }: { readonly details: InspectedFrame }) {
  const { words, tell } = useSpeaker();
  const { kind, size, note } = details;
  if (kind !== "message") return <p className="inspector-note">{words("inspector.no-payload")}</p>;
  if (size === null) return <p className="inspector-note">{note === null ? words("inspector.not-reported") : tell(note)}</p>;
  if (size === 0) return <p className="inspector-note">{words("inspector.empty")}</p>;
  return <HexView details={details} size={size} />;
}

interface HexViewProps {
  readonly details: InspectedFrame;
  readonly size: number;
}

/** Paddings and the scrollbar. */
const BESIDE_BYTES = 32;

export function HexView({ details: { index, message, layers, treeLines, bytesHead }, size }: HexViewProps) {
  const byBytes = useMemo(() => layersByBytes(layers), [layers]);
  const pane = useRef<HTMLDivElement>(null);
  const width = useElementWidth(pane);
  const layout = layOutHex(size, width === 0 ? 0 : (width - BESIDE_BYTES) / characterWidth());
  return (
    <div ref={pane} className="hex-pane">
      {width > 0 && <HexRows key={`${layout.width} ${layout.isFolded}`} frame={index} message={message} size={size} head={bytesHead} layers={byBytes} hasValue={treeLines !== null} layout={layout} />}
    </div>
  );
}
