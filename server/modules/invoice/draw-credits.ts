import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { inOrder } from "../../domain/in-order";
import {
  type CreditableLine,
  type CreditReturn,
  creditReturn,
  drawCredits,
  earnedOn,
} from "../../domain/invoice/prepaid-credits";
import { originalKeyOf } from "../../domain/invoice/segment";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { add, money, negate } from "../../domain/money/money";
import {
  type BilledSubject,
  type CreditsAtHand,
  type GrantAtHand,
  paidOfSubjects,
  readCredits,
  type SubjectPaid,
} from "../credit";
import type { DraftCredit, TaxedDraft, TaxedDraftLine } from "./draft";
import { billedOfSubjects, type SubjectBilled } from "./invoice.store";

/** A draft whose lines credits may pay. */
export type PayableDraft = {
  readonly customerId: string;
  /** Whose turn it is on a day: of several contracts the first in order of id; "" where people wrote all lines. */
  readonly contractId: string;
  readonly billsOn: PlainDate;
  readonly taxed: TaxedDraft;
  /** It replaces what a credit note takes back, credits included: it draws, and gives nothing back by itself. */
  readonly isReissue: boolean;
};

export type DrawnCredits = {
  readonly credits: ReadonlyMap<PayableDraft, readonly DraftCredit[]>;
  readonly atHand: CreditsAtHand;
  readonly drawnByGrant: ReadonlyMap<string, Decimal>;
};

type CreditSources = {
  readonly grantIds: readonly string[];
  /** The drafts that are calculated, as far as they exist. */
  readonly draftIds: readonly string[];
  /** What drafts of credit notes give back, by grant. */
  readonly returned: ReadonlyMap<string, Decimal>;
};

/**
 * Projects credits that this transaction holds on the drafts that it calculates, in the order in which they fall due: what
 * credit notes and negative adjustments give back first, then what the lines may draw. Other drafts keep what they
 * draw. The number of statements does not grow with drafts.
 */
export async function drawOnCredits(
  drafts: readonly PayableDraft[],
  { grantIds, draftIds, returned }: CreditSources,
): Promise<DrawnCredits> {
  const atHand = await readCredits(grantIds, { draftIds });
  const credits = new Map<PayableDraft, readonly DraftCredit[]>();
  const drawnByGrant = new Map([...returned].map(([grantId, amount]) => [grantId, ZERO.minus(amount)]));
  if (atHand.grants.length === 0) return { credits, atHand, drawnByGrant };
  const history = await historyOf(drafts);
  for (const draft of drafts.toSorted((a, b) => compareTurn(turnOf(a), turnOf(b)))) {
    const { currency } = draft.taxed;
    const own = atHand.grants.filter(
      (grant) => grant.customerId === draft.customerId && grant.currency === currency.code,
    );
    credits.set(draft, payDraft(draft, { grants: own, drawn: drawnByGrant, history }));
  }
  return { credits, atHand, drawnByGrant };
}

/** Whose turn it is to draw: what falls due first, then by contract, so that it is always the same one's. */
type Turn = { readonly billsOn: PlainDate; readonly contractId: string };

const turnOf = ({ contractId, billsOn }: PayableDraft): Turn => ({ billsOn, contractId });

function compareTurn(a: Turn, b: Turn): number {
  const [one, other] = [`${a.billsOn} ${a.contractId}`, `${b.billsOn} ${b.contractId}`];
  return inOrder(one as string, other as string);
}

type Purse = {
  /** Of the draft's customer and currency. */
  readonly grants: readonly GrantAtHand[];
  /** What this calculation has drawn so far, by grant. */
  readonly drawn: Map<string, Decimal>;
  readonly history: CreditHistory;
};

function payDraft(draft: PayableDraft, { grants, drawn, history }: Purse): DraftCredit[] {
  if (grants.length === 0) return [];
  const { lines } = draft.taxed;
  const byId = new Map(grants.map((grant) => [grant.id, grant]));
  const drawnOf = (id: string) => drawn.get(id) ?? ZERO;
  const take = (line: number, grant: GrantAtHand, amount: Decimal): DraftCredit => {
    const balanceBefore = grant.ledgerBalance.minus(drawnOf(grant.id)).minus(drawnBeforeTurn(grant, turnOf(draft)));
    drawn.set(grant.id, drawnOf(grant.id).plus(amount));
    return { line, grant, amount, balanceBefore };
  };
  const back = lines.flatMap((line, index) =>
    history.returnsOf(line).flatMap(({ grantId, amount }) => {
      const grant = byId.get(grantId);
      return grant ? [take(index, grant, amount.negated())] : [];
    }),
  );
  const payable = lines.map((line, index): CreditableLine => {
    const returned = back.filter((credit) => credit.line === index);
    return {
      key: String(index),
      productId: line.productId,
      net: returned.reduce((net, { amount }) => net.minus(amount), line.net.amount),
      earnedOn: earnedOn(line.line),
    };
  });
  const left = grants.map((grant) => ({ ...grant, balance: grant.balance.minus(drawnOf(grant.id)) }));
  const draws = drawCredits(payable, left).map(({ lineKey, grantId, amount }) =>
    take(Number(lineKey), byId.get(grantId) as GrantAtHand, amount),
  );
  return [...back, ...draws];
}

/** What other drafts draw before it is this one's turn. */
const drawnBeforeTurn = ({ drawnElsewhere }: GrantAtHand, turn: Turn): Decimal =>
  drawnElsewhere.filter((draw) => compareTurn(draw, turn) < 0).reduce((sum, { amount }) => sum.plus(amount), ZERO);

/** What was billed and paid before for what drafts credit. */
type CreditHistory = { returnsOf(line: TaxedDraftLine): readonly CreditReturn[] };

async function historyOf(drafts: readonly PayableDraft[]): Promise<CreditHistory> {
  const subjectOfLine = new Map<TaxedDraftLine, BilledSubject>(
    drafts.flatMap(({ taxed, isReissue }) =>
      taxed.lines.flatMap((line): [TaxedDraftLine, BilledSubject][] => {
        const { contractId } = line.of;
        const isReturn = !isReissue && line.line.kind === "adjustment" && line.net.amount.lt(0);
        return isReturn && contractId !== null
          ? [[line, { contractId, billingKey: originalKeyOf(line.line.key) }]]
          : [];
      }),
    ),
  );
  const subjects = [...subjectOfLine.values()];
  const paid = groupBy(await paidOfSubjects(subjects), textOf);
  const billed = new Map((await billedOfSubjects(subjects)).map((row) => [textOf(row), row]));
  return {
    returnsOf(line) {
      const subject = subjectOfLine.get(line);
      const own = subject && billed.get(textOf(subject));
      return own ? returnsOf(line, own, paid.get(textOf(own)) ?? []) : [];
    },
  };
}

const textOf = ({ contractId, billingKey }: BilledSubject): string => `${contractId}|${billingKey}`;

function returnsOf({ net }: TaxedDraftLine, billed: SubjectBilled, paid: readonly SubjectPaid[]): CreditReturn[] {
  return creditReturn({
    lineNet: money(billed.net, net.currency),
    netCreditedToDate: add(money(billed.credited, net.currency), negate(net)),
    paid: paid.map(({ grantId, drawn, returned }) => ({
      grantId,
      drawn: new Decimal(drawn),
      returned: new Decimal(returned),
    })),
  });
}
