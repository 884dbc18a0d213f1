/** What is said beside the filter box of what one can ask for. */
export const examples = {
  "examples.keys": "↑ and ↓: recent filters. Enter: go to the table. Esc: clear.",
  "examples.text": "Frames that contain this text, in upper or lower case",
  "examples.quoted": "Text with spaces",
  "examples.pattern": "Regular expression",
  "examples.type": "What the Type column shows. A minus excludes.",
  "examples.or": "Either of two",
  "examples.unanswered": "Requests without an answer so far",
  "examples.latency": "Requests and answers that took longer",
  "examples.size": "Large messages",
  "examples.last": "The last five seconds",
  "examples.near": "Rows before and after one row",
  "examples.value": "A number inside messages, in any encoding",
  "examples.lists": "Lists, patterns, existing fields and groups",
} as const;
