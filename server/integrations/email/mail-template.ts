import { type MailLanguage, nearestLanguage } from "./mail-language";
import { oneLine } from "./mail-layout";

export type MailPurpose = "invoice" | "credit_note" | "reminder";

/** What a mail says: a line, and paragraphs between empty lines. `{{number}}` stands for the number. */
export type MailTemplate = { readonly subject: string; readonly text: string };

/** What a template may name, by purpose. */
export const PLACEHOLDERS = {
  invoice: ["number", "total", "dueOn", "issuedOn", "poNumber", "customerName", "contactName", "sellerName"],
  credit_note: ["number", "total", "originalNumber", "issuedOn", "customerName", "contactName", "sellerName"],
  reminder: ["total", "count", "oldestNumber", "oldestDueOn", "customerName", "contactName", "sellerName"],
} as const satisfies Record<MailPurpose, readonly string[]>;

export type MailValues = Readonly<Record<string, string>>;

export const SUBJECT_LENGTH = 200;
export const TEXT_LENGTH = 5_000;

export type TemplateFault = {
  readonly field: keyof MailTemplate;
  readonly code: "TEXT_MISSING" | "TEXT_TOO_LONG" | "TEXT_UNPRINTABLE" | "PLACEHOLDER_UNKNOWN" | "PLACEHOLDER_UNCLOSED";
  readonly message: string;
};

const PLACEHOLDER = /\{\{\s*([A-Za-z]*)\s*\}\}/g;

/** All that is wrong with a template. */
export function faultsOfTemplate(purpose: MailPurpose, template: MailTemplate): TemplateFault[] {
  const known: readonly string[] = PLACEHOLDERS[purpose];
  const check = (field: keyof MailTemplate, name: string, most: number, mayBreak: boolean): TemplateFault[] => {
    const text = template[field];
    const faults: TemplateFault[] = [];
    const report = (code: TemplateFault["code"], message: string) => faults.push({ field, code, message });
    if (text.trim() === "") report("TEXT_MISSING", `${name} must not be empty.`);
    if (text.length > most) report("TEXT_TOO_LONG", `${name} has ${text.length} characters; the limit is ${most}.`);
    if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(mayBreak ? text.replace(/[\n\r\t]/g, "") : text)) {
      report("TEXT_UNPRINTABLE", `${name} contains a control character${mayBreak ? "" : ", or more than one line"}.`);
    }
    for (const [, placeholder = ""] of text.matchAll(PLACEHOLDER)) {
      if (known.includes(placeholder)) continue;
      const these = known.map((each) => `{{${each}}}`).join(", ");
      report("PLACEHOLDER_UNKNOWN", `{{${placeholder}}} stands for nothing in ${name.toLowerCase()}. Use ${these}.`);
    }
    if (/\{\{|\}\}/.test(text.replace(PLACEHOLDER, ""))) {
      report("PLACEHOLDER_UNCLOSED", `${name} has {{ or }} without its counterpart. Write {{number}}.`);
    }
    return faults;
  };
  return [...check("subject", "The subject", SUBJECT_LENGTH, false), ...check("text", "The text", TEXT_LENGTH, true)];
}

/** The texts with the values in their places; values are text, whatever they contain, and never read as templates. */
export function fillTemplate(
  template: MailTemplate,
  values: MailValues,
): { readonly subject: string; readonly paragraphs: readonly string[] } {
  const filled = (text: string) => text.replace(PLACEHOLDER, (_, name: string) => oneLine(values[name] ?? ""));
  return {
    subject: oneLine(filled(template.subject)),
    paragraphs: template.text
      .replace(/\r\n?/g, "\n")
      .split(/\n\s*\n/)
      .map((paragraph) => filled(paragraph).trim())
      .filter((paragraph) => paragraph !== ""),
  };
}

