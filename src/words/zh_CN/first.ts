import type { first as english } from "../en/first.ts";
import type { Translated } from "../translated.ts";
import { bar } from "./bar.ts";
import { capture } from "./capture.ts";
import { captures } from "./captures.ts";
import { connections } from "./connections.ts";
import { filter } from "./filter.ts";
import { join } from "./join.ts";
import { log } from "./log.ts";
import { pages } from "./pages.ts";
import { panel } from "./panel.ts";
import { status } from "./status.ts";
import { table } from "./table.ts";
import { units } from "./units.ts";

export const first: Translated<typeof english> = {
  ...bar,
  ...capture,
  ...captures,
  ...connections,
  ...filter,
  ...join,
  ...log,
  ...pages,
  ...panel,
  ...status,
  ...table,
  ...units,
};
