import { createUnionType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Decimal } from "../../domain/money/decimal";
import type { PriceModel, PriceModelName, SeatStrategy } from "../../domain/pricing/price";
import { DecimalScalar, PercentScalar } from "../../platform/graphql/scalars";
import { askFor, type CadenceName } from "./asked-cadence";
import { CadenceEnum } from "./catalog.types";

export const SeatStrategyEnum = {
  USE_MAXIMUM: "use_maximum",
  PRORATE_INCREMENTS: "prorate_increments",
  PRORATE_ALL_CHANGES: "prorate_all_changes",
} as const;
registerEnumType(SeatStrategyEnum, {
  name: "SeatStrategy",
  description: "How seats that change within a period count, by the seats at the end of each day.",
  valuesConfig: {
    USE_MAXIMUM: { description: "The most seats of any day, for all days." },
    PRORATE_INCREMENTS: { description: "Day by day, the most seats so far." },
    PRORATE_ALL_CHANGES: { description: "Day by day, the seats of that day." },
  },
});

@ObjectType("Tier", {
  description: "The units above the tier before, up to and including its own bound.",
  simpleResolvers: true,
})
export class TierType {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The last unit of the tier; null for the last tier, which has no bound.",
  })
  upTo!: Decimal | null;
  @Field(() => DecimalScalar, { description: "Of each unit." }) unitPrice!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: "Due once as soon as the tier is reached." })
  flatFee!: Decimal | null;
}

@ObjectType({ description: "A fee for each period, whatever is used.", simpleResolvers: true })
export class FlatTerms {
  @Field(() => DecimalScalar, { description: "For each full period." }) fee!: Decimal;
}

@ObjectType({ description: "The same price for each unit.", simpleResolvers: true })
export class PerUnitTerms {
  @Field(() => DecimalScalar, { description: "Of each unit." }) unitPrice!: Decimal;
}

@ObjectType({ description: "A price for each package begun.", simpleResolvers: true })
export class PackageTerms {
  @Field(() => DecimalScalar, { description: "Units in a package." }) packageSize!: Decimal;
  @Field(() => DecimalScalar, { description: "Of each package." }) packagePrice!: Decimal;
}

@ObjectType({ description: "Each unit costs what the tier says that it lies in.", simpleResolvers: true })
export class GraduatedTerms {
  @Field(() => [TierType], { description: "Ascending; the last has no bound." }) tiers!: TierType[];
  @Field(() => Boolean, { description: "Whether the first tier's flat fee is due without any usage." })
  feeAtZero!: boolean;
}

@ObjectType({ description: "All units cost what the tier says that the last of them lies in.", simpleResolvers: true })
export class VolumeTerms {
  @Field(() => [TierType], { description: "Ascending; the last has no bound." }) tiers!: TierType[];
  @Field(() => Boolean, { description: "Whether the first tier's flat fee is due without any usage." })
  feeAtZero!: boolean;
}

@ObjectType({ description: "So many percent of the amounts of events.", simpleResolvers: true })
export class PercentageTerms {
  @Field(() => PercentScalar, { description: '"2.9" means 2.9 %.' }) percent!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: "Beside the percentage, for each event." })
  fixedPerEvent!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Percent and fixed fee of an event, at the least." })
  minimumPerEvent!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Percent and fixed fee of an event, at the most." })
  maximumPerEvent!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The first events, which cost nothing." })
  includedEvents!: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The first part of the amounts, which costs nothing." })
  includedAmount!: Decimal | null;
}

@ObjectType("PercentTier", {
  description: "The part of an amount above the tier before, up to and including its own bound.",
  simpleResolvers: true,
})
export class PercentTierType {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The end of the tier; null for the last tier, which has no bound.",
  })
  upTo!: Decimal | null;
  @Field(() => PercentScalar, { description: 'Of what lies in the tier; "2.9" means 2.9 %.' }) percent!: Decimal;
  @Field(() => DecimalScalar, { nullable: true, description: "Due once as soon as the tier is reached." })
  flatFee!: Decimal | null;
}

