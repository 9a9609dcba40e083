import { type CurrencyCode, currency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { money, roundToMinorUnit } from "../../domain/money/money";
import { isId } from "../../platform/ids";
import type { InputProblems } from "../../platform/input-problems";
import { type Product, productsById, taxRates } from "../catalog";
import type { AskedLine, ManualLine } from "./manual-line";

const DESCRIPTION_LENGTH = 300;
export const REASON_LENGTH = 500;
/** As many digits as quantities and prices are kept with. */
const DECIMALS = 12;
/** Fifteen digits before the point, as amounts are kept. */
const AMOUNT_LIMIT = "1e15";
/** Sixteen before it, as quantities and prices are. */
const FACTOR_LIMIT = "1e16";

export type ReadLine = Omit<ManualLine, "id" | "invoiceId" | "ordinal" | "createdBy" | "createdAt">;

/**
 * Checks lines as they are asked for and works out their amounts: quantity × unit price, rounded once to the currency. Null
 * stands for a line with a problem.
 */
export async function readLines(
  asked: readonly AskedLine[],
  code: CurrencyCode,
  problems: InputProblems,
  pathOf: (index: number) => readonly string[],
): Promise<(ReadLine | null)[]> {
  const products = await productsById([...new Set(asked.map(({ productId }) => productId))].filter(isId));
  const codes = new Set((await taxRates()).map((rate) => rate.code));
  return asked.map((line, index) => {
    const before = problems.found.length;
    const at = (field: string) => [...pathOf(index), field];
    const product = products.get(line.productId);
    if (!product) problems.report("PRODUCT_NOT_FOUND", `There is no product ${line.productId}.`, ...at("productId"));
    checkWords(line, problems, at);
    if (line.endsBefore <= line.startsOn) {
      const message = `No day lies from ${line.startsOn} to before ${line.endsBefore}.`;
      problems.report("PERIOD_WITHOUT_DAYS", message, ...at("endsBefore"));
    }
    if (line.taxCode !== null && !codes.has(line.taxCode)) {
      const message = `There is no tax code ${line.taxCode}. Leave it out for that of the product.`;
      problems.report("TAX_CODE_UNKNOWN", message, ...at("taxCode"));
    }
    const amount = readAmount(line, code, problems, at);
    if (!product || amount === null || problems.found.length > before) return null;
    return toLine(line, product, amount, code);
  });
}

function toLine(line: AskedLine, product: Product, amount: Decimal, code: CurrencyCode): ReadLine {
  return {
    productId: product.id,
    description: line.description ?? product.name,
    serviceStartsOn: line.startsOn,
    serviceEndsBefore: line.endsBefore,
    quantity: line.quantity?.toFixed() ?? null,
    unitPrice: line.unitPrice?.toFixed() ?? null,
    amount: amount.toFixed(currency(code).minorUnits),
    taxCode: line.taxCode,
    reason: line.reason,
  };
}

type At = (field: string) => readonly string[];

function checkWords({ description, reason }: AskedLine, problems: InputProblems, at: At): void {
  problems.checkOptionalText(description, "The description", DESCRIPTION_LENGTH, ...at("description"));
  problems.checkText(reason, "The reason", REASON_LENGTH, ...at("reason"));
}

function readAmount(
  { quantity, unitPrice, amount }: AskedLine,
  code: CurrencyCode,
  problems: InputProblems,
  at: At,
): Decimal | null {
  const isWhole = (quantity === null) === (unitPrice === null);
  if (!isWhole || (amount === null) === (unitPrice === null)) {
    problems.report("AMOUNT_AMBIGUOUS", "Send either quantity and unitPrice, or amount.", ...at("amount"));
    return null;
  }
  if (amount !== null) return checkAmount(amount, code, problems, at("amount")) ? amount : null;
  const factors = { quantity: quantity as Decimal, unitPrice: unitPrice as Decimal };
  for (const field of ["quantity", "unitPrice"] as const) {
    const value = factors[field];
    if (value.decimalPlaces() > DECIMALS || value.abs().gte(FACTOR_LIMIT)) {
      const message = `Up to ${DECIMALS} decimals, and below ${FACTOR_LIMIT}.`;
      problems.report("FACTOR_OUT_OF_RANGE", message, ...at(field));
      return null;
    }
  }
  const product = roundToMinorUnit(money(factors.quantity.times(factors.unitPrice), currency(code))).amount;
  return checkAmount(product, code, problems, at("unitPrice")) ? product : null;
}

/** True where an amount can stand on a line: within the range, and as precise as the currency. */
export function checkAmount(
  amount: Decimal,
  code: CurrencyCode,
  problems: InputProblems,
  path: readonly string[],
): boolean {
  const { minorUnits } = currency(code);
  if (amount.abs().gte(AMOUNT_LIMIT)) {
    problems.report("AMOUNT_OUT_OF_RANGE", `An amount is below ${AMOUNT_LIMIT}.`, ...path);
    return false;
  }
  if (amount.decimalPlaces() > minorUnits) {
    problems.report("AMOUNT_TOO_PRECISE", `${code} has ${minorUnits} decimals.`, ...path);
    return false;
  }
  return true;
}
