import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { DocumentLine } from "../../domain/invoice/document-line";
import { manualLine } from "../../domain/invoice/manual-line";
import { overrideLine } from "../../domain/invoice/override-line";
import { type ContractToPlace, type DraftToContinue, placeLines } from "../../domain/invoice/place-lines";
import { newId } from "../../platform/ids";
import type { BillableContract } from "../contract";
import type { CreditsAtHand } from "../credit";
import { type Customer, customersById } from "../customer";
import type { CalculatedContracts, ContractCalculation } from "./calculate-contracts";
import { composeDraft, type DraftFacts, taxDraft } from "./draft";
import type { DraftToWrite, DraftWrites } from "./draft.store";
import { fingerprintOf } from "./draft-fingerprint.store";
import { manualLinesByDraft, type OverrideOf, overridesOf, type StandingLine } from "./draft-inputs.store";
import { drawOnCredits, type PayableDraft } from "./draw-credits";
import type { Invoice } from "./invoice";
import { linesByInvoice } from "./invoice.store";
import { loadDraftFacts } from "./load-draft-facts";
import { creditsReturnedBy, factsOfReissue, type Reissue, toDocumentLine } from "./rebill";
import {
  creditNoteDraft,
  currencyOf,
  type DocumentToCalculate,
  hashOfDraft,
  invoiceDraft,
  type WantedDraft,
} from "./wanted-draft";

export type DraftOutcome = {
  readonly invoiceId: string;
  /** Of its lines before and after, in order of id; empty where people wrote all of them. */
  readonly contractIds: readonly string[];
  readonly outcome: "created" | "changed" | "unchanged" | "removed";
};

/** What calculated drafts come to, and what has to be written for it. */
export type DocumentCalculation = {
  readonly writes: DraftWrites;
  readonly outcomes: readonly DraftOutcome[];
  readonly credits: Pick<Awaited<ReturnType<typeof drawOnCredits>>, "drawnByGrant"> & {
    readonly atHand: CreditsAtHand;
  };
};

/** What a calculation takes its drafts from: those of contracts, or drafts without one. */
export type DocumentSources = Pick<
  CalculatedContracts,
  "calculations" | "drafts" | "placements" | "standing" | "grantIds" | "factHashes"
>;

type Scope = { readonly today: PlainDate };

/**
 * Puts the engine's lines on documents, adds what people wrote, sets the amounts that they set, taxes all of it, lets
 * credits pay, and compares with the drafts that there are. Nothing is written.
 */
export async function calculateDocuments(sources: DocumentSources, scope: Scope): Promise<DocumentCalculation> {
  const { calculations, drafts } = sources;
  const billables = new Map(calculations.map(({ billable }) => [billable.contract.id, billable]));
  const customers = await loadCustomers([
    ...[...billables.values()].map(({ customerId }) => customerId),
    ...drafts.map(({ customerId }) => customerId),
  ]);
  const manual = await manualLinesByDraft(drafts.map(({ id }) => id));
  const overrideOf = await overridesOf([...billables.keys()]);
  const suspended = await linesOfSuspended(sources, billables);
  const added: LinesOfDraft = (draft) => [
    ...(suspended.get(draft.id) ?? []),
    ...(manual.get(draft.id) ?? []).map(manualLine),
  ];

  const documents = [
    ...reissuesOf(calculations, drafts),
    ...placeProposals(sources, {
      billables,
      customers,
      isWritten: (draft) => manual.has(draft.id),
      today: scope.today,
    }),
  ].map((document) => complete(document, { added, overrideOf }));
  const continued = new Set(documents.flatMap(({ existing }) => existing ?? []));
  const notes = calculations.flatMap(({ wanted }) =>
    wanted.creditNotes.map((original) => ({
      original,
      existing: drafts.find((draft) => draft.correctsInvoiceId === original.invoice.id) ?? null,
    })),
  );
  for (const { existing } of notes) if (existing) continued.add(existing);
  // A draft that nothing falls due for any more lives on by what people wrote.
  for (const draft of drafts) {
    if (continued.has(draft) || draft.documentKind === "credit_note" || added(draft).length === 0) continue;
    documents.push(complete(alone(draft, { billables, customers }), { added, overrideOf }));
    continued.add(draft);
  }

  const composed = await compose(documents, { ...sources, billables, customers, notes, ...scope });
  const wanted = [...notes.map(({ original, existing }) => creditNoteDraft(original, existing)), ...composed.drafts];
  return {
    ...compare(wanted, { ...sources, removed: drafts.filter((draft) => !continued.has(draft)) }),
    credits: { atHand: composed.atHand, drawnByGrant: composed.drawnByGrant },
  };
}

type LinesOfDraft = (draft: Invoice) => readonly DocumentLine[];
type Customers = ReadonlyMap<string, Customer>;
type Billables = ReadonlyMap<string, BillableContract>;

/** Customers, and those who are billed for them. */
async function loadCustomers(ids: readonly string[]): Promise<Customers> {
  const customers = await customersById([...new Set(ids)]);
  const others = [...customers.values()].flatMap(({ billToCustomerId }) => billToCustomerId ?? []);
  const missing = [...new Set(others)].filter((id) => !customers.has(id));
  return missing.length === 0 ? customers : new Map([...customers, ...(await customersById(missing))]);
}

