import { type PlainDate, plainDate } from "../../server/domain/calendar/plain-date";
import { Decimal } from "../../server/domain/money/decimal";
import { createApprovalRule } from "../../server/modules/approval/create-approval-rule";
import { submitQuote } from "../../server/modules/approval/submit-quote";
import { createQuote } from "../../server/modules/quote/create-quote";
import { quotesById } from "../../server/modules/quote/quote.store";
import type { AskedTerms } from "../../server/modules/quote/read-asked-terms";
import { completeSigner } from "../../server/modules/signing/complete-signature";
import { consentOf } from "../../server/modules/signing/consent";
import { sendQuote } from "../../server/modules/signing/send-quote";
import { signersByRequest } from "../../server/modules/signing/signature-request.store";
import type { RequestContext } from "../../server/platform/request-context";
import { carryOut, contextAt } from "./carry-out";
import type { DemoCurrency, PriceKey } from "./catalog";
import { addressOf } from "./company-names";
import type { PlantedCatalog } from "./plant-catalog";
import { SELLER } from "./seller";

/** A quote of which something is to be done, and what that is. */
type QuoteStory = {
  readonly customer: string;
  readonly country: string;
  readonly currency: DemoCurrency;
  readonly contact: { readonly name: string; readonly email: string; readonly title: string };
  readonly deal: string;
  readonly madeAt: Date;
  readonly expiresOn: PlainDate;
  readonly terms: Pick<AskedTerms, "name" | "startsOn" | "termMonths" | "notes"> & {
    readonly phases: readonly Phase[];
  };
  /** null: it stays where its submission leads */
  readonly signedAt: Date | null;
  readonly expectation: QuoteExpectation;
};

/** Worked out by hand from the price list; the tests hold the engine against it. */
export type QuoteExpectation = {
  readonly status: "IN_APPROVAL" | "SIGNED";
  readonly totalContractValue: string;
  readonly remedy: string;
};

type Phase = { readonly name: string; readonly startsOn: PlainDate; readonly lines: readonly Line[] };
type Line = {
  readonly price: PriceKey;
  readonly quantity?: string;
  readonly fee?: string;
  readonly discount?: { readonly description: string; readonly percent: string };
};

const firstYear = plainDate("2026-12-01");
const laterYears = plainDate("2027-12-01");
const commitment = { description: "Three-year commitment", percent: "10" };

/** 12 × 780 + 24 × 810 + 3 × 6,000 + 2,500 = 49,300; invoice volume comes on top. */
const signed: QuoteStory = {
  customer: "Foxglove Rail Holdings Ltd",
  country: "GB",
  currency: "GBP",
  contact: { name: "Marian Ashdown", email: "marian.ashdown@foxglove.example.com", title: "Finance Director" },
  deal: "OPP-2041",
  madeAt: new Date("2026-10-26T10:00:00Z"),
  expiresOn: plainDate("2026-11-30"),
  terms: {
    name: "Business, 36 months",
    startsOn: firstYear,
    termMonths: 36,
    notes: "Onboarding takes place at Foxglove's offices in Derby. Travel is included.",
    phases: [
      {
        name: "First year",
        startsOn: firstYear,
        lines: [
          { price: "platform-business", fee: "780" },
          { price: "invoice-volume" },
          { price: "premium-support" },
          { price: "onboarding" },
        ],
      },
      {
        name: "Second and third year",
        startsOn: laterYears,
        lines: [
          { price: "platform-business", discount: commitment },
          { price: "invoice-volume" },
          { price: "premium-support" },
        ],
      },
    ],
  },
  signedAt: new Date("2026-11-02T14:20:00Z"),
  expectation: {
    status: "SIGNED",
    totalContractValue: "49300.00",
    remedy: "Execute it: the contract and its billing schedule are made from what was signed.",
  },
};

/** 24 × 2,750 × 0.78 + 24 × 20 × 50 = 51,480 + 24,000 = 75,480. */
const inApproval: QuoteStory = {
  customer: "Nordlicht Energie GmbH",
  country: "DE",
  currency: "EUR",
  contact: { name: "Jonas Petersen", email: "jonas.petersen@nordlicht.example.com", title: "Head of Accounting" },
  deal: "OPP-2057",
  madeAt: new Date("2026-11-02T16:30:00Z"),
  expiresOn: plainDate("2026-12-15"),
  terms: {
    name: "Enterprise with analytics, 24 months",
    startsOn: plainDate("2027-01-01"),
    termMonths: 24,
    notes: null,
    phases: [
      {
        name: "Term",
        startsOn: plainDate("2027-01-01"),
        lines: [
          { price: "platform-enterprise", discount: { description: "New customer", percent: "22" } },
          { price: "invoice-volume" },
          { price: "analytics-seats", quantity: "20" },
        ],
      },
    ],
  },
  signedAt: null,
  expectation: {
    status: "IN_APPROVAL",
    totalContractValue: "75480.00",
    remedy: "Approve the discount of 22 %, or send the quote back with a reason.",
  },
};

