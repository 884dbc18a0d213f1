/** What decoders say: layers, problems, summaries. */
export const decode = {
  "decode.not-utf8": "Not valid UTF-8.",
} as const;
