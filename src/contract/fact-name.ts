import type { Code, Said } from "../model/said.ts";
import type { ConnectionFact } from "./compare.ts";

/** What a fact of two connections side by side is about, to be said. */
export const factName = ({ about, name }: ConnectionFact): Said => ({ code: ABOUT[about], values: { name } });

const ABOUT = {
  transport: "compare.fact-transport",
  status: "compare.fact-status",
  "request header": "compare.fact-request-header",
  "response header": "compare.fact-response-header",
  ending: "compare.fact-ending",
  "control frames": "compare.fact-control-frames",
} as const satisfies Readonly<Record<ConnectionFact["about"], Code>>;
