/** What a terminal would take for a command, or for another direction of writing. */
// oxlint-disable-next-line no-control-regex -- these are what it is for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Foreign text as a terminal may have it: one line, nothing that it obeys. */
export const plain = (text: string): string => text.replaceAll(CONTROLS, "·");
