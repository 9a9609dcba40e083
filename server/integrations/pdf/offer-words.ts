import { type Cadence, monthsIn, type RecurringCadence } from "../../domain/calendar/cadence";
import type { OfferLocale } from "./offer-document";
import { writingOf } from "./writing";

const MONTH_NOUNS: Readonly<Record<number, string>> = { 1: "month", 3: "quarter", 6: "half-year", 12: "year" };

const nounOf = (cadence: RecurringCadence): string | null => MONTH_NOUNS[monthsIn(cadence)] ?? null;

/** Abbreviations and what is a plural already stay as they are: 5 GB, 3 kWh. */
const plural = (unit: string): string => {
  if (/s$|[A-Z]$|%$|²$|³$/.test(unit)) return unit;
  if (/(x|ch|sh|ss)$/.test(unit)) return `${unit}es`;
  return /[^aeiou]y$/.test(unit) ? unit.replace(/y$/, "ies") : `${unit}s`;
};

const ordinal = (day: number): string => {
  const ending = day % 10 === 1 && day !== 11 ? "st" : day % 10 === 2 && day !== 12 ? "nd" : "";
  return `${day}${ending || (day % 10 === 3 && day !== 13 ? "rd" : "th")}`;
};

const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

const monthCount = (count: string | number): string => `${count} ${String(count) === "1" ? "month" : "months"}`;
const dayCount = (count: string | number): string => `${count} ${String(count) === "1" ? "day" : "days"}`;

const per = (cadence: Cadence | "term"): string => {
  if (cadence === "one_time") return "once";
  if (cadence === "term") return "over the term";
  const noun = nounOf(cadence);
  return noun ? `per ${noun}` : `every ${monthsIn(cadence)} months`;
};

