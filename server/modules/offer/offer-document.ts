import { localDayOf } from "../../domain/calendar/local-day";
import { currency, parseCurrency } from "../../domain/money/currency";
import type { AmendmentTerms, SaleTerms } from "../../domain/quote/quote-terms";
import { imageFactsOf } from "../../integrations/pdf/image-facts";
import type { OfferCustomer, OfferDocument, OfferSeller, OfferSigner } from "../../integrations/pdf/offer-document";
import { type Customer, contactsByCustomer } from "../customer";
import { loadOrganization, type Organization } from "../organization";
import { customerOfQuote, figuresOfVersion, type Quote, type QuoteVersion } from "../quote";
import { amendmentHighlights, amendmentTotals } from "./amendment-figures-in-words";
import { amendmentInWords, changesInWords } from "./changes-in-words";
import {
  amountsInWords,
  highlightsInWords,
  invoicesInWords,
  type TotalsFacts,
  totalsInWords,
} from "./figures-in-words";
import { type Catalog, lineInWords } from "./line-in-words";
import { amendedContract, catalogOfChanges, catalogOfSale } from "./offer-facts";
import type { OfferTemplate } from "./offer-template";
import { loadOfferTemplate } from "./offer-template.store";
import { localeOf, OfferWriter } from "./offer-writer";
import { commitmentsInWords, termsInWords } from "./terms-in-words";

/** Who is asked to sign; those at the same position may sign at once. */
export type AskedSigner = {
  readonly position: number;
  readonly name: string | null;
  readonly title: string | null;
  /** null, undefined: the customer */
  readonly company?: string | null;
};

export type OfferOptions = {
  /** Without any, a blank block for the customer and one for the seller. */
  readonly signers?: readonly AskedSigner[];
  /** Says on each page that it is a draft. */
  readonly isDraft?: boolean;
};

/**
 * Everything that the offer of a version shows, in words: as its customer reads them, with what the engine says it comes
 * to. A draft that is not complete yet has no totals; what is missing is left out.
 */
export async function offerDocumentOf(
  quote: Quote,
  version: QuoteVersion,
  now: Date,
  { signers = [], isDraft = false }: OfferOptions = {},
): Promise<OfferDocument> {
  const { terms } = version;
  const money = currency(currencyCodeOf(terms.currency));
  const customer = await customerOfQuote(quote, money.code, now);
  const organization = await loadOrganization();
  const template = await loadOfferTemplate();
  const write = new OfferWriter(localeOf(customer.language), money);
  const { words } = write;
  const validUntil = quote.expiresOn && write.day(quote.expiresOn);
  const content =
    terms.kind === "sale"
      ? await saleContent({ quote, version, terms, customer, organization, now }, write)
      : await amendmentContent(quote, terms, write);
  return {
    kind: terms.kind,
    mark: isDraft ? "draft" : null,
    locale: localeOf(customer.language),
    paper: organization.country === "US" ? "LETTER" : "A4",
    number: quote.number,
    version: version.ordinal,
    title: terms.name,
    issuedOn: write.day(localDayOf(now, organization.timeZone)),
    validUntil,
    seller: sellerOf(organization, template),
    customer: await customerOf(customer, quote),
    introduction: template.introduction,
    notes: terms.notes,
    closing: template.closing,
    signers: signersOf(signers, customer, organization),
    createdAt: now,
    ...content,
    highlights: [
      ...content.highlights,
      ...(validUntil === null ? [] : [{ label: words.validUntil, value: validUntil, note: null }]),
    ],
  };
}

type Content = Pick<
  OfferDocument,
  "highlights" | "terms" | "phases" | "changes" | "commitments" | "totals" | "invoices"
>;

type Sale = {
  readonly quote: Quote;
  readonly version: QuoteVersion;
  readonly terms: SaleTerms;
  readonly customer: Customer;
  readonly organization: Organization;
  readonly now: Date;
};

