import { groupBy } from "../../domain/group-by";
import { originalKeyOf } from "../../domain/invoice/segment";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { paidOfSubjects } from "../credit";
import { type CreditOfLine, creditsOfLines } from "./credited.store";
import type { Invoice, InvoiceLine } from "./invoice";
import { linesByInvoice } from "./invoice.store";
import type { Creditable } from "./take-back";

/** What of invoices can still be credited, read for all of them at once. */
export async function loadCreditables(invoices: readonly Invoice[]): Promise<ReadonlyMap<string, Creditable>> {
  const ids = invoices.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const lines = await linesByInvoice(ids);
  const credits = await creditsOfLines(ids);
  const elsewhere = await returnedElsewhere([...lines.values()].flat(), [...credits.values()].flat());
  return new Map(
    invoices.map((invoice): [string, Creditable] => [
      invoice.id,
      {
        invoice,
        lines: lines.get(invoice.id) ?? [],
        credits: credits.get(invoice.id) ?? [],
        returnedElsewhere: elsewhere,
      },
    ]),
  );
}

/**
 * What came back of prepaid credits without a credit note on the line that drew them: a later adjustment of the same
 * service gave it back. By line of credits; lines of which all can come back are left out.
 */
async function returnedElsewhere(
  lines: readonly InvoiceLine[],
  credits: readonly CreditOfLine[],
): Promise<ReadonlyMap<string, Decimal>> {
  const drawn = lines.flatMap((line) => {
    const key = line.explanation.credit?.lineKey;
    const isDrawn = key !== undefined && line.contractId !== null && new Decimal(line.netAmount).lt(0);
    return isDrawn ? [{ line, subject: { contractId: line.contractId, billingKey: originalKeyOf(key) } }] : [];
  });
  if (drawn.length === 0) return new Map();
  const subjects = [...groupBy(drawn, ({ subject }) => textOf(subject)).values()].flatMap(([first]) =>
    first ? [first.subject] : [],
  );
  const out = new Map(
    (await paidOfSubjects(subjects)).map((paid) => [
      `${textOf(paid)}|${paid.grantId}`,
      new Decimal(paid.drawn).minus(paid.returned),
    ]),
  );
  const returned = groupBy(
    credits.filter(({ isIssued }) => isIssued),
    ({ lineId }) => lineId,
  );
  return new Map(
    drawn.flatMap(({ line, subject }): [string, Decimal][] => {
      const key = `${textOf(subject)}|${line.creditGrantId}`;
      const byNotes = (returned.get(line.id) ?? []).reduce((sum, { netAmount }) => sum.plus(netAmount), ZERO);
      const own = ZERO.minus(line.netAmount).minus(byNotes);
      const stillOut = out.get(key) ?? ZERO;
      out.set(key, Decimal.max(stillOut.minus(own), 0));
      return own.gt(stillOut) ? [[line.id, own.minus(Decimal.max(stillOut, 0))]] : [];
    }),
  );
}

const textOf = ({ contractId, billingKey }: { readonly contractId: string; readonly billingKey: string }): string =>
  `${contractId}|${billingKey}`;
