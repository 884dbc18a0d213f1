/** How numbers are written on the page. */

const money = new Intl.NumberFormat("en", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const signedMoney = new Intl.NumberFormat("en", { style: "currency", currency: "USD", maximumFractionDigits: 0, signDisplay: "exceptZero" });
const quantity = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
const percent = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" });

/** @param {number} value In dollars. */
export const formatMoney = (value) => money.format(value);

/** With its sign. @param {number} value In dollars. */
export const formatProfit = (value) => signedMoney.format(value);

/** @param {number} value */
export const formatQuantity = (value) => quantity.format(value);

/** @param {number} value In per cent. */
export const formatChange = (value) => `${percent.format(value)}%`;

/**
 * As many decimals as the price's size asks for.
 * @param {number} price
 * @param {number} like A price whose decimals this one shares, for a difference of prices.
 */
export function formatPrice(price, like = price) {
  const digits = like < 10 ? 4 : like < 10_000 ? 2 : 1;
  return price.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The class that colours a number by its sign. @param {number} value */
export const signClass = (value) => (value > 0 ? "up" : value < 0 ? "down" : "quiet");
