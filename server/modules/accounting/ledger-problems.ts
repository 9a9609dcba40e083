import { formatDay } from "../../domain/calendar/format";
import type { LedgerFacts } from "../../integrations/xero/accounting-ledger";
import { xeroCannotHold } from "../../integrations/xero/xero";
import type { LedgerProblem, PreparedDocument } from "./accounting";

/** What keeps a document from a file, which has a journal beside it. */
export function problemsForFile({ document, problems }: PreparedDocument): readonly LedgerProblem[] {
  const missing: LedgerProblem[] = [];
  if (document.receivableAccount === null) {
    missing.push(settingMissing("RECEIVABLE_ACCOUNT_MISSING", "receivable account, which invoices debit"));
  }
  if (document.lines.some(({ tax, taxAccount }) => !tax.isZero() && taxAccount === null)) {
    missing.push(settingMissing("TAX_ACCOUNT_MISSING", "tax account, which the tax of invoices credits"));
  }
  return [...problems, ...missing];
}

const settingMissing = (code: string, name: string): LedgerProblem => ({
  code,
  message: `The accounting settings have no ${name}. Set it with setAccountingSettings.`,
  subjectType: "settings",
  subject: code,
});

/** What keeps a document from Xero, by what Xero's books were when they were last read. */
export function problemsForXero(prepared: PreparedDocument, facts: LedgerFacts | null): readonly LedgerProblem[] {
  const { document, problems } = prepared;
  const { currency, lines, issuedOn, number, baseCurrency } = document;
  const found = [...problems];
  const cannot = xeroCannotHold(document);
  if (cannot !== null) {
    found.push({ code: "XERO_CANNOT_HOLD", message: cannot, subjectType: "currency", subject: currency });
  }
  if (facts === null) return found;
  if (facts.baseCurrency !== baseCurrency) {
    found.push({
      code: "BASE_CURRENCY_DIFFERS",
      message: `Xero keeps these books in ${facts.baseCurrency}, Billgrid in ${baseCurrency}. Connect the books of this legal entity.`,
      subjectType: "connection",
      subject: facts.baseCurrency,
    });
  }
  if (cannot === null && !facts.currencies.includes(currency)) {
    found.push({
      code: "XERO_CURRENCY_MISSING",
      message: `Xero does not have ${currency}: ${number} cannot go there. Add the currency in Xero (Settings, Currencies), then try again.`,
      subjectType: "currency",
      subject: currency,
    });
  }
  const accounts = new Set(lines.map(({ revenueAccount }) => revenueAccount).filter((code) => code !== ""));
  for (const account of accounts) {
    if (facts.accounts.includes(account)) continue;
    found.push({
      code: "LEDGER_ACCOUNT_UNKNOWN",
      message: `Xero has no active account ${account}. Add it in Xero, or set another one on the product or in the accounting settings.`,
      subjectType: "settings",
      subject: account,
    });
  }
  const taxCodes = new Map(
    lines.filter(({ taxType }) => taxType !== "").map(({ taxCode, taxType }) => [taxCode, taxType]),
  );
  for (const [taxCode, taxType] of taxCodes) {
    if (facts.taxTypes.includes(taxType)) continue;
    found.push({
      code: "TAX_TYPE_UNKNOWN",
      message: `Xero has no active tax type ${taxType}. Map tax code ${taxCode} to another one with setTaxCodeMapping.`,
      subjectType: "tax_code",
      subject: taxCode,
    });
  }
  const { lockedThrough } = facts;
  if (lockedThrough !== null && issuedOn <= lockedThrough) {
    found.push({
      code: "XERO_PERIOD_LOCKED",
      message:
        `Xero's books are locked through ${formatDay(lockedThrough)}, and ${number} is dated ${formatDay(issuedOn)}: ` +
        `Xero files a document under its day of issue, whatever day Billgrid posts it on (${formatDay(document.accountingOn)}). ` +
        "Move the lock date in Xero, or book it there by hand.",
      subjectType: "invoice",
      subject: document.id,
    });
  }
  return found;
}
