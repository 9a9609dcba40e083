export type InvoiceMailFacts = {
  kind: "invoice" | "credit_note";
  number: string;
  /** Of the invoice that a credit note takes back, or that this one replaces. */
  originalNumber?: string | null;
  sellerName: string;
  customerName: string;
  /** Ready to print, with its currency: "£6,222.78" */
  total: string;
  /** Ready to print: "3 December 2026"; null where nothing falls due */
  dueOn: string | null;
  pdfFilename: string;
  /** "#RRGGBB"; anything else is replaced by a quiet blue. */
  brandColour: string | null;
};

export type InvoiceMailText = { subject: string; text: string; html: string };

const plainBrand = "#1F2A44";

const oneLine = (text: string): string => text.replace(/[\p{C}\u2028\u2029\s]+/gu, " ").trim();

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);

/**
 * Tables and inline styles, because that is what mail programs agree on. Dark programs are given dark colours by the media
 * query; those that turn colours round by themselves find none that would become unreadable.
 */
const toHtml = (facts: InvoiceMailFacts, words: MailWords): string => {
  const brand = /^#[0-9a-f]{6}$/i.test(facts.brandColour ?? "") ? facts.brandColour : plainBrand;
  const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
  const row = (label: string, value: string) =>
    `<tr><td class="quiet" style="padding:6px 16px 6px 0;color:#5b6472;font-size:14px">${escaped(label)}</td>` +
    `<td class="ink" align="right" style="padding:6px 0;color:#14181f;font-size:14px">${escaped(value)}</td></tr>`;
  const rows = words.rows.map(([label, value]) => row(label, value)).join("\n");
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(words.subject)}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #0f1216 !important; }
  .card { background: #191d23 !important; border-right-color: #2a3038 !important; border-bottom-color: #2a3038 !important; border-left-color: #2a3038 !important; }
  .ink { color: #f2f4f7 !important; }
  .quiet { color: #a3acb9 !important; }
  .rule { border-color: #2a3038 !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f5f6f8;${font}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f5f6f8">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;background:#ffffff;border:1px solid #e4e7eb;border-top:4px solid ${brand};border-radius:8px">
<tr><td style="padding:28px 32px 32px;${font};overflow-wrap:anywhere">
<p class="ink" style="margin:0 0 24px;color:#14181f;font-size:16px;font-weight:600">${escaped(facts.sellerName)}</p>
<p class="quiet" style="margin:0 0 4px;color:#5b6472;font-size:14px">${escaped(words.totalLabel)}</p>
<p class="ink" style="margin:0 0 20px;color:#14181f;font-size:30px;font-weight:600;letter-spacing:-0.01em">${escaped(facts.total)}</p>
<table role="presentation" class="rule" width="100%" cellpadding="0" cellspacing="0" style="border-top:1px solid #e4e7eb;border-bottom:1px solid #e4e7eb;margin:0 0 20px">
${rows}
</table>
<p class="ink" style="margin:0 0 12px;color:#14181f;font-size:15px;line-height:1.55">${escaped(words.greeting)}</p>
<p class="ink" style="margin:0 0 12px;color:#14181f;font-size:15px;line-height:1.55">${escaped(words.message)}</p>
<p class="ink" style="margin:0;color:#14181f;font-size:15px;line-height:1.55">${escaped(words.closing)}<br>${escaped(facts.sellerName)}</p>
</td></tr>
</table>
<p class="quiet" style="margin:16px 0 0;color:#5b6472;font-size:12px">${escaped(words.attached)}</p>
</td></tr>
</table>
</body>
</html>
`;
};

type MailWords = {
  subject: string;
  totalLabel: string;
  rows: readonly (readonly [string, string])[];
  greeting: string;
  message: string;
  closing: string;
  attached: string;
};

const toWords = (facts: InvoiceMailFacts): MailWords => {
  const { number, originalNumber, sellerName, customerName, total, dueOn, pdfFilename } = facts;
  const isInvoice = facts.kind === "invoice";
  const title = isInvoice ? "Invoice" : "Credit note";
  const until = dueOn ? `, due on ${dueOn}` : "";
  const replaced = originalNumber ? ` It replaces invoice ${originalNumber}, which is credited.` : "";
  const credited = originalNumber ? `, which credits invoice ${originalNumber} in full` : "";
  return {
    subject: `${title} ${number} from ${sellerName}`,
    totalLabel: isInvoice ? "Total" : "Total credited",
    rows: [
      [title, number],
      ...(originalNumber ? ([[isInvoice ? "Replaces invoice" : "Credits invoice", originalNumber]] as const) : []),
      ["Customer", customerName],
      ...(dueOn ? ([["Due date", dueOn]] as const) : []),
    ],
    greeting: "Hello,",
    message: isInvoice
      ? `Please find attached invoice ${number} for ${total}${until}.${replaced} How to pay it is on the invoice.`
      : `Please find attached credit note ${number} for ${total}${credited}. Nothing is to be paid for it.`,
    closing: "Kind regards",
    attached: `Attached: ${pdfFilename}`,
  };
};

/** The mail that goes with an invoice or credit note. Facts in, texts out; whatever a name contains, it stays text. */
export const writeInvoiceMail = (given: InvoiceMailFacts): InvoiceMailText => {
  const facts = {
    ...given,
    number: oneLine(given.number),
    originalNumber: given.originalNumber ? oneLine(given.originalNumber) : null,
    sellerName: oneLine(given.sellerName),
    customerName: oneLine(given.customerName),
    pdfFilename: oneLine(given.pdfFilename),
  };
  const words = toWords(facts);
  const rows = [[words.totalLabel, facts.total] as const, ...words.rows];
  const text = [
    words.greeting,
    words.message,
    rows.map(([label, value]) => `${label}: ${value}`).join("\n"),
    `${words.closing}\n${facts.sellerName}`,
    words.attached,
  ].join("\n\n");
  return { subject: words.subject, text: `${text}\n`, html: toHtml(facts, words) };
};
