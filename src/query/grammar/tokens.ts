import { ExternalTokenizer, type InputStream } from "@lezer/lr";
import {
  AndOperator,
  BareText,
  Close,
  FieldName,
  FieldValue,
  Literal,
  Minus,
  NotOperator,
  Number as NumberToken,
  Open,
  Operator,
  OrOperator,
  Path,
  Pattern,
  Quoted,
  Word,
} from "./query-parser.terms.ts";

/** How far a pattern or a path is looked for: without a bound, many lone slashes would cost their square. */
const FARTHEST = 2000;

/**
 * The tokens of the language, by hand, because where one ends depends on what can stand at its place: what follows a
 * field's colon is its value up to the next space, `>` is an operator only after a path, and a slash begins a pattern
 * only where another slash closes it. Every character that is no space belongs to some token.
 */
export const queryTokens = new ExternalTokenizer(
  (input, stack) => {
    if (input.next < 0 || isSpace(input.next)) return;
    if (isFieldValuePlace(input, (term) => stack.canShift(term))) return readFieldValue(input);
    if (stack.canShift(Operator) && readOperator(input)) return;
    if (stack.canShift(NumberToken)) return readOperand(input);
    readTerm(input);
  },
  { contextual: true },
);

function isFieldValuePlace(input: InputStream, canShift: (term: number) => boolean): boolean {
  return canShift(FieldValue) && !isSpace(input.peek(-1)) && input.next !== OPEN && input.next !== CLOSE;
}

function readFieldValue(input: InputStream): void {
  if (input.next === QUOTE) return readQuoted(input);
  if (input.next === SLASH && readPattern(input, false)) return;
  skipBare(input);
  input.acceptToken(FieldValue);
}

function readOperator(input: InputStream): boolean {
  const { next } = input;
  const following = input.peek(1);
  if (next === BANG && following !== EQUALS) return false;
  if (next !== BANG && next !== EQUALS && next !== LESS && next !== GREATER && next !== TILDE) return false;
  input.advance(following === EQUALS && next !== TILDE ? 2 : 1);
  input.acceptToken(Operator);
  return true;
}

/** What an operator compares with. */
function readOperand(input: InputStream): void {
  if (input.next === CLOSE || input.next === OPEN) return readTerm(input);
  if (input.next === QUOTE) return readQuoted(input);
  if (input.next === SLASH && readPattern(input)) return;
  const text = skipBare(input);
  input.acceptToken(NUMBER.test(text) ? NumberToken : LITERAL.test(text) ? Literal : BareText);
}

/** A token where a condition can begin. */
function readTerm(input: InputStream): void {
  const { next } = input;
  if (next === OPEN || next === CLOSE) {
    input.advance();
    return input.acceptToken(next === OPEN ? Open : Close);
  }
  if (next === MINUS) {
    input.advance();
    return input.acceptToken(Minus);
  }
  if (next === QUOTE) return readQuoted(input);
  if (next === SLASH && readPattern(input)) return;
  if (isPathStart(input)) return readPath(input);
  if (readFieldName(input)) return;
  const word = skipBare(input);
  input.acceptToken(word === "OR" ? OrOperator : word === "AND" ? AndOperator : word === "NOT" ? NotOperator : Word);
}

/** Text in quotes; one that is not closed goes to the end, and the reader of the tree says so. */
function readQuoted(input: InputStream): void {
  input.advance();
  while (input.next >= 0 && input.next !== QUOTE) {
    if (input.next === BACKSLASH) input.advance();
    input.advance();
  }
  if (input.next === QUOTE) input.advance();
  input.acceptToken(Quoted);
}

/** `/source/flags`, where a slash closes it and nothing but flags stands behind. A field's value ends at a space. */
function readPattern(input: InputStream, hasSpaces = true): boolean {
  let isInClass = false;
  let length = 1;
  for (; ; length++) {
    const next = input.peek(length);
    if (next < 0 || length > FARTHEST || (!hasSpaces && isSpace(next))) return false;
    if (next === BACKSLASH) length++;
    else if (next === OPEN_BRACKET) isInClass = true;
    else if (next === CLOSE_BRACKET) isInClass = false;
    else if (next === SLASH && !isInClass) break;
  }
  if (length === 1) return false;
  length++;
  while (FLAGS.has(input.peek(length))) length++;
  const behind = input.peek(length);
  if (behind >= 0 && !isSpace(behind) && behind !== CLOSE && behind !== OPEN) return false;
  input.advance(length);
  input.acceptToken(Pattern);
  return true;
}

/** `.key`, `."key"`, `.*`, `.[`, `..key`, `$.`, `$[`: but `.5` and `...` are words. */
function isPathStart(input: InputStream): boolean {
  const first = input.peek(1);
  if (input.next === DOLLAR) return first === DOT || first === OPEN_BRACKET;
  if (input.next !== DOT) return false;
  const key = first === DOT ? input.peek(2) : first;
  return isKeyStart(key) || key === QUOTE || key === OPEN_BRACKET || key === STAR;
}

function readPath(input: InputStream): void {
  for (let length = 0; length < FARTHEST; length++) {
    const { next } = input;
    if (next < 0 || isSpace(next) || next === OPEN || next === CLOSE) break;
    if (next === EQUALS || next === LESS || next === GREATER || next === TILDE) break;
    if (next === BANG && input.peek(1) === EQUALS) break;
    input.advance();
    if (next !== QUOTE) continue;
    while (input.next >= 0 && input.next !== QUOTE) {
      if (input.next === BACKSLASH) input.advance();
      input.advance();
    }
    if (input.next === QUOTE) input.advance();
  }
  input.acceptToken(Path);
}

/** Letters and a colon; not what begins a URL. */
function readFieldName(input: InputStream): boolean {
  let length = 0;
  while (isLetter(input.peek(length)) && length < MOST_NAME) length++;
  if (length === 0 || input.peek(length) !== COLON) return false;
  if (input.peek(length + 1) === SLASH && input.peek(length + 2) === SLASH) return false;
  input.advance(length + 1);
  input.acceptToken(FieldName);
  return true;
}

const MOST_NAME = 32;

/** Goes to the next space, parenthesis or quote; at least one character. */
function skipBare(input: InputStream): string {
  let text = "";
  do {
    text += String.fromCharCode(input.next);
    input.advance();
  } while (input.next >= 0 && !isSpace(input.next) && input.next !== OPEN && input.next !== CLOSE && input.next !== QUOTE);
  return text;
}

const QUOTE = 34;
const DOLLAR = 36;
const OPEN = 40;
const CLOSE = 41;
const STAR = 42;
const MINUS = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const BANG = 33;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const TILDE = 126;
/** All flags of JavaScript, so that a wrong one is named; other letters make it a path such as `/api/users`. */
const FLAGS: ReadonlySet<number> = new Set(Array.from("dgimsuvy", (flag) => flag.charCodeAt(0)));

/** A number as JSON writes it, or with its leading zero left out. */
const NUMBER = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const LITERAL = /^(?:true|false|null)$/;

const isSpace = (code: number): boolean =>
  code === 32 || code === 9 || code === 10 || code === 13 || code === 0xa0 || code === 0x3000;
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isKeyStart = (code: number): boolean => isLetter(code) || code === 95 || code === DOLLAR || (code > 127 && !isSpace(code));
