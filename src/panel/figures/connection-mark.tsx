import type { ConnectionId } from "../../model/units.ts";

const SHAPES = 4;
const COLOURS = 6;

/** After so many shape and colour would be those of before, together. */
const ROUND = 12;

/** The class of a mark of its own shape and colour for each line of the connection list, by its first connection. They come round after 24; neighbours differ in both. */
export const markOf = (root: ConnectionId): string => `mark mark-shape-${(root + Math.floor(root / ROUND)) % SHAPES} mark-colour-${root % COLOURS}`;

export const ConnectionMark = ({ root }: { readonly root: ConnectionId }) => <i aria-hidden className={markOf(root)} />;
