/** Captures that were interrupted, or are looked at. */
export const captures = {
  "captures.no-page": "Unnamed page",
  "captures.offer": `{ $n ->
      [one] The capture of { $page } was interrupted on { DAY($at) } at { MINUTE($at) }. It has { NUMBER($n) } frame.
     *[other] The capture of { $page } was interrupted on { DAY($at) } at { MINUTE($at) }. It has { NUMBER($n) } frames.
  }`,
  "captures.offer-damaged": `{ $n ->
      [one] One place in it is damaged.
     *[other] { NUMBER($n) } places in it are damaged.
  }`,
  "captures.offer-name": "Interrupted capture",
  "captures.offer-open": "Open this capture",
  "captures.offer-dismiss": "Dismiss this capture",
  "captures.offer-dismiss-about": "It stays in Captures",
  "captures.open": "Open",
  "captures.dismiss": "Dismiss",
  "captures.not-kept": "Pins and notes are not saved.",
} as const;
