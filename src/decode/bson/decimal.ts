const EXPONENT_BIAS = 6176;
/** A coefficient has 34 digits at most; what is more is 0. */
const MOST_COEFFICIENT = 10n ** 34n - 1n;

/** The literal of a number of 128 bits as IEEE 754-2008 has decimals, its coefficient written as a binary integer; `NaN`, `Infinity`. */
export function decimalText(low: bigint, high: bigint): string {
  const sign = high >> 63n === 1n ? "-" : "";
  const top = Number((high >> 58n) & 31n);
  if (top === 31) return "NaN";
  if (top === 30) return `${sign}Infinity`;
  // Where the two highest bits are set the exponent stands two bits lower, and the coefficient is larger than there can be.
  const isLarge = top >= 24;
  const exponent = Number((high >> (isLarge ? 47n : 49n)) & 0x3fffn) - EXPONENT_BIAS;
  const coefficient = isLarge ? 0n : ((high & ((1n << 49n) - 1n)) << 64n) | low;
  const digits = String(coefficient > MOST_COEFFICIENT ? 0n : coefficient);
  const scientific = digits.length - 1 + exponent;
  if (exponent <= 0 && scientific >= -6) {
    if (exponent === 0) return sign + digits;
    const padded = digits.padStart(1 - exponent, "0");
    return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
  }
  return `${sign}${digits[0] ?? "0"}${digits.length > 1 ? `.${digits.slice(1)}` : ""}E${scientific < 0 ? "-" : "+"}${Math.abs(scientific)}`;
}
