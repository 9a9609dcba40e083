import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { TaxCategory } from "./tax-rate";

export const PriceModelEnum = {
  FLAT: "flat",
  PER_UNIT: "per_unit",
  SEAT: "seat",
  PACKAGE: "package",
  GRADUATED: "graduated",
  VOLUME: "volume",
  PERCENTAGE: "percentage",
  GRADUATED_PERCENTAGE: "graduated_percentage",
  MATRIX: "matrix",
  ONE_TIME: "one_time",
} as const;
registerEnumType(PriceModelEnum, { name: "PriceModel", description: "How a price turns a quantity into an amount." });

export const CadenceEnum = {
  MONTHLY: "monthly",
  QUARTERLY: "quarterly",
  HALF_YEARLY: "half_yearly",
  ANNUAL: "annual",
  CUSTOM: "custom",
  ONE_TIME: "one_time",
} as const;
registerEnumType(CadenceEnum, {
  name: "Cadence",
  description: "How often a price falls due.",
  valuesConfig: { CUSTOM: { description: "Every so many months, as the field beside it says." } },
});

export const BillingTimingEnum = { IN_ADVANCE: "in_advance", IN_ARREARS: "in_arrears" } as const;
registerEnumType(BillingTimingEnum, {
  name: "BillingTiming",
  description: "Whether a period is billed on its first day, or on the day after its last.",
});

export const ProrationRuleEnum = {
  BY_DAYS: "by_days",
  FULL: "full",
  WHOLE_MONTHS_THEN_DAYS: "whole_months_then_days",
} as const;
registerEnumType(ProrationRuleEnum, {
  name: "ProrationRule",
  description: "How a period is charged that is served in part.",
  valuesConfig: {
    BY_DAYS: { description: "Days served of the days of the full period." },
    FULL: { description: "In full." },
    WHOLE_MONTHS_THEN_DAYS: { description: "Each month served wholly counts one, a month served in part by its days." },
  },
});

export const TaxCategoryEnum = { STANDARD: "standard", REDUCED: "reduced", ZERO: "zero", EXEMPT: "exempt" } as const;
registerEnumType(TaxCategoryEnum, { name: "TaxCategory", description: "The kind of a tax rate." });

@ObjectType("Product", { description: "What is sold.", simpleResolvers: true })
export class ProductType {
  @Field(() => ID, { description: "Stable for ever." }) id!: string;
  @Field(() => String, { description: "Your own short name; unique." }) code!: string;
  @Field(() => String, { description: "As it stands on invoices." }) name!: string;
  @Field(() => String, { nullable: true, description: "For your own use." }) description!: string | null;
  @Field(() => String, { nullable: true, description: 'What one unit is called, such as "API call".' }) unit!:
    | string
    | null;
  @Field(() => String, { description: "Chooses the tax rate together with the tax point." }) taxCode!: string;
  @Field(() => String, { nullable: true, description: "The account of the accounting system." }) ledgerAccount!:
    | string
    | null;
  @Field(() => Int, { description: "Rises with each change; send it back with an update." }) version!: number;
  @Field(() => DateTimeScalar, { description: "When it was added." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it was changed last." }) updatedAt!: Date;
}
export const ProductConnection = connectionOf("Product", () => ProductType);

@ObjectType("Price", {
  description:
    "One version of a price in one currency. It never changes: a new version is a new price of the same lineage, and a contract keeps the version it was made with.",
  simpleResolvers: true,
})
export class PriceType {
  productId!: string;
  metricId!: string | null;
  @Field(() => ID, { description: "Of this version." }) id!: string;
  @Field(() => ID, { description: "The same for all versions." }) lineageId!: string;
  @Field(() => String, { description: "As it stands on invoices unless the contract says otherwise." }) name!: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => BillingTimingEnum, { description: "On which end of a period it is billed." }) timing!: BillingTiming;
  @Field(() => ProrationRuleEnum, { description: "How a period is charged that is served in part." })
  proration!: ProrationRule;
  @Field(() => Boolean, { description: "Whether the amounts are what the customer pays, tax and all." })
  taxInclusive!: boolean;
  @Field(() => ID, {
    nullable: true,
    description: "The one contract that it was made for; null: it is in the catalog.",
  })
  contractId!: string | null;
  @Field(() => PlainDateScalar, { description: "The first day on which a contract may start with this version." })
  effectiveOn!: PlainDate;
  @Field(() => DateTimeScalar, { description: "When it was added." }) createdAt!: Date;
}
export const PriceConnection = connectionOf("Price", () => PriceType);

@ObjectType("TaxRate", {
  description: "The rate of a tax code from a day on, until the next one of that code.",
  simpleResolvers: true,
})
export class TaxRateType {
  @Field(() => ID, { description: "Of this rate." }) id!: string;
  @Field(() => String, { description: "As products name it." }) code!: string;
  @Field(() => String, { description: 'As it stands on invoices, such as "VAT 20 %".' }) name!: string;
  @Field(() => String, { description: "Where it is owed, such as GB." }) jurisdiction!: string;
  @Field(() => PercentScalar, { description: '"20" means 20 %.' }) percent!: Decimal;
  @Field(() => TaxCategoryEnum, { description: "The kind of the rate." }) category!: TaxCategory;
  @Field(() => String, { nullable: true, description: "What invoices print where no tax is charged." }) exemptionText!:
    | string
    | null;
}

@ObjectType({ description: "The product was added." })
export class CreateProductSuccess {
  productId!: string;
}
export const CreateProductResult = resultUnion("CreateProductResult", () => CreateProductSuccess);

@ObjectType({ description: "The product was changed." })
export class UpdateProductSuccess {
  productId!: string;
}
export const UpdateProductResult = resultUnion("UpdateProductResult", () => UpdateProductSuccess);

@ObjectType({ description: "The price was added." })
export class CreatePriceSuccess {
  priceId!: string;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const CreatePriceResult = resultUnion("CreatePriceResult", () => CreatePriceSuccess);

@ObjectType({ description: "The rate holds from its day on." })
export class SetTaxRateSuccess {
  taxRateId!: string;
  @Field(() => Int, { description: "Drafts that became stale, because they may be taxed by it." })
  staleInvoices!: number;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const SetTaxRateResult = resultUnion("SetTaxRateResult", () => SetTaxRateSuccess);
