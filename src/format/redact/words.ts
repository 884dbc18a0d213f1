/**
 * Whether a text is words and numbers with `_`, `-`, `:`, `.`, `/` between them, or without (`darkMode`): a topic, a path, a
 * state, a time. What is drawn by lot has a part that is neither. Cost: a pass over the text.
 */
export function isOfWords(text: string): boolean {
  if (TIME.test(text)) return true;
  return text.split(BETWEEN).every((part) => part === "" || NUMBER.test(part) || WORD.test(part));
}

const BETWEEN = /[_\-:./~]|%[\da-f]{2}/i;
/** Plain, or with its unit: `1m`, `100ms`, `2nd`. */
const NUMBER = /^\d+$|^\d{1,4}(?:ms|min|px|st|nd|rd|th|[smhdwyk])$/i;
/** Letters of one case or with a large one first of each word; a number behind is a short one: `v2`, `round3`. */
const WORD = /^(?![a-zA-Z]*[b-df-hj-np-tv-xz]{6})(?:[a-z]{1,5}|[A-Z]{1,5}|(?=[a-z]{0,5}[aeiouy])[a-z]{6,20}|(?=[A-Z]{0,5}[AEIOUY])[A-Z]{6,20}|[A-Z]?[a-z]{0,3}[aeiouy][a-z]{0,12}(?:[A-Z](?=[a-z]{0,3}[aeiouy])[a-z]{1,14})*)\d{0,3}$/;
/** RFC 3339. */
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-][\d:]+)?$/i;
