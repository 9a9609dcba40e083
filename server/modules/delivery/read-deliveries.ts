import { type PlainDate, plainDate } from "../../domain/calendar/plain-date";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { ok, type Result } from "../../domain/result";
import { writeInvoiceMail } from "../../integrations/email/invoice-mail";
import { amountInMail, dayInMail, nearestLanguage } from "../../integrations/email/mail-language";
import type { MailText } from "../../integrations/email/mail-layout";
import {
  builtInTemplate,
  type MailPurpose,
  type MailTemplate,
  PLACEHOLDERS,
} from "../../integrations/email/mail-template";
import { writeReminderMail } from "../../integrations/email/reminder-mail";
import { invalidInput, notFound, type Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { invoicesById } from "../invoice";
import { loadOrganization } from "../organization";
import { listBouncedAddresses } from "./bounce.store";
import { problemsOfTemplate, type TemplatePlace } from "./change-delivery";
import { composeInvoiceMail } from "./compose-invoice-mail";
import type { Delivery, DeliveryAttempt, DeliveryRecipient, DeliverySettings, MailBounce } from "./delivery";
import {
  attemptsByDelivery,
  deliveriesById,
  deliveriesByInvoice,
  listDeliveries,
  recipientsByDelivery,
} from "./delivery.store";
import { listMailFiles, loadDeliverySettings, type MailFile } from "./delivery-settings.store";
import { type InvoiceLink, type InvoiceView, linksByInvoice, viewsByInvoice } from "./invoice-link.store";
import { listMailTemplates, type StoredMailTemplate } from "./mail-template.store";
import { recipientsOfInvoice } from "./recipients-of";
import { nameOfFirst } from "./send-invoices";

export async function deliveriesOf(context: RequestContext, invoiceId: string): Promise<readonly Delivery[]> {
  return (await context.load(deliveriesByInvoice, invoiceId)) ?? [];
}

export async function recipientsOf(context: RequestContext, id: string): Promise<readonly DeliveryRecipient[]> {
  return (await context.load(recipientsByDelivery, id)) ?? [];
}

export async function attemptsOf(context: RequestContext, id: string): Promise<readonly DeliveryAttempt[]> {
  return (await context.load(attemptsByDelivery, id)) ?? [];
}

export const loadDelivery = (context: RequestContext, id: string): Promise<Delivery> =>
  context.mustLoad(deliveriesById, id);

export async function linksOf(context: RequestContext, invoiceId: string): Promise<readonly InvoiceLink[]> {
  return (await context.load(linksByInvoice, invoiceId)) ?? [];
}

export async function viewsOf(context: RequestContext, invoiceId: string): Promise<readonly InvoiceView[]> {
  return (await context.load(viewsByInvoice, invoiceId)) ?? [];
}

const LISTED_MOST = 1_000;

/** What a person has to look after: mails that failed, or of which nobody knows whether they left, and those that wait. */
export async function readUnsettledDeliveries(context: RequestContext): Promise<readonly Delivery[]> {
  context.require("read");
  return listDeliveries(["uncertain", "sending", "deferred", "queued"], LISTED_MOST);
}

export async function readBouncedAddresses(context: RequestContext): Promise<readonly MailBounce[]> {
  context.require("read");
  return listBouncedAddresses(LISTED_MOST);
}

export async function readDeliverySettings(context: RequestContext): Promise<DeliverySettings> {
  context.require("read");
  return loadDeliverySettings();
}

export async function readMailFiles(context: RequestContext): Promise<readonly MailFile[]> {
  context.require("read");
  return listMailFiles();
}

// ── What mails say ───────────────────────────────────────────────────────────────────────────────────────────────────

/** One's own texts, and the built-in ones for English and German where there is none of one's own. */
export type ShownTemplate = TemplatePlace &
  MailTemplate & {
    readonly isBuiltIn: boolean;
    /** 0: built in */
    readonly version: number;
    readonly placeholders: readonly string[];
    readonly updatedBy: string | null;
    readonly updatedAt: Date | null;
  };

export async function readMailTemplates(context: RequestContext): Promise<readonly ShownTemplate[]> {
  context.require("read");
  return shownTemplates(await listMailTemplates());
}

const BUILT_IN_PLACES: readonly TemplatePlace[] = (["en-GB", "de-DE"] as const).flatMap((language) => [
  { purpose: "invoice", level: 0, language },
  { purpose: "credit_note", level: 0, language },
  ...[1, 2, 3].map((level) => ({ purpose: "reminder", level, language }) as const),
]);

const placeKey = ({ purpose, level, language }: TemplatePlace): string => `${purpose} ${level} ${language}`;

export function shownTemplates(own: readonly StoredMailTemplate[]): ShownTemplate[] {
  const taken = new Set(own.map(placeKey));
  const placeholdersOf = (purpose: MailPurpose) => PLACEHOLDERS[purpose].map((name) => `{{${name}}}`);
  return [
    ...own.map((template) => ({ ...template, isBuiltIn: false, placeholders: placeholdersOf(template.purpose) })),
    ...BUILT_IN_PLACES.filter((place) => !taken.has(placeKey(place))).map((place) => ({
      ...place,
      ...builtInTemplate(place.purpose, place.level, place.language),
      isBuiltIn: true,
      version: 0,
      placeholders: placeholdersOf(place.purpose),
      updatedBy: null,
      updatedAt: null,
    })),
  ].sort((one, other) => (placeKey(one) < placeKey(other) ? -1 : 1));
}

export type MailToPreview = TemplatePlace &
  MailTemplate & {
    /** null: made-up figures */
    readonly invoiceId: string | null;
  };

/** The mail that a text would make, of an issued invoice or of made-up figures; nothing is saved or sent. */
export async function previewMail(
  context: RequestContext,
  template: MailToPreview,
): Promise<Result<MailText, Refusal>> {
  context.require("read");
  const problems = problemsOfTemplate(template);
  if (problems.length > 0) return invalidInput(problems);
  if (template.invoiceId === null || template.purpose === "reminder") return ok(await madeUpMail(template));
  const invoice = (await invoicesById([template.invoiceId])).get(template.invoiceId);
  if (!invoice?.number) return notFound("issued invoice", template.invoiceId, ["invoiceId"]);
  const reached = await recipientsOfInvoice(invoice);
  const { subject, text, html } = await composeInvoiceMail(invoice, {
    publicUrl: context.services.publicUrl,
    contactName: reached.ok ? nameOfFirst(reached.recipients) : "",
    template,
    language: template.language,
  });
  return ok({ subject, text, html });
}

async function madeUpMail(template: MailToPreview): Promise<MailText> {
  const { legalName, brandColor, baseCurrency } = await loadOrganization();
  const { purpose, level, language: tag } = template;
  const language = nearestLanguage(tag);
  const amount = (figure: string) => amountInMail(figure, currency(baseCurrency as CurrencyCode), language);
  const day = (on: PlainDate) => dayInMail(on, language);
  const isInvoice = purpose === "invoice";
  if (purpose === "reminder") {
    const dueOn = day(plainDate("2026-10-31"));
    return writeReminderMail({
      level,
      language: tag,
      template,
      sellerName: legalName,
      customerName: "Northwind Freight Ltd",
      totals: [amount("1240")],
      invoices: [
        { number: "INV-2026-00017", daysOverdue: 14, amount: amount("1000"), dueOn },
        { number: "INV-2026-00021", daysOverdue: 7, amount: amount("240"), dueOn: day(plainDate("2026-11-07")) },
      ],
      balances: [],
      attached: ["INV-2026-00017.pdf", "INV-2026-00021.pdf"],
      values: { contactName: "Ada Byron" },
      brandColour: brandColor,
    });
  }
  const number = isInvoice ? "INV-2026-00017" : "CN-2026-00003";
  return writeInvoiceMail({
    kind: purpose,
    number,
    originalNumber: isInvoice ? null : "INV-2026-00017",
    sellerName: legalName,
    customerName: "Northwind Freight Ltd",
    total: amount("1240"),
    dueOn: isInvoice ? day(plainDate("2026-10-31")) : null,
    pdfFilename: `${number}.pdf`,
    brandColour: brandColor,
    language: tag,
    template,
    values: { issuedOn: day(plainDate("2026-10-01")), poNumber: "PO-4711", contactName: "Ada Byron" },
    url: "https://billing.example.com/i/example",
  });
}
