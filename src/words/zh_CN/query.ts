import type { query as english } from "../en/query.ts";
import type { Translated } from "../translated.ts";

export const query: Translated<typeof english> = {
  "query.unknown-field": "未知字段“{ $name }”。",
};
