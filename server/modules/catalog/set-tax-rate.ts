import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import type { Percent } from "../../domain/money/percent";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, type Problem } from "../../platform/refusal";
import { percentWarning } from "./percent-warning";
import { customersBilled } from "./product.store";
import type { TaxCategory } from "./tax-rate";
import { insertTaxRate } from "./tax-rate.store";

export type NewTaxRate = {
  readonly code: string;
  readonly name: string;
  readonly jurisdiction: string;
  readonly percent: Decimal;
  readonly category: TaxCategory;
  readonly exemptionText: string | null;
  readonly validFrom: PlainDate;
};

/** Adds a rate that follows the earlier ones of its code; those stay for the tax points before it. */
export const setTaxRate = command({
  name: "setTaxRate",
  permission: "change_catalog",
  run: async (rate: NewTaxRate, { now, note }) => {
    const problems = checkTaxRate(rate);
    if (problems.length > 0) return invalidInput(problems);
    const percent = rate.percent as Percent;
    const id = newId();
    if (!(await insertTaxRate({ ...rate, id, percent }))) {
      return conflict("TAX_RATE_EXISTS", `"${rate.code}" has a rate from ${rate.validFrom} on already.`, [
        "validFromOn",
      ]);
    }
    // The rate is chosen by the tax point, and a draft has none yet: whatever it serves, it may get the new rate.
    const customerIds = await customersBilled({ taxCode: rate.code });
    const staleInvoices = await markDraftsStale({ customerIds, from: null, before: null, reason: "tax", now });
    note({ action: "tax_rate.set", subjectType: "tax_rate", subjectId: id, after: rate });
    return ok({ taxRateId: id, staleInvoices, warnings: percentWarning(percent, ["percent"]) });
  },
});

function checkTaxRate({ code, name, jurisdiction, percent, category, exemptionText }: NewTaxRate): Problem[] {
  const problems = new InputProblems();
  problems.checkText(code, "The code", 50, "code");
  problems.checkText(name, "The name", 100, "name");
  problems.checkText(jurisdiction, "The jurisdiction", 50, "jurisdiction");
  problems.checkOptionalText(exemptionText, "The exemption text", 500, "exemptionText");
  if (percent.lt(0) || percent.gt(100)) {
    problems.report(
      "PERCENT_OUT_OF_RANGE",
      `A tax rate is from 0 to 100 percent, not ${percent.toFixed()}.`,
      "percent",
    );
  } else if (percent.decimalPlaces() > 4) {
    problems.report("PERCENT_TOO_PRECISE", "A tax rate has at most four decimals.", "percent");
  }
  const isFree = category === "zero" || category === "exempt";
  if (isFree && !percent.isZero())
    problems.report("PERCENT_NOT_ZERO", `The category ${category.toUpperCase()} is taxed with 0 percent.`, "percent");
  if (category === "exempt" && exemptionText === null) {
    problems.report(
      "EXEMPTION_TEXT_MISSING",
      "An exempt rate needs the text that invoices print for it.",
      "exemptionText",
    );
  }
  return problems.found;
}