@ObjectType({
  description: "Of each part of the events' summed amounts the percent of the tier that it lies in.",
  simpleResolvers: true,
})
export class GraduatedPercentageTerms {
  @Field(() => [PercentTierType], { description: "Ascending; the last has no bound." }) tiers!: PercentTierType[];
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The first part of the amounts, which costs nothing; the tiers begin after it.",
  })
  includedAmount!: Decimal | null;
  @Field(() => Boolean, { description: "Whether the first tier's flat fee is due without any usage." })
  feeAtZero!: boolean;
}

@ObjectType("MatrixRow", { description: "The price of usage that says this of itself.", simpleResolvers: true })
export class MatrixRowType {
  @Field(() => [String], { description: "A value for each dimension, in their order." }) values!: string[];
  @Field(() => DecimalScalar, { description: "Of each unit." }) unitPrice!: Decimal;
}

@ObjectType({
  description:
    "A unit price by what the events say of themselves. Included units are used up in the order of the rows, the default last.",
  simpleResolvers: true,
})
export class MatrixTerms {
  @Field(() => [String], { description: "Properties of the events, by which the metric groups." })
  dimensions!: string[];
  @Field(() => [MatrixRowType], { description: "The first row counts that names the values of the usage." })
  rows!: MatrixRowType[];
  @Field(() => DecimalScalar, { description: "Of each unit that no row names." }) defaultUnitPrice!: Decimal;
}

const SeatRate = createUnionType({
  name: "SeatRate",
  description: "What so many seats cost for a full period.",
  types: () => [PerUnitTerms, GraduatedTerms, VolumeTerms] as const,
  resolveType: (value) => (value as unknown as { readonly __typename: string }).__typename,
});

@ObjectType({ description: "Seats, which may change within a period.", simpleResolvers: true })
export class SeatTerms {
  @Field(() => SeatRate, { description: "What so many seats cost for a full period." }) perSeat!:
    | PerUnitTerms
    | GraduatedTerms
    | VolumeTerms;
  @Field(() => SeatStrategyEnum, { description: "How changes within a period count." }) strategy!: SeatStrategy;
  @Field(() => CadenceEnum, {
    nullable: true,
    description: "How often seats beyond those billed in advance fall due; null: with the price itself.",
  })
  overageCadence!: CadenceName | null;
  @Field(() => Int, { nullable: true, description: "Of the overage cadence CUSTOM, and null with any other." })
  overageCadenceMonths!: number | null;
}

@ObjectType({ description: "Once, for each unit of the contracted quantity.", simpleResolvers: true })
export class OneTimeTerms {
  @Field(() => DecimalScalar, { description: "For each unit." }) fee!: Decimal;
}

export const PriceTermsUnion = createUnionType({
  name: "PriceTerms",
  description:
    "How a quantity becomes an amount; one type for each model. All numbers are in the currency of the price.",
  types: () =>
    [
      FlatTerms,
      PerUnitTerms,
      SeatTerms,
      PackageTerms,
      GraduatedTerms,
      VolumeTerms,
      PercentageTerms,
      GraduatedPercentageTerms,
      MatrixTerms,
      OneTimeTerms,
    ] as const,
  resolveType: (value) => (value as unknown as { readonly __typename: string }).__typename,
});

const TYPE_OF: { readonly [Model in PriceModelName]: string } = {
  flat: "FlatTerms",
  per_unit: "PerUnitTerms",
  seat: "SeatTerms",
  package: "PackageTerms",
  graduated: "GraduatedTerms",
  volume: "VolumeTerms",
  percentage: "PercentageTerms",
  graduated_percentage: "GraduatedPercentageTerms",
  matrix: "MatrixTerms",
  one_time: "OneTimeTerms",
};

/** The domain's terms as a member of the SDL union. */
export function toPriceTerms(price: PriceModel): object {
  const named = { __typename: TYPE_OF[price.model], ...price };
  switch (price.model) {
    case "seat": {
      const overage = price.overageCadence ? askFor(price.overageCadence) : null;
      const cadence = { overageCadence: overage?.cadence ?? null, overageCadenceMonths: overage?.months ?? null };
      return { ...named, ...cadence, perSeat: toPriceTerms(price.perSeat) };
    }
    case "graduated":
    case "volume":
    case "graduated_percentage":
      return { ...named, feeAtZero: price.feeAtZero ?? true };
    default:
      return named;
  }
}
