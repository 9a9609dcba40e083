import type { PlainDate } from "../../../server/domain/calendar/plain-date";
import type { Contract } from "../../../server/domain/contract/contract";
import { groupBy } from "../../../server/domain/group-by";
import type { BilledLine, Line } from "../../../server/domain/invoice/line";
import type { BillingProposal, Rebill } from "../../../server/domain/invoice/propose-invoices";
import { type BillingWindow, originalKeyOf } from "../../../server/domain/invoice/segment";
import { type Decimal, ZERO } from "../../../server/domain/money/decimal";
import { add } from "../../../server/domain/money/money";
import { END } from "../arbitrary-contract";
import { readingsFor, type World } from "../billing-world";
import type { Engine } from "./engine";

export type Issued = Line & BilledLine;

/** The last day on which something of the contract falls due. */
export const lastDueDay = ({ endsBefore }: Contract): PlainDate => endsBefore ?? END;

export const wholeTerm = (terms: Contract): BillingWindow => ({ from: terms.startsOn, through: lastDueDay(terms) });

/** Every line of a window and those it is judged with. */
export function linesOf(engine: Engine, terms: Contract, world: World, window = wholeTerm(terms)): Line[] {
  const plan = engine.planSegments(terms, window);
  return engine.expectedLines(terms, plan, readingsFor(plan, world));
}

export type Step = { readonly terms: Contract; readonly asOf: PlainDate; readonly world: World };

export function propose(engine: Engine, { terms, asOf, world }: Step, billed: readonly Issued[] = []): BillingProposal {
  const plan = engine.planSegments(terms, { from: terms.startsOn, through: asOf });
  return engine.proposeInvoices({ contract: terms, plan, ...readingsFor(plan, world), billed });
}

/** What is proposed where everything was billed as it should be. */
export const NOTHING: BillingProposal = { invoices: [], rebills: [], waiting: [], ignored: [] };

/** Bills step by step, each time handing in what stands issued after the steps before. */
export function bill(engine: Engine, steps: readonly Step[]): Issued[] {
  return steps.reduce<Issued[]>((billed, step, index) => {
    if (step.asOf < step.terms.startsOn) return billed;
    const { invoices, rebills } = propose(engine, step, billed);
    const issued = invoices.flatMap(({ billsOn, lines }) =>
      lines.map((line) => ({ ...line, documentId: `${billsOn} in step ${index}` })),
    );
    return [...rebills.reduce(billAgain, billed), ...issued];
  }, []);
}

/** The document is credited in full and issued again, with each line as it should have been, and those it should have had. */
function billAgain(billed: readonly Issued[], { documentId, corrections }: Rebill): Issued[] {
  const byOriginal = new Map(corrections.map((correction) => [correction.originalKey, correction]));
  const again = billed.map((line) => {
    const correction = line.documentId === documentId ? byOriginal.get(originalKeyOf(line.key)) : undefined;
    if (correction === undefined) return line;
    byOriginal.delete(correction.originalKey);
    const { expected } = correction;
    return {
      ...line,
      net: add(line.net, correction.line.net),
      explanation: expected?.explanation ?? line.explanation,
    };
  });
  const added = [...byOriginal.values()].flatMap(({ expected }) => (expected ? [{ ...expected, documentId }] : []));
  return [...again, ...added];
}

/** Lines of charges, those of one lineage in one full period together. */
export const byFullPeriod = (lines: readonly Line[]): Map<string, Line[]> =>
  groupBy(
    lines.filter(({ lineageId }) => lineageId !== null),
    ({ lineageId, fullPeriod }) => `${lineageId} ${fullPeriod.startsOn}/${fullPeriod.endsBefore}`,
  );

type Billed = Pick<BilledLine, "lineageId" | "boundId" | "net">;

/** What each charge and each bound comes to, where it is not nothing. */
export const totals = (lines: readonly Billed[]): { readonly [subject: string]: string } =>
  Object.fromEntries(
    [...groupBy(lines, ({ lineageId, boundId }) => lineageId ?? boundId)]
      .map(([subject, same]) => [subject, totalOf(same)] as const)
      .filter(([, total]) => !total.isZero())
      .map(([subject, total]) => [subject, total.toFixed()]),
  );

export const totalOf = (lines: readonly Pick<BilledLine, "net">[]): Decimal =>
  lines.reduce((total, { net }) => total.plus(net.amount), ZERO);
