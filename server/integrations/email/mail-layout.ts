/** What a mail says, as plain text: whatever a name contains, it stays text. */
export type MailWords = {
  subject: string;
  /** Of what it says; English where it is left out. */
  language?: string;
  /** In whose name it is written; at the top, and under the last word. */
  sellerName: string;
  /** "#RRGGBB"; anything else is replaced by a quiet blue. */
  brandColour: string | null;
  /** What it is about, in large letters: "Total", "£6,222.78" */
  headline: { label: string; value: string };
  rows: readonly (readonly [label: string, value: string])[];
  /** The greeting first. */
  paragraphs: readonly string[];
  /** A button; the address also stands in the text. http and https alone, anything else is left out. */
  action: { label: string; url: string } | null;
  closing: string;
  /** In small letters at the end. */
  footnote: string | null;
};

export type MailText = { subject: string; text: string; html: string };

/** A header and a row are one line. */
export const oneLine = (text: string): string => text.replace(/[\p{C}\u2028\u2029\s]+/gu, " ").trim();

/** A mail as text and as HTML, in the one style that all mails have. */
export const writeMail = (words: MailWords): MailText => {
  const { headline, rows, paragraphs, closing, sellerName, footnote } = words;
  const action = words.action && /^https?:\/\/[^\s"'<>]+$/.test(words.action.url) ? words.action : null;
  const facts = [[headline.label, headline.value] as const, ...rows];
  const text = [
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    facts.map(([label, value]) => `${label}: ${value}`).join("\n"),
    `${closing}\n${sellerName}`,
    ...(footnote ? [footnote] : []),
  ].join("\n\n");
  return { subject: words.subject, text: `${text}\n`, html: toHtml({ ...words, action }) };
};

const plainBrand = "#1F2A44";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);

const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Dark letters on a light button, or the other way round: whatever can be read. */
const inkOn = (colour: string): string => {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return (red ?? 0) * 299 + (green ?? 0) * 587 + (blue ?? 0) * 114 > 150_000 ? "#14181f" : "#ffffff";
};

/**
 * Tables and inline styles, because that is what mail programs agree on. Dark programs are given dark colours by the media
 * query; those that turn colours round by themselves find none that would become unreadable.
 */
const toHtml = (words: MailWords): string => {
  const brand = /^#[0-9a-f]{6}$/i.test(words.brandColour ?? "") ? (words.brandColour as string) : plainBrand;
  const row = (label: string, value: string) =>
    `<tr><td class="quiet" style="padding:6px 16px 6px 0;color:#5b6472;font-size:14px">${escaped(label)}</td>` +
    `<td class="ink" align="right" style="padding:6px 0;color:#14181f;font-size:14px">${escaped(value)}</td></tr>`;
  const rows = words.rows.map(([label, value]) => row(label, value)).join("\n");
  const paragraphs = words.paragraphs
    .map(
      (text) =>
        `<p class="ink" style="margin:0 0 12px;color:#14181f;font-size:15px;line-height:1.55">${escaped(text)}</p>\n`,
    )
    .join("");
  const action = words.action
    ? `<p style="margin:20px 0 24px"><a href="${escaped(words.action.url)}" style="display:inline-block;padding:12px 24px;` +
      `border-radius:6px;background:${brand};color:${inkOn(brand)};font-size:15px;font-weight:600;text-decoration:none">` +
      `${escaped(words.action.label)}</a></p>\n`
    : "";
  const footnote =
    words.footnote === null
      ? ""
      : `<p class="quiet" style="margin:16px 0 0;color:#5b6472;font-size:12px">${escaped(words.footnote)}</p>\n`;
  return `<!doctype html>
<html lang="${escaped(words.language ?? "en-GB")}">
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
<p class="ink" style="margin:0 0 24px;color:#14181f;font-size:16px;font-weight:600">${escaped(words.sellerName)}</p>
<p class="quiet" style="margin:0 0 4px;color:#5b6472;font-size:14px">${escaped(words.headline.label)}</p>
<p class="ink" style="margin:0 0 20px;color:#14181f;font-size:30px;font-weight:600;letter-spacing:-0.01em">${escaped(words.headline.value)}</p>
<table role="presentation" class="rule" width="100%" cellpadding="0" cellspacing="0" style="border-top:1px solid #e4e7eb;border-bottom:1px solid #e4e7eb;margin:0 0 20px">
${rows}
</table>
${paragraphs}${action}<p class="ink" style="margin:0;color:#14181f;font-size:15px;line-height:1.55">${escaped(words.closing)}<br>${escaped(words.sellerName)}</p>
</td></tr>
</table>
${footnote}</td></tr>
</table>
</body>
</html>
`;
};
