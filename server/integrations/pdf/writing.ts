/** How a language writes figures and days, whatever the document. */
export type Writing = {
  groupSeparator: string;
  decimalSeparator: string;
  months: readonly string[];
  monthsShort: readonly string[];
};

export type DocumentLocale = "en-GB";

const britain: Writing = {
  groupSeparator: ",",
  decimalSeparator: ".",
  months: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  monthsShort: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
};

export const writingOf: Record<DocumentLocale, Writing> = { "en-GB": britain };

/** ISO 4217: code "JPY" has 0 minor units, "EUR" 2, "KWD" 3. */
export type DocumentCurrency = { code: string; minorUnits: number };
