import { Field, ID, InputType, Int } from "type-graphql";
import type { Cadence } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import type { SeatStrategy } from "../../domain/pricing/price";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { BillingTimingEnum, CadenceEnum, ProrationRuleEnum, TaxCategoryEnum } from "./catalog.types";
import type { PriceTermsAsked } from "./new-price";
import { SeatStrategyEnum } from "./price-terms.types";
import type { TaxCategory } from "./tax-rate";

@InputType({ description: "Something to sell." })
export class CreateProductInput {
  @Field(() => String, { description: "Your own short name; unique." }) code!: string;
  @Field(() => String, { description: "As it stands on invoices." }) name!: string;
  @Field(() => String, { nullable: true, description: "For your own use." }) description?: string | null;
  @Field(() => String, { nullable: true, description: 'What one unit is called, such as "API call".' }) unit?:
    | string
    | null;
  @Field(() => String, { description: "Chooses the tax rate together with the tax point." }) taxCode!: string;
  @Field(() => String, { nullable: true, description: "The account of the accounting system." }) ledgerAccount?:
    | string
    | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateProductInput {
  @Field(() => ID, { description: "Of the product." }) id!: string;
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true, description: "Your own short name; unique." }) code?: string | null;
  @Field(() => String, { nullable: true, description: "As it stands on invoices." }) name?: string | null;
  @Field(() => String, { nullable: true, description: "null: none." }) description?: string | null;
  @Field(() => String, { nullable: true, description: "null: none." }) unit?: string | null;
  @Field(() => String, { nullable: true, description: "Drafts that bill the product become stale by it." }) taxCode?:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "null: none." }) ledgerAccount?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "The units above the tier before, up to and including its own bound." })
export class TierInput {
  @Field(() => DecimalScalar, { nullable: true, description: "The last unit of the tier; null for the last tier." })
  upTo?: Decimal | null;
  @Field(() => DecimalScalar, { description: "Of each unit, 0 or more." }) unitPrice!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: "Due once as soon as the tier is reached." })
  flatFee?: Decimal | null;
}

@InputType({ description: "A fee." })
export class FeeTermsInput {
  @Field(() => DecimalScalar, { description: "0 or more." }) fee!: Decimal;
}

@InputType({ description: "The same price for each unit." })
export class PerUnitTermsInput {
  @Field(() => DecimalScalar, { description: "Of each unit, 0 or more." }) unitPrice!: Decimal;
}

@InputType({ description: "A price for each package begun." })
export class PackageTermsInput {
  @Field(() => DecimalScalar, { description: "Units in a package." }) packageSize!: Decimal;
  @Field(() => DecimalScalar, { description: "Of each package, 0 or more." }) packagePrice!: Decimal;
}

@InputType({ description: "Prices by tiers, which ascend; the last one has no bound." })
export class TieredTermsInput {
  @Field(() => [TierInput], { description: "At least one." }) tiers!: TierInput[];
  @Field(() => Boolean, {
    defaultValue: true,
    description: "Whether the first tier's flat fee is due without any usage.",
  })
  feeAtZero!: boolean;
}

@InputType({ description: "So many percent of the amounts of events." })
export class PercentageTermsInput {
  @Field(() => PercentScalar, { description: '"2.9" means 2.9 %.' }) percent!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: "Beside the percentage, for each event." })
  fixedPerEvent?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Percent and fixed fee of an event, at the least." })
  minimumPerEvent?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Percent and fixed fee of an event, at the most." })
  maximumPerEvent?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The first events, which cost nothing." })
  includedEvents?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The first part of the amounts, which costs nothing." })
  includedAmount?: Decimal | null;
}

@InputType({ description: "Seats: exactly one of perUnit, graduated and volume." })
export class SeatTermsInput {
  @Field(() => PerUnitTermsInput, { nullable: true, description: "The same price for each seat." })
  perUnit?: PerUnitTermsInput | null;
  @Field(() => TieredTermsInput, { nullable: true, description: "Each seat costs what its own tier says." })
  graduated?: TieredTermsInput | null;
  @Field(() => TieredTermsInput, { nullable: true, description: "All seats cost what the tier of the last one says." })
  volume?: TieredTermsInput | null;
  @Field(() => SeatStrategyEnum, { description: "How changes within a period count." }) strategy!: SeatStrategy;
}

