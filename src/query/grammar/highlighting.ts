import { styleTags, tags } from "@lezer/highlight";

/** Which tag of @lezer/highlight each token has; an editor gives the tags their colours. */
export const queryHighlighting = styleTags({
  Word: tags.content,
  Quoted: tags.string,
  Pattern: tags.regexp,
  FieldName: tags.propertyName,
  FieldValue: tags.attributeValue,
  Path: tags.variableName,
  Operator: tags.compareOperator,
  Number: tags.number,
  Literal: tags.bool,
  BareText: tags.string,
  "OrOperator AndOperator NotOperator Minus": tags.logicOperator,
  "Open Close": tags.paren,
});
