import type { units as english } from "../en/units.ts";
import type { Translated } from "../translated.ts";

export const units: Translated<typeof english> = {
  "units.bytes": "{ $n } B",
  "units.kilobytes": "{ $n } kB",
  "units.megabytes": "{ $n } MB",
  "units.gigabytes": "{ $n } GB",
  "units.terabytes": "{ $n } TB",
  "units.milliseconds": "{ $n } ms",
  "units.seconds": "{ $n } 秒",
  "units.minutes": "{ $n } 分钟",
  "units.hours": "{ $n } 小时",
  "units.each-second": "{ $n }/秒",
};
