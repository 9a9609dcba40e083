import type { DocumentCurrency, Writing } from "./writing";

const signs: Record<string, string> = { EUR: "€", GBP: "£", INR: "₹", JPY: "¥", KRW: "₩", USD: "$" };

type Separators = Pick<Writing, "groupSeparator" | "decimalSeparator">;

/**
 * "1234.5" in EUR is "1,234.50", in JPY "1000" is "1,000": exact, digit by digit, never through a number. Zeros beyond the
 * minor unit are dropped ("1.5000"); any other digit there is refused, because printing would round it.
 *
 * A negative amount has the plain hyphen, which the programs that read invoices understand; they do not know "−".
 */
export const formatAmount = (amount: string, currency: DocumentCurrency, separators: Separators): string => {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  if (!parts) throw new RangeError(`Not a decimal amount: ${JSON.stringify(amount)}`);
  const [, minus = "", whole = "0", fraction = ""] = parts;
  const minor = fraction.slice(0, currency.minorUnits).padEnd(currency.minorUnits, "0");
  if (/[1-9]/.test(fraction.slice(currency.minorUnits))) {
    throw new RangeError(`${amount} has more digits than ${currency.code} has minor units`);
  }
  const units = whole.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, separators.groupSeparator);
  const sign = /[1-9]/.test(units + minor) ? minus : "";
  return sign + units + (minor && separators.decimalSeparator + minor);
};

/** With the currency's sign where it has one: "£1,234.50", "-£20.00", "1,234.500". The code is printed beside it. */
export const formatAmountWithSign = (amount: string, currency: DocumentCurrency, separators: Separators): string =>
  formatAmount(amount, currency, separators).replace(/^-?/, (minus) => minus + (signs[currency.code] ?? ""));

/** With all its digits and what says the currency: "£0.0125", "¥1,000", "CHF 12.50", "-£20.00". */
export const formatMoney = (amount: string, { code, minorUnits }: DocumentCurrency, separators: Separators): string => {
  const digits = amount.split(".")[1]?.replace(/0+$/, "").length ?? 0;
  const exact = formatAmount(amount, { code, minorUnits: Math.max(minorUnits, digits) }, separators);
  return exact.replace(/^-?/, (minus) => minus + (signs[code] ?? `${code} `));
};

/** "20" and "20.00" are "20%", "7.50" is "7.5%". */
export const formatPercent = (percent: string, separators: Separators): string => {
  if (!/^\d+(\.\d+)?$/.test(percent)) throw new RangeError(`Not a percentage: ${JSON.stringify(percent)}`);
  const [whole, fraction = ""] = percent.split(".");
  const rest = fraction.replace(/0+$/, "");
  return `${whole}${rest && separators.decimalSeparator + rest}%`;
};
