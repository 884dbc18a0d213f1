import { asciiBetween, nameBefore } from "../bytes.ts";
import { say } from "../../../model/said.ts";
import type { Found, SecretKind } from "../secret-kind.ts";

/**
 * Payment card numbers: of an issuer's range, of its length, in its groups or in one, with the right check digit (ISO/IEC
 * 7812-1). One in ten of all numbers has that: so none under a name of ids, and a bare JSON number only under a card's name.
 */
export const card = {
  id: "card",
  said: say("redact.card"),
  inDigits: (bytes, from, to) => {
    // Most runs of digits are one number that no issuer gives.
    if (to - from <= 19 && !isFirstDigit(bytes[from] as number)) return NONE;
    const text = asciiBetween(bytes, from, to);
    const found: Found[] = [];
    NUMBER.lastIndex = 0;
    for (let match = NUMBER.exec(text); match !== null; match = NUMBER.exec(text)) {
      const place = { from: from + match.index, to: from + match.index + match[0].length };
      const digits = match[0].replace(/[ -]/g, "");
      if (isIssued(digits) && hasCheckDigit(digits) && standsAlone(bytes, place) && isNamedSo(bytes, place, digits.length < match[0].length)) found.push(place);
    }
    return found;
  },
} as const satisfies SecretKind;

const NONE: readonly Found[] = [];
/** 2 to 6, or the space before it. */
const isFirstDigit = (byte: number): boolean => (byte >= 0x32 && byte <= 0x36) || byte === 0x20 || byte === 0x2d;

/** One group; four of four; or the groups of American Express and Diners Club. */
const NUMBER = /(?<![\d])(?:\d{14,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{4,5})(?![\d])/g;

function isIssued(digits: string): boolean {
  const { length } = digits;
  const six = Number(digits.slice(0, 6));
  const between = (low: number, high: number): boolean => six >= low && six <= high;
  // Visa, Mastercard
  if (length === 16 && (digits.startsWith("4") || between(510_000, 559_999) || between(222_100, 272_099))) return true;
  // Discover, JCB
  if (length === 16 && (digits.startsWith("6011") || between(644_000, 659_999) || between(352_800, 358_999))) return true;
  if (length === 15) return digits.startsWith("34") || digits.startsWith("37"); // American Express
  if (length === 14) return between(300_000, 305_999) || digits.startsWith("36") || digits.startsWith("38"); // Diners Club
  return length === 16 && between(620_000, 626_999); // UnionPay
}

/** Luhn's sum. A number of one digit over and over has it too, and is none. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 0x30;
    const twice = i % 2 === 1 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0 && !/^(?:(\d)\1+|\d0+)$/.test(digits);
}

/** No part of a longer word or of a fraction. */
function standsAlone(bytes: Uint8Array, { from, to }: Found): boolean {
  // The letter of an escape (`\n`) is no word.
  return !/(?<!\\[bfnrt])(?<=[\w.+-])$/.test(asciiBetween(bytes, Math.max(0, from - 2), from)) && !/^(?:[A-Za-z_]|[.-]\w)/.test(asciiBetween(bytes, to, Math.min(bytes.length, to + 2)));
}

function isNamedSo(bytes: Uint8Array, { from }: Found, isGrouped: boolean): boolean {
  const { name, isBare } = nameBefore(bytes, from);
  if (CARD_NAME.test(name)) return true;
  return isGrouped || (!isBare && !ID_NAME.test(name));
}

const CARD_NAME = /(?:card|^cc|^pan$|creditcard)(?!.*id$)/i;
const ID_NAME = /(?:^|[a-z_-])(?:ids?|uid|uuid|seq|sequence|nonce|no|ref|reference|order|trade|hash|cursor|offset|time|timestamp|ts|at|date|version|rev|revision|key|session|trace|span|price|px|qty|amount|size|balance|volume|total|account|phone|tracking|barcode|ean|isbn|imei|iban)$/i;
