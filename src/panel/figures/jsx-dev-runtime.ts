/** As `jsx-runtime.ts`, of React for development. */
import { jsxDEV as reactJsx } from "react/jsx-dev-runtime";
import { legible } from "./legible.ts";

export { Fragment, type JSX } from "react/jsx-dev-runtime";

export const jsxDEV: typeof reactJsx = (type, props, key, ...rest) => reactJsx(type, legible(type, props), key, ...rest);
