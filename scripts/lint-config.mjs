/** .oxlintrc.json: its rules are written by hand, the rooms' import patterns from scripts/rooms.mjs. */
import { lintOverrides } from "./rooms.mjs";

/**
 * The text of a lint configuration, its patterns of imports made anew.
 * @param {string} text
 */
export function withRooms(text) {
  const config = JSON.parse(text);
  const byHand = config.overrides.filter((/** @type {{ rules: object }} */ { rules }) => !("no-restricted-imports" in rules));
  return `${JSON.stringify({ ...config, overrides: [...byHand, ...lintOverrides()] }, null, 2)}\n`;
}
