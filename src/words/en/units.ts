/** Figures with what they count; `$n` is a figure that is text already. */
export const units = {
  "units.bytes": "{ $n } B",
  "units.kilobytes": "{ $n } kB",
  "units.megabytes": "{ $n } MB",
  "units.gigabytes": "{ $n } GB",
  "units.terabytes": "{ $n } TB",
  "units.milliseconds": "{ $n } ms",
  "units.seconds": "{ $n } s",
  "units.minutes": "{ $n } min",
  "units.hours": "{ $n } h",
  "units.each-second": "{ $n }/s",
} as const;
