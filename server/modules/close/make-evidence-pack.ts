import { createHash } from "node:crypto";
import { strToU8, zipSync } from "fflate";
import { lastDayOf } from "../../domain/calendar/period";
import { periodOf } from "../../domain/calendar/plain-month";
import { Decimal } from "../../domain/money/decimal";
import { type Cell, toCsv } from "../../integrations/file-export/csv";
import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { reconciliationOfMonth } from "../accounting";
import { customersById } from "../customer";
import { rowsOfMonth } from "../month-end";
import { loadOrganization } from "../organization";
import { agingRows, receivablesOfMonth } from "../receivable";
import { CHECK_TITLES } from "./check-titles";
import type { MonthClose } from "./close";
import { closesById, waiversOf } from "./close.store";
import {
  auditInEvidence,
  changesByHandInEvidence,
  documentsInEvidence,
  evidenceByClose,
  insertEvidence,
  requestsInEvidence,
  signOffsInEvidence,
} from "./evidence.store";

type Sheet = { readonly name: string; readonly titles: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

/**
 * Archives what a month was closed on, as one ZIP of CSV files with a list of their hashes: the same close makes it once.
 * Nothing in it is calculated anew that the close had judged; what is said of documents is as it stands when it is made.
 */
export async function makeEvidencePack(clock: Clock, monthCloseId: string): Promise<void> {
  const close = (await closesById([monthCloseId])).get(monthCloseId);
  if (!close || (await evidenceByClose([monthCloseId])).has(monthCloseId)) return;
  const organization = await loadOrganization();
  const { now, today } = organizationTime(clock, organization);
  const { month } = close;
  const sheets: Sheet[] = [
    checklistSheet(close),
    ofRows("waivers", await waiversOf(month), ["check", "subject", "amount", "currency", "reason", "waivedBy"]),
    await variancesSheet(close, today),
    sheetOf("sign-offs", await signOffsInEvidence(month)),
    sheetOf("documents", await documentsInEvidence(month)),
    sheetOf("changes-by-hand", await changesByHandInEvidence(month)),
    sheetOf("second-person", await requestsInEvidence(month)),
    await rollForwardSheet(close),
    await agingSheet(close, organization.timeZone),
    await reconciliationSheet(close),
    sheetOf("audit", await auditInEvidence(month)),
  ];
  const files = sheets.map(({ name, titles, rows }) => ({
    name: `${name}.csv`,
    content: strToU8(
      toCsv(
        titles,
        rows.map((cells) => ({ cells, decimals: 0 })),
      ),
    ),
  }));
  const summary = {
    organization: organization.legalName,
    month,
    closedBy: close.closedBy,
    closedAt: close.closedAt,
    note: close.note,
    checks: close.checklist.map(({ kind, state, findings }) => ({
      check: CHECK_TITLES[kind],
      state,
      findings: findings.length,
    })),
    files: files.map(({ name, content }) => ({ name, sha256: createHash("sha256").update(content).digest("hex") })),
  };
  const all = [{ name: "summary.json", content: strToU8(`${JSON.stringify(summary, null, 2)}\n`) }, ...files];
  const zipped = zipSync(
    Object.fromEntries(all.map(({ name, content }) => [name, [content, { mtime: close.closedAt }]])),
  );
  await inTransaction(() =>
    insertEvidence({ monthCloseId, fileName: `evidence-${month}.zip`, content: Buffer.from(zipped) }, now),
  );
}

const checklistSheet = ({ checklist }: MonthClose): Sheet => ({
  name: "checklist",
  titles: ["check", "state", "subject", "problem", "remedy", "amount", "currency", "let pass"],
  rows: checklist.flatMap(({ kind, state, findings }): (readonly Cell[])[] =>
    findings.length === 0
      ? [[CHECK_TITLES[kind], state, null, null, null, null, null, null]]
      : findings.map(({ subject, problem, remedy, amount, currency, isWaived }) => [
          CHECK_TITLES[kind],
          state,
          subject,
          problem,
          remedy,
          numberOf(amount),
          currency,
          isWaived ? "yes" : null,
        ]),
  ),
});

async function variancesSheet({ month }: MonthClose, today: Parameters<typeof rowsOfMonth>[1]): Promise<Sheet> {
  const { titles, rows } = await rowsOfMonth(month, today);
  const text = (cell: string | boolean | null): Cell =>
    typeof cell === "boolean" ? (cell ? "yes" : "no") : guessed(cell);
  return { name: "variances", titles, rows: rows.map((cells) => cells.map(text)) };
}

async function rollForwardSheet({ month }: MonthClose): Promise<Sheet> {
  const { rows, inBase, baseCurrency } = await receivablesOfMonth(month);
  const all = [...rows, ...(inBase ? [{ currency: `all, in ${baseCurrency}`, ...inBase }] : [])];
  return {
    name: "receivables",
    titles: ["currency", "opening", "invoiced", "credited", "paid", "refunded", "written off", "fx", "closing"],
    rows: all.map((row) => [
      row.currency,
      row.opening,
      row.invoiced,
      row.credited,
      row.paid,
      row.refunded,
      row.writtenOff,
      row.fx,
      row.closing,
    ]),
  };
}

async function agingSheet({ month }: MonthClose, timeZone: string): Promise<Sheet> {
  const rows = await agingRows(lastDayOf(periodOf(month)), timeZone, null);
  const customers = await customersById([...new Set(rows.map(({ customerId }) => customerId))]);
  const named = rows.map((row) => ({ ...row, name: customers.get(row.customerId)?.legalName ?? row.customerId }));
  return {
    name: "aging",
    titles: ["customer", "currency", "not due", "1-30", "31-60", "61-90", "over 90", "disputed", "due", "balance"],
    rows: named
      .toSorted((a, b) => (`${a.name} ${a.currency}` < `${b.name} ${b.currency}` ? -1 : 1))
      .map(({ name, currency, aged, due, balance }) => [
        name,
        currency,
        aged.notDue,
        aged.days1To30,
        aged.days31To60,
        aged.days61To90,
        aged.over90,
        aged.disputed,
        due,
        balance,
      ]),
  };
}

async function reconciliationSheet({ month }: MonthClose): Promise<Sheet> {
  const { differing } = await reconciliationOfMonth(month);
  return {
    name: "accounting-differences",
    titles: ["number", "difference", "in words"],
    rows: differing.flatMap(({ number, differences }) =>
      differences.map(({ code, message }) => [number, code, message]),
    ),
  };
}

type Row = Readonly<Record<string, string | null>>;

const sheetOf = (name: string, rows: readonly Row[]): Sheet => ({
  name,
  titles: Object.keys(rows[0] ?? {}),
  rows: rows.map((row) => Object.values(row).map(guessed)),
});

const ofRows = <R extends object>(name: string, rows: readonly R[], keys: readonly (keyof R & string)[]): Sheet => ({
  name,
  titles: keys,
  rows: rows.map((row) => keys.map((key) => guessed(row[key] as string | null))),
});

/** A decimal stays one, so that a sheet can add it up; all else is text, defused where it looks like a formula. */
const guessed = (text: string | null): Cell => (text !== null && /^-?\d+\.\d+$/.test(text) ? new Decimal(text) : text);

const numberOf = (text: string | null): Cell => (text === null ? null : new Decimal(text));