const billToOf = (customers: Customers, customerId: string): string | null =>
  customers.get(customerId)?.billToCustomerId ?? null;

/** Lines of contracts that are suspended stay on the shared drafts that they stand on, as they are. */
async function linesOfSuspended(
  { drafts, standing }: DocumentSources,
  billables: Billables,
): Promise<ReadonlyMap<string, readonly DocumentLine[]>> {
  const isSuspended = ({ contractId }: Pick<StandingLine, "contractId">) => !billables.has(contractId);
  const concerned = drafts.filter(({ id }) => standing.get(id)?.some(isSuspended));
  if (concerned.length === 0) return new Map();
  const lines = await linesByInvoice(concerned.map(({ id }) => id));
  return new Map(
    concerned.map((draft) => [
      draft.id,
      (lines.get(draft.id) ?? [])
        .filter(({ contractId, kind }) => contractId !== null && kind !== "credit" && isSuspended({ contractId }))
        .map((line) => toDocumentLine(line, currencyOf(draft))),
    ]),
  );
}

/** Everything that stands on a document: the engine's lines with the amounts that people set, and what they wrote. */
function complete(
  document: DocumentToCalculate,
  { added, overrideOf }: { readonly added: LinesOfDraft; readonly overrideOf: OverrideOf },
): DocumentToCalculate {
  const more = document.existing ? added(document.existing) : [];
  const lines = more.length === 0 ? document.lines : [...document.lines, ...more];
  return {
    ...document,
    lines: lines.map((each) => {
      const override = each.contractId === null ? undefined : overrideOf(each.contractId, each.line.key);
      return override ? overrideLine(each, override) : each;
    }),
  };
}

function reissuesOf(calculations: readonly ContractCalculation[], drafts: readonly Invoice[]): DocumentToCalculate[] {
  return calculations.flatMap(({ billable, wanted }) =>
    wanted.reissues.map(({ original, lines }: Reissue): DocumentToCalculate => {
      const { id, customerId, contractId, billToCustomerId, billsOn } = original.invoice;
      return {
        existing: drafts.find(({ reissuesInvoiceId }) => reissuesInvoiceId === id) ?? null,
        original,
        customerId,
        contractId,
        billToCustomerId,
        billsOn,
        lines,
        origin: "schedule",
        currency: currencyOf(original.invoice),
        pricesIncludeTax: billable.pricesIncludeTax,
      };
    }),
  );
}

function placeProposals(
  { calculations, drafts, placements, standing }: DocumentSources,
  {
    billables,
    customers,
    isWritten,
    today,
  }: {
    readonly billables: Billables;
    readonly customers: Customers;
    readonly isWritten: (draft: Invoice) => boolean;
    readonly today: PlainDate;
  },
): DocumentToCalculate[] {
  const invoices = drafts.filter(
    ({ documentKind, reissuesInvoiceId }) => documentKind === "invoice" && reissuesInvoiceId === null,
  );
  const byId = new Map(invoices.map((draft) => [draft.id, draft]));
  const sheetOf = (contractId: string) => {
    const billable = billables.get(contractId);
    return billable && sheetKeyOf(billable, customers);
  };
  const toContinue = (draft: Invoice): DraftToContinue => {
    const own = standing.get(draft.id) ?? [];
    const contractId = draft.contractId ?? own[0]?.contractId;
    const written = isWritten(draft) ? sheetKey({ ...draft, pricesIncludeTax: false }, customers) : null;
    const { id, billsOn } = draft;
    return {
      id,
      contractId: draft.contractId,
      billsOn,
      sheetKey: (contractId && sheetOf(contractId)) ?? written,
      standing: own,
    };
  };
  const placed = placeLines({
    contracts: calculations.map(
      ({ billable, wanted, running }): ContractToPlace => ({
        contractId: billable.contract.id,
        groupKey: groupKeyOf(billable, customers),
        sheetKey: sheetKeyOf(billable, customers),
        proposals: running ? [...wanted.invoices, running] : wanted.invoices,
      }),
    ),
    placements,
    drafts: invoices.map(toContinue),
    today,
  });
  return placed.map(({ draftId, contractId, billsOn, lines }): DocumentToCalculate => {
    const billable = billables.get(lines[0]?.contractId ?? "") as BillableContract;
    const existing = draftId === null ? null : (byId.get(draftId) ?? null);
    const { customerId } = existing ?? billable;
    return {
      existing,
      original: null,
      customerId,
      contractId,
      billsOn,
      lines,
      billToCustomerId: billToOf(customers, customerId),
      origin: existing?.origin ?? "schedule",
      currency: billable.contract.currency,
      pricesIncludeTax: billable.pricesIncludeTax,
    };
  });
}

/** What a document has to agree in. */
const sheetKey = (
  {
    customerId,
    currency,
    pricesIncludeTax,
  }: Pick<Invoice, "customerId" | "currency"> & { readonly pricesIncludeTax: boolean },
  customers: Customers,
): string => [customerId, billToOf(customers, customerId), currency, pricesIncludeTax].join(" ");

