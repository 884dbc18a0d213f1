import { HighlightStyle, LRLanguage, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import { parser } from "../../../query/grammar/query-parser.ts";

const language = LRLanguage.define({ parser });

/** Classes, so that the colours are those of tokens.css in both themes. */
const colours = HighlightStyle.define([
  { tag: tags.propertyName, class: "query-field" },
  { tag: tags.attributeValue, class: "query-value" },
  { tag: [tags.string, tags.regexp], class: "query-string" },
  { tag: tags.variableName, class: "query-path" },
  { tag: [tags.number, tags.bool], class: "query-number" },
  { tag: [tags.logicOperator, tags.compareOperator, tags.paren], class: "query-operator" },
]);

/** The filter language in colours. */
export const queryLanguage: Extension = [language, syntaxHighlighting(colours)];
