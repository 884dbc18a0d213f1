/**
 * What the panel's JSX calls in place of React's own (`jsxImportSource` in vite.config.ts): no text is drawn with characters
 * that nobody sees, whoever wrote it. Who draws an element need not think of it; text that a component returns bare, and what
 * is drawn past React (a canvas, the filter's editor), calls `shown` or `shownAsText` itself.
 */
import { jsx as reactJsx, jsxs as reactJsxs } from "react/jsx-runtime";
import { legible } from "./legible.ts";

export { Fragment, type JSX } from "react/jsx-runtime";

export const jsx: typeof reactJsx = (type, props, key) => reactJsx(type, legible(type, props), key);
export const jsxs: typeof reactJsxs = (type, props, key) => reactJsxs(type, legible(type, props), key);