@InputType({ description: "Exactly one of the models." })
export class PriceTermsInput {
  @Field(() => FeeTermsInput, { nullable: true, description: "A fee for each period, whatever is used." })
  flat?: FeeTermsInput | null;
  @Field(() => PerUnitTermsInput, { nullable: true, description: "The same price for each unit." })
  perUnit?: PerUnitTermsInput | null;
  @Field(() => SeatTermsInput, { nullable: true, description: "Seats, which may change within a period." })
  seat?: SeatTermsInput | null;
  @Field(() => PackageTermsInput, { nullable: true, description: "A price for each package begun." })
  package?: PackageTermsInput | null;
  @Field(() => TieredTermsInput, { nullable: true, description: "Each unit costs what its own tier says." })
  graduated?: TieredTermsInput | null;
  @Field(() => TieredTermsInput, { nullable: true, description: "All units cost what the tier of the last one says." })
  volume?: TieredTermsInput | null;
  @Field(() => PercentageTermsInput, { nullable: true, description: "So many percent of the amounts of events." })
  percentage?: PercentageTermsInput | null;
  @Field(() => FeeTermsInput, { nullable: true, description: "Once, for each unit of the contracted quantity." })
  oneTime?: FeeTermsInput | null;
}

@InputType({ description: "A price, or a further version of one." })
export class CreatePriceInput {
  @Field(() => ID, { description: "What is sold at this price." }) productId!: string;
  @Field(() => ID, {
    nullable: true,
    description: "The lineage to which this is a further version; null: a new price.",
  })
  lineageId?: string | null;
  @Field(() => String, { description: "As it stands on invoices." }) name!: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => PriceTermsInput, { description: "The model and its numbers." }) terms!: PriceTermsInput;
  @Field(() => DecimalScalar, { nullable: true, description: "Units of each full period that cost nothing." })
  includedUnits?: Decimal | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "At least this much for each full period, after discounts.",
  })
  minimum?: Decimal | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "At most this much for each full period, after discounts.",
  })
  maximum?: Decimal | null;
  @Field(() => CadenceEnum, { description: "How often it falls due; ONE_TIME for a one-time price." })
  cadence!: Cadence;
  @Field(() => BillingTimingEnum, { description: "IN_ARREARS where usage is rated." }) timing!: BillingTiming;
  @Field(() => ProrationRuleEnum, {
    defaultValue: "by_days",
    description: "How a period is charged that is served in part.",
  })
  proration!: ProrationRule;
  @Field(() => ID, {
    nullable: true,
    description: "The usage that is rated; null: the contracted quantity, or the seats.",
  })
  metricId?: string | null;
  @Field(() => PlainDateScalar, {
    description: "The first day on which a contract may start with it; later than the version before.",
  })
  effectiveOn!: PlainDate;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A rate of a tax code from a day on." })
export class SetTaxRateInput {
  @Field(() => String, { description: "As products name it." }) code!: string;
  @Field(() => String, { description: 'As it stands on invoices, such as "VAT 20 %".' }) name!: string;
  @Field(() => String, { description: "Where it is owed, such as GB." }) jurisdiction!: string;
  @Field(() => PercentScalar, { description: '"20" means 20 %; from 0 to 100, with up to four decimals.' })
  percent!: Decimal;
  @Field(() => TaxCategoryEnum, { description: "ZERO and EXEMPT are taxed with 0 percent." }) category!: TaxCategory;
  @Field(() => String, {
    nullable: true,
    description: "What invoices print where no tax is charged; needed for EXEMPT.",
  })
  exemptionText?: string | null;
  @Field(() => PlainDateScalar, { description: "By tax point." }) validFromOn!: PlainDate;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

/** The last tier may leave its bound out, or send null. */
export function termsAsked({ seat, graduated, volume, ...rest }: PriceTermsInput): PriceTermsAsked {
  return {
    ...rest,
    ...(graduated && { graduated: withBounds(graduated) }),
    ...(volume && { volume: withBounds(volume) }),
    ...(seat && {
      seat: {
        ...seat,
        ...(seat.graduated && { graduated: withBounds(seat.graduated) }),
        ...(seat.volume && { volume: withBounds(seat.volume) }),
      },
    }),
  } as PriceTermsAsked;
}

const withBounds = ({ tiers, feeAtZero }: TieredTermsInput) => ({
  feeAtZero,
  tiers: tiers.map(({ upTo = null, unitPrice, flatFee = null }) => ({ upTo, unitPrice, flatFee })),
});
