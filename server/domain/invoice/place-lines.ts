import type { PlainDate } from "../calendar/plain-date";
import { groupBy } from "../group-by";
import { type DocumentLine, engineLine } from "./document-line";
import type { Line, ProposedInvoice } from "./line";

/** A contract whose proposals are to be placed on documents. */
export type ContractToPlace = {
  readonly contractId: string;
  /** Contracts with the same one share a document for each day; null: each day has a document of the contract's own. */
  readonly groupKey: string | null;
  /** Who is billed, in which currency, with or without tax in the prices: one document agrees in it. */
  readonly sheetKey: string;
  readonly proposals: readonly ProposedInvoice[];
};

/** Where people want what falls due: of a contract and day (no billing key), or one line of it. */
export type Placement = {
  readonly contractId: string;
  readonly billsOn: PlainDate;
  readonly billingKey: string | null;
  readonly draftId: string;
};

/** A draft as it is, which a document may continue. */
export type DraftToContinue = {
  readonly id: string;
  /** null: it has lines of several contracts, or of none */
  readonly contractId: string | null;
  readonly billsOn: PlainDate;
  /** As of contracts; null: it takes in what any of its customer's contracts place there, such as a draft made to split to. */
  readonly sheetKey: string | null;
  /** What stands on it of contracts, in order. */
  readonly standing: readonly { readonly contractId: string; readonly billingKey: string }[];
};

/** A document that should exist: one that is there already, or a new one. */
export type PlacedDocument = {
  readonly draftId: string | null;
  /** null: it has lines of several contracts, or is where people split to */
  readonly contractId: string | null;
  readonly billsOn: PlainDate;
  readonly sheetKey: string;
  readonly lines: readonly DocumentLine[];
};

/** An adjustment, or a line that joins it because its own day is billed already. */
export const isLate = ({ kind, dueOn }: Line, billsOn: PlainDate): boolean => kind === "adjustment" || dueOn < billsOn;

type Part = {
  readonly contract: ContractToPlace;
  readonly billsOn: PlainDate;
  readonly lines: readonly Line[];
};

/**
 * Puts what contracts propose on documents: where people placed the line, else where they placed the contract's day, else
 * by the customer's rule. A placement on a draft that is gone, that differs in who is billed, in currency or in whether
 * prices include tax, or that mixes what has fallen due with what still runs, counts for nothing. Each line goes on
 * exactly one document. A document continues the draft that it was before, so that it stays the same invoice.
 */
export function placeLines({
  contracts,
  placements,
  drafts,
  today,
}: {
  readonly contracts: readonly ContractToPlace[];
  readonly placements: readonly Placement[];
  readonly drafts: readonly DraftToContinue[];
  readonly today: PlainDate;
}): PlacedDocument[] {
  const placed = placementsOf(placements, drafts, today);
  const natural: Part[] = [];
  const elsewhere: (Part & { readonly draft: DraftToContinue })[] = [];
  for (const contract of contracts) {
    for (const { billsOn, lines } of contract.proposals) {
      const isOfCorrections = lines.every((line) => isLate(line, billsOn));
      const targetOf = (line: Line) => placed.draftFor(contract, { line, billsOn, isOfCorrections });
      for (const [draft, own] of groupBy(lines, targetOf)) {
        if (draft === null) natural.push({ contract, billsOn, lines: own });
        else elsewhere.push({ contract, billsOn, lines: own, draft });
      }
    }
  }
  const documents = continueDrafts(natural, { drafts, placements, today });
  return mergeParts(documents, elsewhere);
}

/** Which draft people chose for a line; null: none that counts. */
function placementsOf(placements: readonly Placement[], drafts: readonly DraftToContinue[], today: PlainDate) {
  const byId = new Map(drafts.map((draft) => [draft.id, draft]));
  const byContract = groupBy(placements, ({ contractId }) => contractId);
  return {
    draftFor(
      contract: ContractToPlace,
      { line, billsOn, isOfCorrections }: { line: Line; billsOn: PlainDate; isOfCorrections: boolean },
    ): DraftToContinue | null {
      const own = byContract.get(contract.contractId);
      if (own === undefined) return null;
      const dayIsClaimed = (day: PlainDate) => contract.proposals.some((proposal) => proposal.billsOn === day);
      // Corrections alone are proposed for whatever day it is: they stay where the day that no other claims was placed.
      const isOfDay = (placement: Placement) =>
        placement.billsOn === billsOn || (isOfCorrections && !dayIsClaimed(placement.billsOn));
      const chosen =
        own.find(({ billingKey, ...at }) => billingKey === line.key && at.billsOn === billsOn) ??
        own.find(({ billingKey }) => billingKey === line.key && isLate(line, billsOn)) ??
        own.find((placement) => placement.billingKey === null && isOfDay(placement));
      const draft = chosen && byId.get(chosen.draftId);
      if (draft === undefined) return null;
      const isSameSheet = draft.sheetKey === null || draft.sheetKey === contract.sheetKey;
      const isSameState = draft.billsOn > today === billsOn > today;
      return isSameSheet && isSameState ? draft : null;
    },
  };
}

