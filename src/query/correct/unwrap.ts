/** What stands around a condition in other tools' languages, and what it is here. Each is passed over once, in this order. */
const WRAPPINGS: readonly (readonly [RegExp, string])[] = [
  // SQL
  [/^\s*select\s[^]*?\sfrom\s+\S+\s+where\s+/iu, ""],
  [/^\s*where\s+/iu, ""],
  [/\s(?:order|group)\s+by\s[^]*$/iu, ""],
  [/\s(?:limit|offset)\s+\d+\s*$/iu, ""],
  [/;\s*$/u, ""],
  // JavaScript
  [/^\s*\(?\s*([\w$]+)\s*\)?\s*=>\s*(?=!?\1\b)/u, ""],
  [/JSON\.parse\(\s*[\w$.]+\s*\)/gu, ""],
  // Names of two words
  [/(?<![\w-])close\s+code(?![\w-])/giu, "closecode"],
  [/(?<![\w-])status\s+code(?![\w-])/giu, "statuscode"],
  // At any depth, in jq
  [/(?<![\w.])\.\.\s*\|\s*\./gu, "$$.."],
  // What may be missing: `.px?`, `px?.y`
  [/(?<=[\w$\])])\?(?=[.\s]|$)/gu, ""],
  // A key in brackets, of JavaScript, jq and JSONPath
  [/\.?\[(["'])([A-Za-z_$][\w$-]*)\1\]/gu, ".$2"],
  [/^@(?=\.)/u, ""],
  [/\$((?:\.[\w$]+)*)\[\?\(?\s*@((?:\.[\w$]+)+)([^\])]*)\)?\]/gu, "$1[*]$2$3"],
  // Mongo
  [/\{\s*["']?\$gte["']?\s*:/gu, ">="],
  [/\{\s*["']?\$gt["']?\s*:/gu, ">"],
  [/\{\s*["']?\$lte["']?\s*:/gu, "<="],
  [/\{\s*["']?\$lt["']?\s*:/gu, "<"],
  [/\{\s*["']?\$ne["']?\s*:/gu, "!="],
  [/\{\s*["']?\$regex["']?\s*:/gu, "~"],
  // Lucene
  [/:\s*[[{](\S+)\s+TO\s+([^\s\]}]+)[\]}]/gu, ":$1..$2"],
  // mitmproxy, where it begins a condition
  [/(?<=^|[(!&|]\s*)~u\s+/gu, "url:"],
  [/(?<=^|[(!&|]\s*)~d\s+/gu, "host:"],
  [/(?<=^|[(!&|]\s*)~b[qs]?\s+/gu, ""],
  [/(?<=^|[(!&|]\s*)~q(?![\w-])/gu, "is:sent"],
  [/(?<=^|[(!&|]\s*)~s(?![\w-])/gu, "is:received"],
  // Units apart from their number, and in words
  [/(?<=\d)\s*(?:milliseconds?|millis|msecs?)(?![\w-])/giu, "ms"],
  [/(?<=\d)\s*(?:seconds?|secs?)(?![\w-])/giu, "s"],
  [/(?<=\d)\s*(?:minutes?|mins?)(?![\w-])/giu, "m"],
  [/(?<=\d)\s*hours?(?![\w-])/giu, "h"],
  [/(?<=\d)\s*bytes?(?![\w-])/giu, "b"],
  [/(?<=\d)\s+(?=(?:[kmg]i?b|b|ms|s)(?![\w-]))/giu, ""],
  // Fiddler
  [/^\?(?=\w)/u, "url:"],
  [/^@(?=\w)/u, "host:"],
  [/^\s*([<>]=?)\s*(?=\d)/u, "size:$1"],
  // A shell
  [/^\s*e?grep\s+(?:-[A-Zac-uw-z]+\s+)*-v\s+/u, "-"],
  [/^\s*(?:e?grep|rg)\s+(?:-\w+\s+)*/u, ""],
];

/** Letters and signs of East Asian width, as an input method writes them. */
const WIDE = /[\u{ff01}-\u{ff5e}]/gu;
const TO_ASCII = 0xff01 - 0x21;

/** A text without what other languages have around its condition, and with their signs for what has none of its own there. Cost: linear. */
export function unwrap(text: string): string {
  const narrow = text.replace(WIDE, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - TO_ASCII));
  return WRAPPINGS.reduce((plain, [wrapping, ours]) => plain.replace(wrapping, ours), narrow);
}
