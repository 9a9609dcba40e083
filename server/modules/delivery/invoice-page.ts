import { Decimal, ZERO } from "../../domain/money/decimal";
import { noticePage } from "../../integrations/pages/notice-page";
import { type InvoiceStanding, renderInvoiceHtml, type UsageTable } from "../../integrations/pages/render-invoice-html";
import type { HostedFile, HostedPage } from "../../integrations/pages/send-page";
import { formatDay } from "../../integrations/pdf/format-day";
import { writingOf } from "../../integrations/pdf/writing";
import { currentDocument, describeCurrent } from "../invoice";
import { daysOverdue, receivablesByInvoice } from "../receivable";
import { creditNotesOver } from "./invoice-link.store";
import type { InvoiceLinkRefusal, OpenedInvoice } from "./open-invoice-link";
import { type UsageOfLine, usageCsv, usageFileName, usageOfInvoice } from "./usage-file";

/** The page of a link that leads somewhere. */
export async function invoicePage(opened: OpenedInvoice, token: string): Promise<HostedPage> {
  const { invoice } = opened;
  const document = await describeCurrent(invoice);
  const usage = await usageOfInvoice(invoice);
  const creditNotes = await creditNotesOver(invoice.id);
  const standing = await standingOf(opened, creditNotes);
  return {
    status: 200,
    render: (nonce) =>
      renderInvoiceHtml({
        document,
        standing,
        creditNotes,
        usage: usage.map(tableOf),
        pdfUrl: `/i/${token}/invoice.pdf`,
        usageUrl: usage.length > 0 ? `/i/${token}/usage.csv` : null,
        nonce,
      }),
  };
}

type CreditNotes = readonly { readonly number: string; readonly gross: string }[];

async function standingOf({ invoice, today }: OpenedInvoice, creditNotes: CreditNotes): Promise<InvoiceStanding> {
  if (invoice.status === "voided") return { kind: "void" };
  if (invoice.documentKind === "credit_note") return { kind: "nothing_to_pay" };
  const receivable = (await receivablesByInvoice([invoice.id])).get(invoice.id);
  if (!receivable) throw new Error(`the invoice ${invoice.id} has no receivable`);
  const { due, settled } = receivable;
  if (new Decimal(due).gt(0)) {
    const days = daysOverdue(receivable, today);
    return days > 0 ? { kind: "overdue", due, settled, days } : { kind: "due", due, settled };
  }
  const credited = creditNotes.reduce((sum, { gross }) => sum.plus(gross), ZERO);
  if (credited.gt(0) && credited.gte(invoice.grossTotal)) {
    return { kind: "replaced", creditNoteNumbers: creditNotes.map(({ number }) => number) };
  }
  return new Decimal(invoice.grossTotal).isZero() ? { kind: "nothing_to_pay" } : { kind: "paid" };
}

function tableOf({ line, days, billed }: UsageOfLine): UsageTable {
  const isAddedUp = line.explanation.quantity?.source.kind === "usage";
  const sum = days.reduce((total, { quantity }) => total.plus(quantity), ZERO);
  const isSame = sum.equals(billed);
  return {
    title: line.description,
    rows: days.map(({ day, quantity, events }) => ({
      day: formatDay(day, writingOf["en-GB"]),
      quantity: grouped(quantity),
      events: grouped(events),
    })),
    total: isAddedUp && isSame ? grouped(sum.toFixed()) : null,
    remark: isSame
      ? null
      : `As recorded today. The invoice bills ${grouped(new Decimal(billed).toFixed())}: days do not simply add up where the highest counts, and what is reported after the invoice is settled on a later one.`,
  };
}

const grouped = (figure: string): string => {
  const [whole = "", fraction] = figure.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
};

/** The PDF that stands for the invoice now. */
export async function invoiceFileOf({ invoice }: OpenedInvoice): Promise<HostedFile> {
  const { fileName, content } = await currentDocument(invoice);
  return { fileName, content, contentType: "application/pdf" };
}

/** null: the invoice bills no usage that can be told by the day. */
export async function usageFileOf({ invoice }: OpenedInvoice): Promise<HostedFile | null> {
  const usage = await usageOfInvoice(invoice);
  if (usage.length === 0) return null;
  const content = Buffer.from(`\ufeff${usageCsv(usage)}`);
  return { fileName: usageFileName(invoice), content, contentType: "text/csv; charset=utf-8" };
}

/** The page of a link that leads nowhere. It says nothing of any invoice. */
export function deadInvoiceLinkPage(refusal: InvoiceLinkRefusal): HostedPage {
  switch (refusal) {
    case "LINK_UNKNOWN":
      return noticePage({
        status: 404,
        title: "There is nothing at this address",
        text: "The link may be incomplete: open it straight from the mail, or copy the whole of it into your browser.",
      });
    case "LINK_REVOKED":
      return noticePage({
        status: 410,
        title: "This link was taken back",
        text: "It no longer leads to the invoice. If you still need it, ask whoever sent it to you for a new link.",
      });
    case "LINK_EXPIRED":
      return noticePage({
        status: 410,
        title: "This link has expired",
        text: "Links lead to an invoice for a limited time. If you still need it, ask whoever sent it to you for a new link.",
      });
  }
}