export const QUOTE_STORIES: readonly QuoteStory[] = [signed, inApproval];

/** What sales has in hand: one quote that waits for finance to execute it, one that waits for an approval. */
export async function plantQuotes(catalog: PlantedCatalog): Promise<void> {
  const admin = [{ role: "admin", memberId: null }] as const;
  const rule = { approvers: admin, position: null, allowsOwn: true, isActive: true };
  const opened = contextAt(QUOTE_STORIES[0]?.madeAt as Date);
  const discount = { kind: "discount", overPercent: new Decimal(15), of: "line" } as const;
  const term = { kind: "term", overMonths: 36 } as const;
  await carryOut(createApprovalRule, opened, { ...rule, name: "Discount over 15 %", condition: [discount] });
  await carryOut(createApprovalRule, opened, { ...rule, name: "Term over three years", condition: [term] });
  for (const story of QUOTE_STORIES) await plantQuote(story, catalog);
}

async function plantQuote(story: QuoteStory, catalog: PlantedCatalog): Promise<void> {
  const context = contextAt(story.madeAt);
  const { customer, contact, country, deal, expiresOn } = story;
  const { quoteId } = await carryOut(createQuote, context, {
    customerId: null,
    prospect: {
      legalName: customer,
      addressLines: addressOf(customer, country).lines,
      country,
      taxId: null,
      language: "en-GB",
      contactName: contact.name,
      contactEmail: contact.email,
      externalId: null,
    },
    terms: termsOf(story, catalog),
    expiresOn,
    ownerId: null,
    externalId: null,
    deal,
    priceBookId: null,
  });
  await carryOut(submitQuote, context, { quoteId, versionOrdinal: null, revision: null });
  if (story.signedAt) await sendAndSign(quoteId, story, story.signedAt, context);
}

async function sendAndSign(
  quoteId: string,
  { contact }: QuoteStory,
  signedAt: Date,
  context: RequestContext,
): Promise<void> {
  const quote = (await quotesById([quoteId])).get(quoteId);
  if (!quote) throw new Error(`there is no quote ${quoteId}`);
  const { signatureRequestId } = await carryOut(sendQuote, context, {
    quoteId,
    version: quote.version,
    provider: "embedded",
    signers: [{ ...contact, party: "customer", position: null }],
    message: null,
    expiresOn: undefined,
  });
  const consent = consentOf({ quote, version: { ordinal: 1 } }, SELLER);
  for (const { id, name } of (await signersByRequest([signatureRequestId])).get(signatureRequestId) ?? []) {
    const given = { signerId: id, kind: "typed", text: name, png: null, consent, signedAt } as const;
    const actor = { kind: "signer", id, name } as const;
    const scope = { actor, now: signedAt, timeZone: SELLER.timeZone, note: () => {} };
    const signed = await completeSigner({ ...given, ip: "192.0.2.17", browser: "Demo" }, scope);
    if (!signed.ok) throw new Error(JSON.stringify(signed.error));
  }
}

function termsOf({ currency, terms }: QuoteStory, catalog: PlantedCatalog): AskedTerms {
  return {
    ...terms,
    currency,
    endsBefore: null,
    anchorOn: null,
    firstPeriod: "anchor",
    paymentTerms: null,
    poNumber: null,
    renewal: { months: 12, noticeDays: 90, upliftPercent: new Decimal(3) },
    rollsUpUsage: false,
    lateUsage: "next_invoice",
    minimums: [],
    maximums: [],
    discounts: [],
    phases: terms.phases.map(({ lines, ...phase }) => ({
      ...phase,
      endsBefore: null,
      lines: lines.map(({ price, quantity, fee, discount }) => ({
        priceId: catalog.priceId(price, currency),
        customTerms: fee === undefined ? null : custom(fee),
        quantity: quantity === undefined ? null : new Decimal(quantity),
        description: null,
        discounts: discount
          ? [
              {
                key: null,
                description: discount.description,
                percent: new Decimal(discount.percent),
                amount: null,
                endsBefore: null,
                position: "before_minimum" as const,
              },
            ]
          : [],
        trial: null,
        ramp: [],
      })),
    })),
  };
}

const custom = (fee: string) => ({
  terms: { flat: { fee: new Decimal(fee) } },
  includedUnits: null,
  minimum: null,
  maximum: null,
});