const englishOfBritain = {
  ...writingOf["en-GB"],

  // ── The document's own words ──
  kind: { sale: "Quote", amendment: "Amendment quote" },
  mark: { draft: "DRAFT" },
  version: (version: number) => `version ${version}`,
  page: (page: number, pages: number) => `page ${page} of ${pages}`,
  preparedFor: "Prepared for",
  preparedBy: "Prepared by",
  number: "Number",
  versionLabel: "Version",
  issuedOn: "Date",
  validUntil: "Valid until",
  taxNumber: "Tax number",
  taxId: "Tax ID",
  terms: "The terms in short",
  prices: "Prices",
  item: "Item",
  price: "Price",
  quantity: "Quantity",
  amount: "Amount",
  list: (amount: string) => `list ${amount}`,
  phaseTotal: "Total of this phase",
  listAndDiscount: (listed: string, discount: string) => `list ${listed}, discount ${discount}`,
  noLines: "Nothing yet",
  changes: "What changes",
  commitments: "Commitments and discounts",
  totals: "Totals",
  period: "Period",
  byPhase: "By phase",
  byYear: "By year",
  atList: "List",
  discount: "Discount",
  net: "Net",
  invoices: "First invoices",
  invoiceOn: "Invoice date",
  notes: "Notes",
  closing: "Terms and conditions",
  signatures: "Signatures",
  signatureStatement: (number: string, version: number, title: string) =>
    `By signing, the parties agree to quote ${number}, version ${version}, “${title}”, with everything on the pages before.`,
  signedFor: (company: string) => `For ${company}`,
  signerName: "Name",
  signerTitle: "Title",
  signedOn: "Date",
  signature: "Signature",
  downloadPdf: "Download as PDF",
  document: "Document",
  skipToContent: "Skip to the quote",
  signers: "Who signs",

  // ── The audit page ──
  audit: {
    title: "Record of signatures",
    statement:
      "This page was added when the last party had signed. The file begins with the offer as it was sent, byte by byte: the hash below is that of its first bytes.",
    document: "Document",
    hash: "SHA-256 of the offer",
    size: "Bytes of the offer",
    bytes: (count: string) => `the first ${count} bytes of this file`,
    completedAt: "Completed",
    signer: (order: number) => `Signer ${order}`,
    email: "Email",
    company: "Company",
    consent: "Agreed to",
    signedAt: "Signed",
    ip: "IP address",
    browser: "Browser",
    identifiedBy: "Identified",
    kind: { typed: "typed", drawn: "drawn" },
    signedWith: "Signature",
    events: "What happened",
    signedBy: (name: string, at: string) => `Signed by ${name} on ${at}`,
    unknown: "not known",
  },

  // ── Quantities, periods, days ──
  per,
  andPer: (unit: string, cadence: Cadence): string => {
    if (cadence === "one_time") return `per ${unit}, once`;
    const noun = nounOf(cadence);
    return noun ? `per ${unit} and ${noun}` : `per ${unit}, every ${monthsIn(cadence)} months`;
  },
  perUnit: (unit: string) => `per ${unit}`,
  count: (quantity: string, unit: string) => `${quantity} ${quantity === "1" ? unit : plural(unit)}`,
  plural,
  unit: "unit",
  seat: "seat",
  together: (amount: string) => `Together ${amount}.`,
  listed: list,
  monthCount,
  dayCount,
  until: (day: string) => `until ${day}`,
  from: (day: string) => `from ${day}`,
  fromOnwards: (day: string) => `from ${day} until further notice`,
  span: (first: string, last: string) => `${first} – ${last}`,
  withLength: (span: string, length: string) => `${span} (${length})`,
  termWithoutEnd: (day: string) => `From ${day} until further notice`,
  monthsAndDays: (wholeMonths: number, restDays: number): string =>
    [
      ...(wholeMonths > 0 ? [monthCount(wholeMonths)] : []),
      ...(restDays > 0 || wholeMonths === 0 ? [dayCount(restDays)] : []),
    ].join(" and "),
  phase: (number: number) => `Phase ${number}`,
  year: (number: number) => `Year ${number}`,

  // ── Prices ──
  byUsage: "by usage",
  pricing: {
    flat: (fee: string, cadence: Cadence) => `${fee} ${per(cadence)}`,
    package: (price: string, size: string, unit: string) =>
      `${price} for every ${size} ${plural(unit)} or part of them`,
    packagePer: (price: string, size: string, unit: string, cadence: Cadence) =>
      `${price} ${per(cadence)} for every ${size} ${plural(unit)} or part of them`,
    firstTier: (price: string, unit: string, upTo: string | null) =>
      upTo === null ? `${price} ${unit}` : `${price} ${unit} up to ${upTo}`,
    nextTier: (price: string, upTo: string | null) => (upTo === null ? `then ${price}` : `then ${price} up to ${upTo}`),
    volumeFirst: (unit: string, price: string, upTo: string | null) =>
      upTo === null ? `${price} for each of all ${plural(unit)}` : `all ${plural(unit)} at ${price} each up to ${upTo}`,
    volumeNext: (price: string, upTo: string | null) =>
      upTo === null ? `at ${price} above` : `at ${price} up to ${upTo}`,
    tierFee: (fee: string) => `plus ${fee}`,
    tierFeeReached: (fee: string) => `plus ${fee} once reached`,
    tierFeeWithUse: (fee: string) => `plus ${fee} as soon as any is used`,
    percentOf: (percent: string, what: string) => `${percent} of ${what}`,
    amounts: "the amount",
    perEvent: (fee: string) => `plus ${fee} per transaction`,
    bounds: (minimum: string | null, maximum: string | null): string =>
      `${list([...(minimum ? [`at least ${minimum}`] : []), ...(maximum ? [`at most ${maximum}`] : [])])} per transaction`,
    firstEventsFree: (count: string) =>
      `the first ${count === "1" ? "transaction" : `${count} transactions`} free of charge`,
    firstPercentTier: (share: string, what: string, upTo: string | null) =>
      upTo === null ? `${share} of ${what}` : `${share} of ${what} up to ${upTo}`,
    matrixRow: (price: string, unit: string, values: readonly (readonly [string, string])[]) =>
      `${price} ${unit} where ${list(values.map(([property, value]) => `${property} is ${value}`))}`,
    matrixDefault: (price: string, unit: string) => `${price} ${unit} otherwise`,
    once: (fee: string) => `${fee} once`,
  },
  priceDetails: {
    included: (count: string, unit: string, cadence: Cadence) => `Includes ${count} ${plural(unit)} ${per(cadence)}.`,
    includedAmount: (amount: string, cadence: Cadence) => `The first ${amount} ${per(cadence)} is free of charge.`,
    minimum: (amount: string, cadence: Cadence) => `At least ${amount} ${per(cadence)}.`,
    maximum: (amount: string, cadence: Cadence) => `At most ${amount} ${per(cadence)}.`,
    seats: {
      use_maximum: "The highest number of seats in a period counts for all of it.",
      prorate_increments: "Added seats count from the day they are added, removed ones from the next period.",
      prorate_all_changes: "Added and removed seats count by the day.",
    },
    seatOverage: (cadence: RecurringCadence) => `Seats added in a period are billed ${per(cadence)}.`,
    trialFree: (length: string, last: string) => `Free of charge for the first ${length}, until ${last}.`,
    trialOff: (percent: string, length: string, last: string) =>
      `${percent} off for the first ${length}, until ${last}.`,
    rampTo: (day: string, what: string) => `From ${day}: ${what}.`,
  },
  discounts: {
    percent: (percent: string) => `${percent} off`,
    fixed: (amount: string, cadence: Cadence) => `${amount} off ${per(cadence)}`,
    sentence: (description: string, what: string, until: string | null) =>
      `${description}: ${what}${until === null ? "" : `, until ${until}`}.`,
    everything: "everything",
    of: (what: string, scope: string) => `${what} ${scope}`,
    commitment: (description: string) => `what counts towards “${description}”`,
  },
  bounds: {
    minimum: "Minimum",
    maximum: "Maximum",
    discount: "Discount",
    atLeast: (amount: string, cadence: RecurringCadence | "term", scope: string) =>
      `At least ${amount} ${per(cadence)} for ${scope}; what is missing is added to the invoice.`,
    atMost: (amount: string, cadence: RecurringCadence | "term", scope: string) =>
      `At most ${amount} ${per(cadence)} for ${scope}; what is above is not billed.`,
    everything: "all lines together",
    held: (span: string) => `Holds ${span}.`,
  },

  // ── Terms in sentences ──
  facts: {
    term: "Term",
    effective: "Takes effect",
    billing: "Billing",
    billingDay: "Billing periods",
    payment: "Payment",
    renewal: "Renewal",
    currency: "Currency",
    poNumber: "PO number",
    contract: "Contract",
    reason: "Reason",
    unusedTime: "Unused time",
  },
  due: (price: string, isInAdvance: boolean) => `${price}, in ${isInAdvance ? "advance" : "arrears"}`,
  rhythm: (cadence: Cadence, isInAdvance: boolean): string => {
    if (cadence === "one_time") return "Once, when it begins";
    const named: Readonly<Record<number, string>> = { 1: "Monthly", 3: "Quarterly", 6: "Half-yearly", 12: "Yearly" };
    const rhythm = named[monthsIn(cadence)] ?? `Every ${monthsIn(cadence)} months`;
    return `${rhythm} in ${isInAdvance ? "advance" : "arrears"}`;
  },
  rhythmOf: (rhythm: string, lines: readonly string[]) => `${rhythm}: ${list(lines)}.`,
  rhythmOfAll: (rhythm: string) => `${rhythm}.`,
  anchor: (day: number) =>
    day === 31 ? "Begin on the last day of the month." : `Begin on the ${ordinal(day)} of the month.`,
  calendarPeriods: "Follow the calendar: whole months, quarters and years; what begins in between is billed by days.",
  payment: {
    net_days: (count: number) =>
      count === 0 ? "On the invoice date." : `Within ${dayCount(count)} of the invoice date.`,
    end_of_month: (count: number) =>
      count === 0
        ? "By the end of the month of the invoice date."
        : `By the end of the month in which ${dayCount(count)} from the invoice date are over.`,
  },
  renewal: {
    none: "Ends with its term; nothing renews by itself.",
    automatic: (length: number, noticeDays: number, uplift: string | null) =>
      `Renews for ${monthCount(length)} at a time${uplift === null ? "" : `, with recurring prices raised by ${uplift}`}, unless one of the parties gives notice at least ${dayCount(noticeDays)} before the term ends.`,
  },

  // ── Figures ──
  figures: {
    total: "Total contract value",
    monthly: (phase: string | null) => (phase === null ? "Per month" : `Per month, ${phase}`),
    totalChange: "Change of the contract value",
    monthlyAfter: "Per month from then on",
    beforeAndAfter: (before: string, after: string) => `${before} before, ${after} after`,
    committed: "Over the whole term, without what is billed by usage.",
    overTerm: (span: string) => `For ${span}.`,
    withoutUsage: (where: "above" | "below") => `What is billed by usage comes on top, at the prices ${where}.`,
    usageCounts: (where: "above" | "below") =>
      `What is used is billed at the prices ${where} and counts towards the minimum; what goes beyond it comes on top.`,
    withoutTax: "All amounts are without tax, which is added where the law asks for it.",
    withTax: "All amounts are what is to be paid, with tax in them.",
    someWithTax: (lines: readonly string[]) =>
      `With tax in the price: ${list(lines)}; all other amounts are without tax.`,
    withoutEnd: (span: string) => `The quote has no end; its totals are those of ${span}.`,
    invoicesByUsage: "Invoices with usage will be higher by what is used.",
    invoicesMore: "Further invoices follow in the same way.",
  },

  // ── Changes of a running contract ──
  changeSentences: {
    added: "Is added.",
    removed: "Ends.",
    replaced: (by: string) => `Is replaced by ${by}.`,
    quantity: (from: string | null, to: string) =>
      from === null ? `The quantity becomes ${to}.` : `The quantity goes from ${from} to ${to}.`,
    price: "The price becomes:",
    discounts: "The discounts become:",
    noDiscounts: "The discounts end.",
    boundAdded: (kind: string) => `A new ${kind.toLowerCase()} holds:`,
    ended: (kind: string) => `This ${kind.toLowerCase()} ends.`,
    discountAdded: "A new discount holds:",
    term: "The term",
    extended: (day: string) => `The contract is extended until ${day}.`,
    extendedWithoutEnd: "The contract runs until further notice.",
    renewed: (length: number, uplift: string | null) =>
      `The contract is renewed for ${monthCount(length)}${uplift === null ? " at the same prices" : ", with recurring prices raised by " + uplift}.`,
    credited: "What was billed in advance and is not used any more is credited.",
    keptAsBilled: "What was billed in advance stays as it is until its period is over.",
  },
};

/** What a language says in an offer, how it makes sentences of terms, and how it writes figures and days. */
export type OfferWords = typeof englishOfBritain;

export const offerWords: Record<OfferLocale, OfferWords> = { "en-GB": englishOfBritain };
