/** Heights in CSS pixels, as tokens.css has them: rows are placed before they are drawn. */
export const FRAME_ROW = 22;
export const TREE_ROW = 19;
export const TEXT_ROW = 17;
/** A line of the connection list: a target's heading has one, a connection two. */
export const CONNECTION_LINE = 19;
/** The choice of all connections, above them. */
export const ALL_CONNECTIONS = 26;
