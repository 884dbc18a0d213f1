import { assertNever } from "../model/assert-never.ts";
import { BOOLEAN, BYTES, NULL, NUMBER, sought, STRING, TIME } from "../model/value-document.ts";
import { comparedWith } from "./decimal.ts";
import { textPattern } from "./pattern.ts";
import type { Operand, OrderedOperand, OrderOperator, ValueTest } from "./query.ts";
import type { NodeTest } from "./value-path.ts";

/** Whether one value passes; without a test, any does. */
export function valueTest(test: ValueTest | null): NodeTest {
  if (test === null) return () => true;
  switch (test.operator) {
    case "=":
      return equals(test.operand);
    case "!=": {
      const isEqual = equals(test.operand);
      return (document, node) => !isEqual(document, node);
    }
    case "~": {
      const { operand } = test;
      const pattern = operand.kind === "pattern" ? new RegExp(operand.source, operand.flags) : textPattern(operand.text);
      return (document, node) => hasText(document.kindOf(node)) && pattern.test(document.textOf(node));
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

/** Strict: `"5"` is not 5. Numbers are equal where all their digits are, however they are written. */
function equals(operand: Operand): NodeTest {
  switch (operand.kind) {
    case "string": {
      const text = sought(operand.text);
      return (document, node) => {
        const kind = document.kindOf(node);
        return kind === STRING ? document.isText(node, text) : kind === TIME && document.textOf(node) === text.text;
      };
    }
    case "literal": {
      const kind = operand.value === null ? NULL : BOOLEAN;
      const text = String(operand.value);
      return (document, node) => document.kindOf(node) === kind && document.textOf(node) === text;
    }
    case "number": {
      const passes = numberTest("=", operand.text);
      return (document, node) => document.kindOf(node) === NUMBER && passes.literal(document.textOf(node));
    }
    default:
      return assertNever(operand);
  }
}

/** Texts that hold a number are compared with a number as that number: many feeds send prices as strings. */
function isOrdered(operator: OrderOperator, operand: OrderedOperand): NodeTest {
  if (operand.kind === "string") {
    const holds = ORDERS[operator];
    const { text } = operand;
    return (document, node) => {
      if (!isString(document.kindOf(node))) return false;
      const value = document.textOf(node);
      return holds(value < text ? -1 : value > text ? 1 : 0);
    };
  }
  const passes = numberTest(operator, operand.text);
  return (document, node) => {
    const kind = document.kindOf(node);
    if (kind !== NUMBER && kind !== STRING) return false;
    const text = document.textOf(node);
    return (kind === NUMBER || NUMERIC.test(text)) && passes.literal(text);
  };
}

/** Whether a number passes that stands in a text. */
export interface NumberTest {
  /** As JSON writes it. */
  literal(text: string): boolean;
  /** A whole number below 2^53. */
  whole(value: number): boolean;
}

export function numberTest(operator: OrderOperator | "=", wanted: string): NumberTest {
  const holds = ORDERS[operator];
  const comparison = comparedWith(wanted);
  return { literal: (text) => holds(comparison.literal(text)), whole: (value) => holds(comparison.whole(value)) };
}

/** What a comparison says of a difference; NaN (not comparable) passes none. */
const ORDERS: Readonly<Record<OrderOperator | "=", (difference: number) => boolean>> = {
  "=": (difference) => difference === 0,
  "<": (difference) => difference < 0,
  "<=": (difference) => difference <= 0,
  ">": (difference) => difference > 0,
  ">=": (difference) => difference >= 0,
};

/** A string that holds nothing but a number, as JSON writes numbers. */
export const NUMERIC = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const isString = (kind: number): boolean => kind === STRING || kind === TIME;
/** Containers, null and bytes have none. */
const hasText = (kind: number): boolean => kind >= STRING && kind !== NULL && kind !== BYTES;