type Document = { draft: DraftToContinue | null; readonly parts: Part[] };

/** The documents of the customers' rules, each with the draft that it was before. */
function continueDrafts(
  natural: readonly Part[],
  {
    drafts,
    placements,
    today,
  }: {
    readonly drafts: readonly DraftToContinue[];
    readonly placements: readonly Placement[];
    readonly today: PlainDate;
  },
): Document[] {
  const keyOf = ({ contract, billsOn }: Part) =>
    `${contract.groupKey ?? contract.contractId} ${contract.sheetKey} ${billsOn}`;
  const documents = [...groupBy(natural, keyOf).values()].map((parts): Document => ({ draft: null, parts }));
  const left = new Set(drafts);
  const take = (wants: (document: Document, draft: DraftToContinue) => boolean, order = [...left]) => {
    for (const document of documents) {
      if (document.draft !== null) continue;
      document.draft = order.find((draft) => left.has(draft) && wants(document, draft)) ?? null;
      if (document.draft !== null) left.delete(document.draft);
    }
  };
  const placedOn = groupBy(placements, ({ draftId }) => draftId);
  const homeOf = rememberHomes(placedOn);
  const isOf = ({ parts }: Document, contractId: string | null) =>
    parts.some(({ contract }) => contract.contractId === contractId);
  const isSameDay = ({ parts }: Document, { billsOn }: DraftToContinue) => parts[0]?.billsOn === billsOn;
  const isSameSheet = ({ parts }: Document, { sheetKey }: DraftToContinue) =>
    sheetKey === null || parts[0]?.contract.sheetKey === sheetKey;
  const isShared = ({ parts }: Document) => new Set(parts.map(({ contract }) => contract.contractId)).size > 1;

  take((document, draft) => isSameDay(document, draft) && !isShared(document) && isOf(document, draft.contractId));
  take(
    (document, draft) =>
      draft.contractId === null &&
      isSameDay(document, draft) &&
      isSameSheet(document, draft) &&
      isOf(document, homeOf(draft)),
  );
  take((document, draft) => isSameDay(document, draft) && isOf(document, draft.contractId));
  take(
    (document, draft) =>
      isCorrections(document) && draft.billsOn <= today && isOf(document, draft.contractId ?? homeOf(draft)),
    [...left].reverse(),
  );
  return documents;
}

const isCorrections = ({ parts }: Document): boolean =>
  parts.every(({ lines, billsOn }) => lines.every((line) => isLate(line, billsOn)));

/** Whose draft one of several contracts is: of the first that is there by its customer's rule. Null: of nobody. */
function rememberHomes(placedOn: ReadonlyMap<string, readonly Placement[]>): (draft: DraftToContinue) => string | null {
  const homes = new Map<DraftToContinue, string | null>();
  return (draft) => {
    const known = homes.get(draft);
    if (known !== undefined) return known;
    const placed = placedOn.get(draft.id) ?? [];
    const isPlaced = ({ contractId, billingKey }: DraftToContinue["standing"][number]) =>
      placed.some((each) => each.contractId === contractId && [null, billingKey].includes(each.billingKey));
    const home = draft.standing.find((line) => !isPlaced(line))?.contractId ?? null;
    homes.set(draft, home);
    return home;
  };
}

/** What people placed joins the documents that continue those drafts; other drafts become documents by it. */
function mergeParts(
  documents: Document[],
  elsewhere: readonly (Part & { readonly draft: DraftToContinue })[],
): PlacedDocument[] {
  const natural = new Set(documents);
  const byDraft = new Map(documents.flatMap((document) => (document.draft ? [[document.draft.id, document]] : [])));
  for (const { draft, ...part } of elsewhere) {
    const document = byDraft.get(draft.id) ?? { draft, parts: [] };
    if (!byDraft.has(draft.id)) documents.push(document);
    byDraft.set(draft.id, document);
    // Where a draft takes in whatever is placed there, the first one decides what it agrees in.
    const first = document.parts[0];
    if (first === undefined || first.contract.sheetKey === part.contract.sheetKey) document.parts.push(part);
    else documents.push({ draft: null, parts: [part] });
  }
  return documents.map((document) => toDocument(document, natural.has(document)));
}

function toDocument({ draft, parts }: Document, isByRule: boolean): PlacedDocument {
  const [first] = parts as [Part, ...Part[]];
  const contractIds = new Set(parts.map(({ contract }) => contract.contractId));
  const isOfOne = contractIds.size === 1 && (isByRule || draft?.contractId === first.contract.contractId);
  return {
    draftId: draft?.id ?? null,
    contractId: isOfOne ? first.contract.contractId : null,
    billsOn: draft?.billsOn ?? first.billsOn,
    sheetKey: first.contract.sheetKey,
    lines: parts.flatMap(({ contract, lines }) => lines.map((line) => engineLine(line, contract.contractId))),
  };
}
