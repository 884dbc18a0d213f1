import type { LayerDetails } from "../../contract/inspect.ts";
import type { Range } from "../../contract/range.ts";
import { hexOffset } from "./hex-lines.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./hex-layers.css";

/** Layers that have the same bytes of a payload. */
export interface HexLayer {
  readonly names: readonly string[];
  readonly bytes: Range;
}

/** The layers of a message by their bytes, outermost first; none where there is nothing to tell apart. */
export function layersByBytes(layers: readonly LayerDetails[]): readonly HexLayer[] {
  const all: { names: string[]; bytes: Range }[] = [];
  for (const { name, bytes } of layers) {
    if (bytes === null) continue;
    const same = all.find((other) => other.bytes.from === bytes.from && other.bytes.to === bytes.to);
    if (same === undefined) all.push({ names: [name], bytes });
    else same.names.push(name);
  }
  return all.length < 2 ? [] : all;
}

/** Colours of layers; more of them begin again. */
const COLOURS = 4;
export const layerClass = (place: number): string => `hex-layer-${place % COLOURS}`;

interface HexLayersProps {
  readonly layers: readonly HexLayer[];
  /** The byte at the cursor. */
  readonly cursor: number | undefined;
  readonly onSelect: (from: number, to: number) => void;
}

/** Which colour is whose bytes; a click selects them. */
export function HexLayers({ layers, cursor, onSelect }: HexLayersProps) {
  const { words } = useSpeaker();
  const here = cursor === undefined ? -1 : layers.findLastIndex(({ bytes }) => bytes.from <= cursor && cursor < bytes.to);
  return (
    <ul className="hex-layers" aria-label={words("inspector.layers")}>
      {layers.map(({ names, bytes: { from, to } }, i) => (
        <li key={`${from} ${to}`}>
          <button type="button" className="hex-layer" aria-current={i === here || undefined} title={words("hex.layer-about", { from: hexOffset(from), to: hexOffset(to - 1), n: to - from })} onClick={() => onSelect(from, to)}>
            <i className={layerClass(i)} />
            {names.join(" › ")}
          </button>
        </li>
      ))}
    </ul>
  );
}
