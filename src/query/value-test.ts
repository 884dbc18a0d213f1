import { assertNever } from "../model/assert-never.ts";
import { textPattern } from "./pattern.ts";
import type { Operand, OrderedOperand, OrderOperator, ValueTest } from "./query.ts";

/** Whether one value passes; without a test, any does. */
export function valueTest(test: ValueTest | null): (value: unknown) => boolean {
  if (test === null) return () => true;
  switch (test.operator) {
    case "=":
      return equals(test.operand);
    case "!=": {
      const isEqual = equals(test.operand);
      return (value) => !isEqual(value);
    }
    case "~": {
      const { operand } = test;
      const pattern = operand.kind === "pattern" ? new RegExp(operand.source, operand.flags) : textPattern(operand.text);
      return (value) => {
        const text = scalarText(value);
        return text !== undefined && pattern.test(text);
      };
    }
    case "<":
    case "<=":
    case ">":
    case ">=":
      return isOrdered(test.operator, test.operand);
    default:
      return assertNever(test);
  }
}

/** Strict: `"5"` is not 5. A bigint and a number are equal where they are the same number. */
function equals(operand: Operand): (value: unknown) => boolean {
  switch (operand.kind) {
    case "string":
      return (value) => value === operand.text;
    case "literal":
      return (value) => value === operand.value;
    case "number": {
      const wanted = readNumber(operand.text);
      return (value) => (typeof value === "number" || typeof value === "bigint") && compare(value, wanted) === 0;
    }
    default:
      return assertNever(operand);
  }
}

/** Texts that hold a number are compared with a number as that number: many feeds send prices as strings. */
function isOrdered(operator: OrderOperator, operand: OrderedOperand): (value: unknown) => boolean {
  const holds = ORDERS[operator];
  if (operand.kind === "string") {
    const { text } = operand;
    return (value) => typeof value === "string" && holds(value < text ? -1 : value > text ? 1 : 0);
  }
  const wanted = readNumber(operand.text);
  return (value) => {
    const number = typeof value === "string" && NUMERIC.test(value) ? readNumber(value) : value;
    return (typeof number === "number" || typeof number === "bigint") && holds(compare(number, wanted));
  };
}

/** What a comparison says of a difference; NaN (not comparable) passes none. */
const ORDERS: Readonly<Record<OrderOperator, (difference: number) => boolean>> = {
  "<": (difference) => difference < 0,
  "<=": (difference) => difference <= 0,
  ">": (difference) => difference > 0,
  ">=": (difference) => difference >= 0,
};

/** JavaScript compares a number and a bigint by their mathematical values. */
function compare(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : a >= b ? 0 : Number.NaN;
}

/** A string that holds nothing but a number, as JSON writes numbers. */
export const NUMERIC = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** An integer that a double cannot hold is read as a bigint. */
function readNumber(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(text) ? number : BigInt(text);
}

function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      return undefined;
  }
}