/** What is said where an organization has no text of its own. Of reminders the third and all later levels say the same. */
export function builtInTemplate(purpose: MailPurpose, level: number, languageTag: string): MailTemplate {
  const texts = builtIn[nearestLanguage(languageTag)];
  return purpose === "reminder" ? (texts.reminder[Math.min(level, 3) - 1] ?? texts.reminder[0]) : texts[purpose];
}

type BuiltIn = {
  readonly invoice: MailTemplate;
  readonly credit_note: MailTemplate;
  readonly reminder: readonly [MailTemplate, MailTemplate, MailTemplate];
};

const builtIn: Record<MailLanguage, BuiltIn> = {
  "en-GB": {
    invoice: {
      subject: "Invoice {{number}} from {{sellerName}}",
      text: "Hello,\n\nPlease find attached invoice {{number}} for {{total}}, due on {{dueOn}}. How to pay it is on the invoice.",
    },
    credit_note: {
      subject: "Credit note {{number}} from {{sellerName}}",
      text: "Hello,\n\nPlease find attached credit note {{number}} for {{total}}, over invoice {{originalNumber}}. Nothing is to be paid for it.",
    },
    reminder: [
      {
        subject: "Reminder: {{total}} due to {{sellerName}}",
        text: "Hello,\n\nPerhaps it escaped your notice: according to our records {{total}} has fallen due and is not yet paid. The invoices are listed below and attached.\n\nIf you have paid in the meantime, please ignore this mail.",
      },
      {
        subject: "Second reminder: {{total}} overdue at {{sellerName}}",
        text: "Hello,\n\nWe have written before about {{total}}, which is still not paid; the oldest invoice, {{oldestNumber}}, was due on {{oldestDueOn}}. Please pay what is listed below within a week, or tell us what keeps you from it.",
      },
      {
        subject: "Final reminder: {{total}} overdue at {{sellerName}}",
        text: "Hello,\n\nIn spite of our reminders {{total}} is not paid. Please pay what is listed below at once, or call us, before we take further steps.",
      },
    ],
  },
  "de-DE": {
    invoice: {
      subject: "Rechnung {{number}} von {{sellerName}}",
      text: "Guten Tag,\n\nanbei erhalten Sie die Rechnung {{number}} über {{total}}, fällig am {{dueOn}}. Wie Sie zahlen können, steht auf der Rechnung.",
    },
    credit_note: {
      subject: "Rechnungskorrektur {{number}} von {{sellerName}}",
      text: "Guten Tag,\n\nanbei erhalten Sie die Rechnungskorrektur {{number}} über {{total}} zur Rechnung {{originalNumber}}. Für sie ist nichts zu zahlen.",
    },
    reminder: [
      {
        subject: "Zahlungserinnerung: {{total}} an {{sellerName}}",
        text: "Guten Tag,\n\nvielleicht ist es Ihnen entgangen: Nach unseren Unterlagen sind {{total}} fällig und noch nicht bezahlt. Die Rechnungen sind unten aufgeführt und liegen bei.\n\nFalls Sie inzwischen gezahlt haben, betrachten Sie diese Nachricht bitte als erledigt.",
      },
      {
        subject: "Zweite Erinnerung: {{total}} überfällig bei {{sellerName}}",
        text: "Guten Tag,\n\nwir haben Ihnen bereits wegen {{total}} geschrieben; der Betrag ist noch nicht bezahlt. Die älteste Rechnung, {{oldestNumber}}, war am {{oldestDueOn}} fällig. Bitte zahlen Sie die unten aufgeführten Rechnungen innerhalb einer Woche, oder sagen Sie uns, was Sie daran hindert.",
      },
      {
        subject: "Letzte Erinnerung: {{total}} überfällig bei {{sellerName}}",
        text: "Guten Tag,\n\ntrotz unserer Erinnerungen sind {{total}} nicht bezahlt. Bitte zahlen Sie die unten aufgeführten Rechnungen umgehend, oder rufen Sie uns an, bevor wir weitere Schritte einleiten.",
      },
    ],
  },
};
