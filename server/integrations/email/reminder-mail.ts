import { mailWords, nearestLanguage } from "./mail-language";
import { type MailText, oneLine, writeMail } from "./mail-layout";
import { builtInTemplate, fillTemplate, type MailTemplate, type MailValues } from "./mail-template";

export type ReminderMailFacts = {
  level: number;
  /** The customer's, as a tag such as "de-DE". */
  language: string;
  /** The organization's own text; null: the built-in one. */
  template: MailTemplate | null;
  sellerName: string;
  customerName: string;
  /** Ready to print, one for each currency: "£6,222.78" */
  totals: readonly string[];
  /** The oldest first; amounts ready to print. */
  invoices: readonly { number: string; daysOverdue: number; amount: string; dueOn: string }[];
  /** What the customer has with us, ready to print. */
  balances: readonly string[];
  /** File names. */
  attached: readonly string[];
  values: MailValues;
  brandColour: string | null;
};

/** The mail that lists what a customer has not paid. */
export const writeReminderMail = (given: ReminderMailFacts): MailText => {
  const { level, language, invoices, balances, brandColour } = given;
  const words = mailWords[nearestLanguage(language)];
  const total = given.totals.join(" + ");
  const [oldest] = invoices;
  const { subject, paragraphs } = fillTemplate(given.template ?? builtInTemplate("reminder", level, language), {
    ...given.values,
    total,
    count: String(invoices.length),
    oldestNumber: oldest?.number ?? "",
    oldestDueOn: oldest?.dueOn ?? "",
    sellerName: given.sellerName,
    customerName: given.customerName,
  });
  return writeMail({
    subject,
    language: nearestLanguage(language),
    sellerName: oneLine(given.sellerName),
    brandColour,
    headline: { label: words.overdue, value: total },
    rows: [
      ...invoices.map(({ number, daysOverdue, amount }) => [words.overdueBy(number, daysOverdue), amount] as const),
      ...balances.map((balance) => [words.balance, balance] as const),
      [words.customer, oneLine(given.customerName)],
    ],
    paragraphs,
    action: null,
    closing: words.closing,
    footnote: given.attached.length > 0 ? words.attached(given.attached.map(oneLine).join(", ")) : null,
  });
};
