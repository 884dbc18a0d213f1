import type { ConnectionId } from "../../model/units.ts";

const SHAPES = 4;
const COLOURS = 6;

/** A mark of its own shape and colour for each line of the connection list, by its first connection. They come round after twelve. */
export const ConnectionMark = ({ root }: { readonly root: ConnectionId }) => <i aria-hidden className={`mark mark-shape-${root % SHAPES} mark-colour-${root % COLOURS}`} />;