const sheetKeyOf = ({ contract, customerId, pricesIncludeTax }: BillableContract, customers: Customers): string =>
  sheetKey({ customerId, currency: contract.currency.code, pricesIncludeTax }, customers);

/** Of a customer with one invoice for all contracts: those that are paid alike and ordered together. */
function groupKeyOf({ customerId, poNumber, paymentTerms }: BillableContract, customers: Customers): string | null {
  if (customers.get(customerId)?.invoiceGrouping !== "per_customer") return null;
  return JSON.stringify([customerId, poNumber, paymentTerms?.kind, paymentTerms?.days]);
}

/** A draft without lines of the engine. */
function alone(
  existing: Invoice,
  { billables, customers }: { readonly billables: Billables; readonly customers: Customers },
): DocumentToCalculate {
  const { customerId, contractId, billsOn, origin } = existing;
  return {
    existing,
    original: null,
    customerId,
    contractId,
    billsOn,
    origin,
    billToCustomerId: billToOf(customers, customerId),
    currency: currencyOf(existing),
    pricesIncludeTax: billables.get(contractId ?? "")?.pricesIncludeTax ?? false,
    lines: [],
  };
}

type ToPay = PayableDraft & { readonly document: DocumentToCalculate; readonly facts: DraftFacts };

async function compose(
  documents: readonly DocumentToCalculate[],
  {
    billables,
    drafts,
    grantIds,
    notes,
    today,
  }: Pick<DocumentSources, "drafts" | "grantIds"> & {
    readonly billables: Billables;
    readonly customers: Customers;
    readonly notes: readonly { readonly original: Reissue["original"] }[];
    readonly today: PlainDate;
  },
) {
  const factsOf = await loadDraftFacts(documents, billables, today);
  const toPay = documents.map((document): ToPay => {
    const shared = factsOf(document);
    const facts = document.original ? factsOfReissue(shared, document.original) : shared;
    const { customerId, billsOn, original, lines } = document;
    const contractId = lines.reduce(
      (first, line) => (line.contractId && (!first || line.contractId < first) ? line.contractId : first),
      "",
    );
    return {
      document,
      facts,
      customerId,
      contractId,
      billsOn,
      isReissue: original !== null,
      taxed: taxDraft(document, facts),
    };
  });
  // What still runs draws nothing: credits are for what has fallen due.
  const due = toPay.filter(({ billsOn }) => billsOn <= today);
  const drawn = await drawOnCredits(due, {
    grantIds,
    draftIds: drafts.map(({ id }) => id),
    returned: creditsReturnedBy(notes.map(({ original }) => original)),
  });
  return {
    ...drawn,
    drafts: toPay.map((each) =>
      invoiceDraft(each.document, composeDraft(each.taxed, drawn.credits.get(each) ?? [], each.facts), today),
    ),
  };
}

/** What of it all is new, changed, or as it was. */
function compare(
  wanted: readonly WantedDraft[],
  {
    removed,
    standing,
    factHashes,
  }: Pick<DocumentSources, "standing" | "factHashes"> & { readonly removed: readonly Invoice[] },
): Pick<DocumentCalculation, "writes" | "outcomes"> {
  const before = ({ id, contractId }: Invoice) =>
    contractId === null ? (standing.get(id) ?? []).map((line) => line.contractId) : [contractId];
  const ofContract = groupBy(wanted, ({ draft: { contractId } }) => contractId);
  const fingerprint = (contractId: string | null) => {
    const hash = factHashes.get(contractId ?? "");
    return hash === undefined ? null : fingerprintOf(hash, ofContract.get(contractId)?.length ?? 0);
  };
  const compared = wanted.map((each) => {
    const { existing, contractIds } = each;
    const contentHash = hashOfDraft(each);
    const outcome = !existing ? "created" : existing.contentHash === contentHash ? "unchanged" : "changed";
    const all = existing ? [...new Set([...contractIds, ...before(existing)])].sort() : contractIds;
    const draft: DraftToWrite = {
      ...each.draft,
      id: existing?.id ?? newId(),
      contentHash,
      inputFingerprint: fingerprint(each.draft.contractId),
    };
    return { draft, outcome, contractIds: all } as const;
  });
  const byOutcome = groupBy(compared, ({ outcome }) => outcome);
  const draftsThatAre = (outcome: "created" | "changed" | "unchanged") =>
    (byOutcome.get(outcome) ?? []).map(({ draft }) => draft);
  return {
    writes: {
      created: draftsThatAre("created"),
      changed: draftsThatAre("changed"),
      unchanged: draftsThatAre("unchanged"),
      removed: removed.map(({ id }) => id),
    },
    outcomes: [
      ...compared.map(({ draft, outcome, contractIds }) => ({ invoiceId: draft.id, contractIds, outcome })),
      ...removed.map((draft) => ({
        invoiceId: draft.id,
        contractIds: [...new Set(before(draft))].sort(),
        outcome: "removed" as const,
      })),
    ],
  };
}
