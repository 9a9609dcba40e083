import { Field, InputType, Int } from "type-graphql";
import type { BillingTiming } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import type { SeatStrategy } from "../../domain/pricing/price";
import { DecimalScalar, PercentScalar } from "../../platform/graphql/scalars";
import type { CadenceName } from "./asked-cadence";
import { BillingTimingEnum, CadenceEnum } from "./catalog.types";
import type { CustomTerms, PriceTermsAsked, TermsAsked } from "./new-price";
import { SeatStrategyEnum } from "./price-terms.types";

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

@InputType({ description: "The part of an amount above the tier before, up to and including its own bound." })
export class PercentTierInput {
  @Field(() => DecimalScalar, { nullable: true, description: "The end of the tier; null for the last tier." })
  upTo?: Decimal | null;
  @Field(() => PercentScalar, { description: 'Of what lies in the tier, 0 or more; "2.9" means 2.9 %.' })
  percent!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: "Due once as soon as the tier is reached." })
  flatFee?: Decimal | null;
}

@InputType({ description: "Percentages by tiers of the events' summed amounts; the last tier has no bound." })
export class GraduatedPercentageTermsInput {
  @Field(() => [PercentTierInput], { description: "At least one." }) tiers!: PercentTierInput[];
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The first part of the amounts, which costs nothing; the tiers begin after it.",
  })
  includedAmount?: Decimal | null;
  @Field(() => Boolean, {
    defaultValue: true,
    description: "Whether the first tier's flat fee is due without any usage.",
  })
  feeAtZero!: boolean;
}

@InputType({ description: "The price of usage that says this of itself." })
export class MatrixRowInput {
  @Field(() => [String], { description: "A value for each dimension, in their order." }) values!: string[];
  @Field(() => DecimalScalar, { description: "Of each unit, 0 or more." }) unitPrice!: Decimal;
}

@InputType({ description: "A unit price by what the events say of themselves." })
export class MatrixTermsInput {
  @Field(() => [String], { description: "Properties of the events; the metric groups by all of them." })
  dimensions!: string[];
  @Field(() => [MatrixRowInput], { description: "Included units are used up in their order, the default last." })
  rows!: MatrixRowInput[];
  @Field(() => DecimalScalar, { description: "Of each unit that no row names, 0 or more." }) defaultUnitPrice!: Decimal;
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
  @Field(() => CadenceEnum, {
    nullable: true,
    description:
      "How often seats beyond those billed in advance fall due; it divides the cadence of the price. null: with the price itself.",
  })
  overageCadence?: CadenceName | null;
  @Field(() => Int, { nullable: true, description: "1 to 120, with the overage cadence CUSTOM alone." })
  overageCadenceMonths?: number | null;
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
  @Field(() => GraduatedPercentageTermsInput, {
    nullable: true,
    description: "Of each part of the amounts the percent of its own tier.",
  })
  graduatedPercentage?: GraduatedPercentageTermsInput | null;
  @Field(() => MatrixTermsInput, { nullable: true, description: "A unit price by what the events say of themselves." })
  matrix?: MatrixTermsInput | null;
  @Field(() => FeeTermsInput, { nullable: true, description: "Once, for each unit of the contracted quantity." })
  oneTime?: FeeTermsInput | null;
}

@InputType()
abstract class TermsInput {
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
}

@InputType({
  description:
    "Terms of one contract in the place of a price's own, in its currency. Proration and metric stay as they are listed, and what these terms leave out of cadence and timing.",
})
export class CustomTermsInput extends TermsInput {
  @Field(() => CadenceEnum, {
    nullable: true,
    description: "How often it falls due; the terms are for one such period. null: as the price is listed.",
  })
  cadence?: CadenceName | null;
  @Field(() => Int, { nullable: true, description: "1 to 120, with the cadence CUSTOM alone." })
  cadenceMonths?: number | null;
  @Field(() => BillingTimingEnum, {
    nullable: true,
    description: "On which end of a period it is billed. null: as the price is listed.",
  })
  timing?: BillingTiming | null;
}

@InputType()
export abstract class PricedInput extends TermsInput {
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
}

/** What is left out means the same as null, and the last tier may leave its bound out. */
export const askedTerms = ({ terms, includedUnits, minimum, maximum }: TermsInput): TermsAsked => ({
  terms: modelAsked(terms),
  includedUnits: includedUnits ?? null,
  minimum: minimum ?? null,
  maximum: maximum ?? null,
});

export const customTerms = (input: CustomTermsInput): CustomTerms => ({
  ...askedTerms(input),
  cadence: input.cadence ?? null,
  cadenceMonths: input.cadenceMonths ?? null,
  timing: input.timing ?? null,
});

function modelAsked({ seat, graduated, volume, graduatedPercentage, ...rest }: PriceTermsInput): PriceTermsAsked {
  return {
    ...rest,
    ...(graduated && { graduated: withBounds(graduated) }),
    ...(volume && { volume: withBounds(volume) }),
    ...(graduatedPercentage && { graduatedPercentage: withBounds(graduatedPercentage) }),
    ...(seat && {
      seat: {
        ...seat,
        ...(seat.graduated && { graduated: withBounds(seat.graduated) }),
        ...(seat.volume && { volume: withBounds(seat.volume) }),
      },
    }),
  } as PriceTermsAsked;
}

const withBounds = <T extends TieredTermsInput | GraduatedPercentageTermsInput>(terms: T) => ({
  ...terms,
  tiers: terms.tiers.map(({ upTo = null, flatFee = null, ...tier }) => ({ ...tier, upTo, flatFee })),
});
