import { formatAmount, formatMoney } from "../pdf/format-amount";
import { formatDay } from "../pdf/format-day";
import { type DocumentCurrency, type Writing, writingOf } from "../pdf/writing";

/** The languages that mails speak of themselves; templates may be in any other, too. */
export type MailLanguage = "en-GB" | "de-DE";

/** What stands around the text of a mail. */
export type MailWords = {
  invoice: string;
  creditNote: string;
  total: string;
  totalCredited: string;
  overdue: string;
  replaces: string;
  credits: string;
  customer: string;
  dueDate: string;
  /** "INV-7, 12 days overdue" */
  overdueBy: (number: string, days: number) => string;
  replacedIs: (number: string) => string;
  balance: string;
  view: string;
  closing: string;
  attached: (files: string) => string;
  test: string;
  testNote: string;
};

export const mailWords: Record<MailLanguage, MailWords> = {
  "en-GB": {
    invoice: "Invoice",
    creditNote: "Credit note",
    total: "Total",
    totalCredited: "Total credited",
    overdue: "Overdue",
    replaces: "Replaces invoice",
    credits: "Credits invoice",
    customer: "Customer",
    dueDate: "Due date",
    overdueBy: (number, days) =>
      days > 0 ? `${number}, ${days} ${days === 1 ? "day" : "days"} overdue` : `${number}, not yet due`,
    replacedIs: (number) => `It replaces invoice ${number}, which is credited.`,
    balance: "Less your balance with us",
    view: "View the invoice",
    closing: "Kind regards",
    attached: (files) => `Attached: ${files}`,
    test: "[Test]",
    testNote: "This is a test that went to you alone. The customer has not received it, and it does not count as sent.",
  },
  "de-DE": {
    invoice: "Rechnung",
    creditNote: "Rechnungskorrektur",
    total: "Gesamtbetrag",
    totalCredited: "Gutgeschrieben",
    overdue: "Überfällig",
    replaces: "Ersetzt Rechnung",
    credits: "Korrigiert Rechnung",
    customer: "Kunde",
    dueDate: "Fällig am",
    overdueBy: (number, days) =>
      days > 0 ? `${number}, seit ${days} ${days === 1 ? "Tag" : "Tagen"} überfällig` : `${number}, noch nicht fällig`,
    replacedIs: (number) => `Sie ersetzt die Rechnung ${number}, die gutgeschrieben ist.`,
    balance: "Abzüglich Ihres Guthabens bei uns",
    view: "Rechnung ansehen",
    closing: "Mit freundlichen Grüßen",
    attached: (files) => `Anlagen: ${files}`,
    test: "[Test]",
    testNote:
      "Dies ist ein Test, der nur an Sie ging. Der Kunde hat ihn nicht erhalten, und die Rechnung gilt nicht als versandt.",
  },
};

/** The language of ours that is nearest to a tag such as "de-AT"; English where there is none. */
export const nearestLanguage = (tag: string): MailLanguage =>
  (Object.keys(mailWords) as MailLanguage[]).find((language) => isSameLanguage(language, tag)) ?? "en-GB";

/** "de-AT" and "de-DE" are both German. */
export const isSameLanguage = (one: string, other: string): boolean => primaryOf(one) === primaryOf(other);

const primaryOf = (tag: string): string => (tag.split("-")[0] ?? "").toLowerCase();

const germanMonths = [
  "Januar",
  "Februar",
  "März",
  "April",
  "Mai",
  "Juni",
  "Juli",
  "August",
  "September",
  "Oktober",
  "November",
  "Dezember",
];

const german: Writing = {
  groupSeparator: ".",
  decimalSeparator: ",",
  months: germanMonths,
  monthsShort: germanMonths.map((month) => month.slice(0, 3)),
};

/** "3 December 2026", "3. Dezember 2026" */
export const dayInMail = (day: string, language: MailLanguage): string =>
  language === "de-DE" ? formatDay(day, german).replace(" ", ". ") : formatDay(day, writingOf["en-GB"]);

/** With its currency: "£1,234.50", "1.234,50 GBP" */
export function amountInMail(amount: string, currency: DocumentCurrency, language: MailLanguage): string {
  if (language === "en-GB") return formatMoney(amount, currency, writingOf["en-GB"]);
  return `${formatAmount(amount, currency, german)} ${currency.code === "EUR" ? "€" : currency.code}`;
}
