import type { Period } from "../calendar/period";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { money } from "../money/money";
import type { DriverFacts } from "./driver-facts";
import type { Explanation, PeriodText } from "./explanation";
import { dueDayOf, type Line, type LineIdentity } from "./line";
import type { SharedDiscount } from "./shared-discount";

/** What a line is for, and what it is billed under. */
export type LineOf = LineIdentity &
  Pick<Line, "chargeId" | "productId" | "isOneTime" | "isMetered"> & {
    readonly correctsDocumentId?: string | null;
  };

type Amounts = {
  readonly currency: Currency;
  readonly precise: Decimal;
  readonly charge: Decimal;
  readonly discount?: Decimal;
};

/** The amounts of a line, which always agree. */
export type LineMoney = Pick<Line, "precise" | "charge" | "discount" | "net">;

/** The same for all lines that come to the same, so that whoever compares or adds them up meets the same numbers. */
export function lineMoney({ currency, precise, charge, discount = ZERO }: Amounts): LineMoney {
  const charged = money(charge, currency);
  return {
    precise: precise === charge ? charged : money(precise, currency),
    charge: charged,
    discount: money(discount, currency),
    net: discount.isZero() ? charged : money(charge.minus(discount), currency),
  };
}

type LineAmounts = (Amounts | { readonly money: LineMoney }) & {
  readonly description: string;
  readonly quantity?: Decimal;
  readonly unitPrice?: Decimal | null;
  readonly shares?: readonly SharedDiscount[];
  /**
   * The parts of the explanation that this kind of line has. Where lines are many it is written as a method: run from its
   * source, each arrow function is given its name again whenever it is made, and that takes longer than the line.
   */
  readonly explain: () => Partial<Explanation>;
  readonly facts?: () => DriverFacts | null;
};

/** The one place where a line and its explanation are put together, so that both always say the same amounts. */
export const makeLine = (of: LineOf, amounts: LineAmounts): Line => new MadeLine(of, amounts);

/**
 * A line that is explained when its explanation is first read, for that costs more than the arithmetic, and totals do
 * without. The explanation is a property of its own all the same: copied, compared and written like the others.
 */
class MadeLine implements Line {
  declare readonly key: Line["key"];
  declare readonly kind: Line["kind"];
  declare readonly adjusts: Line["adjusts"];
  declare readonly lineageId: Line["lineageId"];
  declare readonly boundId: Line["boundId"];
  declare readonly fullPeriod: Line["fullPeriod"];
  declare readonly servicePeriod: Line["servicePeriod"];
  declare readonly timing: Line["timing"];
  declare readonly dueOn: Line["dueOn"];
  declare readonly correctsDocumentId: Line["correctsDocumentId"];
  declare readonly chargeId: Line["chargeId"];
  declare readonly productId: Line["productId"];
  declare readonly description: Line["description"];
  declare readonly isOneTime: Line["isOneTime"];
  declare readonly isMetered: Line["isMetered"];
  declare readonly quantity: Line["quantity"];
  declare readonly unitPrice: Line["unitPrice"];
  declare readonly precise: Line["precise"];
  declare readonly charge: Line["charge"];
  declare readonly discount: Line["discount"];
  declare readonly net: Line["net"];
  declare readonly shares: Line["shares"];
  declare readonly explanation: Line["explanation"];
  declare readonly driverFacts: DriverFacts | null;
  readonly #facts: LineAmounts["facts"];
  readonly #explain: LineAmounts["explain"];
  #explained: Explanation | null = null;

  /** Fields are written out one by one: spreading objects of this size costs more than the arithmetic. */
  constructor(of: LineOf, amounts: LineAmounts) {
    const { precise, charge, discount, net } = "money" in amounts ? amounts.money : lineMoney(amounts);
    this.key = of.key;
    this.kind = of.kind;
    this.adjusts = of.adjusts;
    this.lineageId = of.lineageId;
    this.boundId = of.boundId;
    this.fullPeriod = of.fullPeriod;
    this.servicePeriod = of.servicePeriod;
    this.timing = of.timing;
    this.dueOn = dueDayOf(of);
    this.correctsDocumentId = of.correctsDocumentId ?? null;
    this.chargeId = of.chargeId;
    this.productId = of.productId;
    this.description = amounts.description;
    this.isOneTime = of.isOneTime;
    this.isMetered = of.isMetered;
    this.quantity = amounts.quantity ?? null;
    this.unitPrice = amounts.unitPrice ?? null;
    this.precise = precise;
    this.charge = charge;
    this.discount = discount;
    this.net = net;
    this.shares = amounts.shares ?? NO_SHARES;
    this.#explain = amounts.explain;
    this.#facts = amounts.facts;
    Object.defineProperties(this, MadeLine.#WHEN_READ);
  }

  /** One for all lines: an accessor of each line's own would make every line a slow object. */
  static readonly #WHEN_READ: PropertyDescriptorMap & ThisType<MadeLine> = {
    explanation: {
      enumerable: true,
      get() {
        this.#explained ??= explainLine(this, this.#explain());
        return this.#explained;
      },
    },
    driverFacts: {
      enumerable: true,
      get() {
        return this.#facts?.() ?? null;
      },
    },
  };
}

const NO_SHARES: readonly SharedDiscount[] = [];

function explainLine(line: Omit<Line, "explanation">, explained: Partial<Explanation>): Explanation {
  return {
    kind: line.kind,
    description: line.description,
    servicePeriod: periodText(line.servicePeriod),
    fullPeriod: periodText(line.fullPeriod),
    quantity: explained.quantity ?? null,
    slices: explained.slices ?? [],
    fullPeriodAmount: explained.fullPeriodAmount ?? null,
    proration: explained.proration ?? null,
    lessBilledBefore: explained.lessBilledBefore ?? null,
    ratedPeriod: explained.ratedPeriod ?? null,
    precise: explained.precise ?? line.precise.amount.toFixed(),
    runningTotal: explained.runningTotal ?? null,
    charge: explained.charge ?? line.charge.amount.toFixed(),
    discounts: explained.discounts ?? [],
    sharedDiscounts: explained.sharedDiscounts ?? [],
    discount: explained.discount ?? line.discount.amount.toFixed(),
    comparison: explained.comparison ?? null,
    adjustment: explained.adjustment ?? null,
    ...(explained.override && { override: explained.override }),
    ...(explained.written && { written: explained.written }),
    rounding: { minorUnits: line.net.currency.minorUnits, mode: "half_away_from_zero" },
    result: line.net.amount.toFixed(),
  };
}

/** A line of another kind that is for the same as a line. */
export const besideLine = (line: Line, { key, kind }: Pick<LineOf, "key" | "kind">): LineOf => ({
  key,
  kind,
  adjusts: null,
  lineageId: line.lineageId,
  boundId: line.boundId,
  fullPeriod: line.fullPeriod,
  servicePeriod: line.servicePeriod,
  timing: line.timing,
  chargeId: line.chargeId,
  productId: line.productId,
  isOneTime: line.isOneTime,
  isMetered: line.isMetered,
  correctsDocumentId: line.correctsDocumentId,
});

export const periodText = ({ startsOn, endsBefore }: Period): PeriodText => ({ startsOn, endsBefore });
