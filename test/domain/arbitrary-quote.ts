import * as fc from "fast-check";
import { isRecurring } from "../../server/domain/calendar/cadence";
import type { Charge, Contract, Phase } from "../../server/domain/contract/contract";
import type { Price } from "../../server/domain/pricing/price";
import type { LineToPrice, PhaseToPrice, QuoteToPrice } from "../../server/domain/quote/figures";
import { arbitraryContract } from "./arbitrary-contract";

/**
 * A quote whose contract may have everything that a contract may have. Its phases are those of the contract, each alone
 * or with the next ones, as phases with trials and ramps are; prices without usage may be negotiated down by ten.
 */
export const arbitraryQuote: fc.Arbitrary<QuoteToPrice> = fc
  .record({
    terms: arbitraryContract,
    isJoined: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    isOpen: fc.boolean(),
    isNegotiated: fc.boolean(),
  })
  .map(({ terms, isJoined, isOpen, isNegotiated }) => {
    const bare: Contract = { ...terms, billedThrough: null };
    return quoteOf(isOpen ? withoutEnd(bare) : bare, { isJoined, isNegotiated });
  });

/** Bounds and discounts may end before the quote does. */
const withoutEnd = (terms: Contract): Contract => ({
  ...terms,
  endsBefore: null,
  phases: terms.phases.map((each, index) => (index === terms.phases.length - 1 ? { ...each, endsBefore: null } : each)),
});

export function quoteOf(
  contract: Contract,
  {
    isJoined = [],
    isNegotiated = false,
  }: { readonly isJoined?: readonly boolean[]; readonly isNegotiated?: boolean } = {},
): QuoteToPrice {
  const charges = contract.phases.flatMap((phase) => phase.charges);
  const listed = new Map(charges.map((charge) => [charge.price, listedFor(charge)]));
  return {
    contract,
    listedTermsOf: (price) => (isNegotiated ? (listed.get(price) ?? null) : null),
    termsIdOf: (id) => `terms of ${id}`,
    phases: joined(contract.phases, isJoined),
  };
}

/** Ten more, and a flat fee by the quarter. */
const listedFor = ({ price, cadence, timing }: Charge) => ({
  price: tenMore(price),
  cadence: price.model === "flat" && isRecurring(cadence) ? ("quarterly" as const) : cadence,
  timing,
});

function tenMore(price: Price): Price {
  if (price.model === "flat") return { ...price, fee: price.fee.plus(10) };
  return price.model === "per_unit" ? { ...price, unitPrice: price.unitPrice.plus(10) } : price;
}

function joined(phases: readonly Phase[], isJoined: readonly boolean[]): PhaseToPrice[] {
  const asked: PhaseToPrice[] = [];
  phases.forEach(({ startsOn, endsBefore, charges }, index) => {
    const last = asked.at(-1);
    const lines = charges.map(
      ({ lineageId, description, metricId }): LineToPrice => ({
        id: "",
        lineageId,
        description,
        isMetered: metricId !== null,
      }),
    );
    if (last && isJoined[index]) {
      const known = new Set(last.lines.map(({ lineageId }) => lineageId));
      const more = lines.filter(({ lineageId }) => !known.has(lineageId));
      asked[asked.length - 1] = named({ ...last, endsBefore, lines: [...last.lines, ...more] });
    } else asked.push(named({ id: `phase-${index}`, name: `Phase ${asked.length + 1}`, startsOn, endsBefore, lines }));
  });
  return asked;
}

const named = (phase: PhaseToPrice): PhaseToPrice => ({
  ...phase,
  lines: phase.lines.map((line) => ({ ...line, id: `${phase.id} ${line.lineageId}` })),
});
