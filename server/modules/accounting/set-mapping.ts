import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalid, invalidInput, notFound, staleVersion } from "../../platform/refusal";
import { productsById, taxRates } from "../catalog";
import type { AccountingSettings } from "./accounting";
import {
  accountingSettings,
  saveAccountingSettings,
  saveTaxCode,
  saveTracking,
  trackingOptions,
} from "./mapping.store";

/** Xero's own limits, which are below those of the others. */
const [LONGEST_ACCOUNT, LONGEST_TAX_TYPE, LONGEST_TRACKING, CATEGORIES_MOST] = [50, 50, 100, 2];

type SettingsChange = {
  readonly version: number;
  readonly changes: Partial<Omit<AccountingSettings, "version">>;
};

/** Sets the ledger accounts for what has none of its own. What is left out stays. */
export const setAccountingSettings = command({
  name: "setAccountingSettings",
  permission: "run_billing",
  mayChangeNothing: true,
  run: async ({ version, changes }: SettingsChange, { caller, now, note }) => {
    const before = await accountingSettings();
    if (before.version !== version) return staleVersion("accounting settings", before.version);
    const after = { ...before, ...changes };
    const problems = new InputProblems();
    problems.checkOptionalText(after.revenueAccount, "The revenue account", LONGEST_ACCOUNT, "revenueAccount");
    problems.checkOptionalText(after.receivableAccount, "The receivable account", LONGEST_ACCOUNT, "receivableAccount");
    problems.checkOptionalText(after.taxAccount, "The tax account", LONGEST_ACCOUNT, "taxAccount");
    if (!problems.isEmpty) return invalidInput(problems.found);
    if (!(await saveAccountingSettings(after, now))) {
      return staleVersion("accounting settings", (await accountingSettings()).version);
    }
    note({
      action: "accounting.settings_changed",
      subjectType: "organization",
      subjectId: caller.organizationId,
      before,
      after: changes,
    });
    return ok({ version: version + 1 });
  },
});

type TaxCodeChange = {
  readonly taxCode: string;
  readonly taxType: string | null;
  readonly taxAccount: string | null;
};

/** Says what a tax code is called in the ledger; null takes that back. */
export const setTaxCodeMapping = command({
  name: "setTaxCodeMapping",
  permission: "run_billing",
  run: async (change: TaxCodeChange, { caller, now, note }) => {
    const { taxCode, taxType, taxAccount } = change;
    const known = new Set((await taxRates()).map(({ code }) => code));
    if (!known.has(taxCode)) {
      const message = `There is no tax code "${taxCode}". The catalog has ${[...known].sort().join(", ") || "none"}.`;
      return invalid("TAX_CODE_UNKNOWN", message, ["taxCode"]);
    }
    const problems = new InputProblems();
    problems.checkOptionalText(taxType, "The tax type", LONGEST_TAX_TYPE, "taxType");
    problems.checkOptionalText(taxAccount, "The tax account", LONGEST_ACCOUNT, "taxAccount");
    if (!problems.isEmpty) return invalidInput(problems.found);
    await saveTaxCode(change, now);
    note({
      action: "accounting.tax_code_mapped",
      subjectType: "organization",
      subjectId: caller.organizationId,
      after: change,
    });
    return ok({ taxCode });
  },
});

type TrackingChange = {
  readonly productId: string | null;
  readonly category: string;
  readonly option: string | null;
};

/** Sets the option of a tracking category for one product, or for all without one of their own; null takes it away. */
export const setTrackingOption = command({
  name: "setTrackingOption",
  permission: "run_billing",
  run: async (change: TrackingChange, { caller, now, note }) => {
    const { productId, category, option } = change;
    const problems = new InputProblems();
    problems.checkText(category, "The tracking category", LONGEST_TRACKING, "category");
    problems.checkOptionalText(option, "The tracking option", LONGEST_TRACKING, "option");
    if (!problems.isEmpty) return invalidInput(problems.found);
    if (productId !== null && !(isId(productId) && (await productsById([productId])).has(productId))) {
      return notFound("product", productId, ["productId"]);
    }
    const categories = new Set((await trackingOptions()).map((each) => each.category));
    if (option !== null && categories.size >= CATEGORIES_MOST && !categories.has(category)) {
      const message = `A ledger has ${CATEGORIES_MOST} tracking categories at most; there are ${[...categories].join(" and ")}.`;
      return invalid("TOO_MANY_TRACKING_CATEGORIES", message, ["category"]);
    }
    await saveTracking(change, now);
    note({
      action: "accounting.tracking_set",
      subjectType: productId === null ? "organization" : "product",
      subjectId: productId ?? caller.organizationId,
      after: change,
    });
    return ok({ category });
  },
});