async function saleContent(
  { quote, version, terms, customer, organization, now }: Sale,
  write: OfferWriter,
): Promise<Content> {
  const catalog = await catalogOfSale(terms);
  const priced = await figuresOfVersion(quote, version, now);
  const figures = priced.ok ? priced.value : null;
  const facts = totalsFacts(terms, catalog);
  const paymentTerms = terms.paymentTerms ?? customer.paymentTerms ?? organization.paymentTerms;
  return {
    highlights: figures ? highlightsInWords(figures, facts, write) : [],
    terms: termsInWords(terms, { catalog, paymentTerms }, write),
    phases: terms.phases.map((phase, index) => {
      const days = { startsOn: phase.startsOn, endsBefore: endOf(terms, index) };
      const total = figures?.phases.find(({ phaseId }) => phaseId === phase.id);
      return {
        name: phase.name ?? write.words.phase(index + 1),
        days: write.spanWithLength(days),
        lines: phase.lines.map((line) => lineInWords(line, days, catalog, write)),
        total: total ? amountsInWords(total, write) : null,
      };
    }),
    changes: [],
    commitments: commitmentsInWords(terms, catalog, write),
    totals: figures && totalsInWords(figures, facts, write),
    invoices: figures && invoicesInWords(figures, facts, write),
  };
}

async function amendmentContent(quote: Quote, terms: AmendmentTerms, write: OfferWriter): Promise<Content> {
  const { amendable, figures } = await amendedContract(quote, terms);
  const amended = {
    number: amendable.head.number,
    name: amendable.head.name,
    contract: amendable.current.contract,
  };
  const catalog = await catalogOfChanges(terms.changes, amendable);
  const includesTax = amendable.includesTax === true;
  return {
    highlights: figures ? amendmentHighlights(figures, includesTax, write) : [],
    terms: [...amendmentInWords(terms, amended, write), ...(figures ? amendmentTotals(figures, write) : [])],
    phases: [],
    changes: changesInWords(terms, amended, catalog, write),
    commitments: [],
    totals: null,
    invoices: null,
  };
}

const endOf = ({ phases, endsBefore }: SaleTerms, index: number) =>
  phases[index]?.endsBefore ?? phases[index + 1]?.startsOn ?? endsBefore;

function totalsFacts({ phases, minimums }: SaleTerms, { prices }: Catalog): TotalsFacts {
  const lines = phases.flatMap((phase) => phase.lines);
  const priced = lines.flatMap((line) => {
    const price = prices.get(line.priceId);
    return price ? [{ line, price }] : [];
  });
  const taxInclusive = priced.filter(({ price }) => price.taxInclusive);
  return {
    hasUsage: priced.some(({ line, price }) => price.metricId !== null || isByUsedSeats(line, price.price.model)),
    hasMinimum: minimums.length > 0,
    taxInclusive: [...new Set(taxInclusive.map(({ line, price }) => line.description ?? price.name))],
    isAllTaxInclusive: priced.length > 0 && taxInclusive.length === priced.length,
  };
}

const isByUsedSeats = ({ quantity }: { readonly quantity: string | null }, model: string): boolean =>
  model === "seat" && Number(quantity ?? "0") === 0;

/** Terms are checked when they are written; what is stored has a known currency. */
function currencyCodeOf(code: string) {
  const parsed = parseCurrency(code);
  if (!parsed.ok) throw new Error(`"${code}" is no currency`);
  return parsed.value.code;
}

function sellerOf(organization: Organization, { logo }: OfferTemplate): OfferSeller {
  const { legalName, addressLines, taxNumber, brandColor } = organization;
  const facts = logo && imageFactsOf(logo);
  return {
    legalName,
    addressLines,
    taxNumber,
    brandColour: brandColor,
    logo: logo && facts ? { contentType: facts.contentType, content: logo } : null,
  };
}

async function customerOf(
  { id, legalName, addressLines, taxId }: Customer,
  { prospect }: Quote,
): Promise<OfferCustomer> {
  const contacts = prospect ? [] : ((await contactsByCustomer([id])).get(id) ?? []);
  const primary = contacts.find(({ isPrimary }) => isPrimary) ?? contacts[0];
  const name = prospect ? prospect.contactName : (primary?.name ?? null);
  const email = prospect ? prospect.contactEmail : (primary?.email ?? null);
  return { legalName, addressLines, taxId, contact: name === null ? null : { name, email } };
}

function signersOf(asked: readonly AskedSigner[], customer: Customer, seller: Organization): OfferSigner[] {
  if (asked.length > 0) {
    return asked.map(({ position, name, title, company }) => ({
      order: position,
      name,
      title,
      company: company ?? customer.legalName,
    }));
  }
  return [customer, seller].map(({ legalName }, index) => ({
    order: index + 1,
    name: null,
    title: null,
    company: legalName,
  }));
}
