import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { CadenceName } from "./asked-cadence";
import { BillingTimingEnum, CadenceEnum, ProrationRuleEnum, TaxCategoryEnum } from "./catalog.types";
import { PricedInput } from "./price-terms.inputs";
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

@InputType({ description: "A price, or a further version of one." })
export class CreatePriceInput extends PricedInput {
  @Field(() => ID, { description: "What is sold at this price." }) productId!: string;
  @Field(() => ID, {
    nullable: true,
    description: "The lineage to which this is a further version; null: a new price.",
  })
  lineageId?: string | null;
  @Field(() => String, { description: "As it stands on invoices." }) name!: string;
  @Field(() => CadenceEnum, { description: "How often it falls due; ONE_TIME for a one-time price." })
  cadence!: CadenceName;
  @Field(() => Int, {
    nullable: true,
    description: "1 to 120, with the cadence CUSTOM alone; 3 is as good as QUARTERLY.",
  })
  cadenceMonths?: number | null;
  @Field(() => BillingTimingEnum, { description: "IN_ARREARS where usage is rated." }) timing!: BillingTiming;
  @Field(() => ProrationRuleEnum, {
    defaultValue: "by_days",
    description: "How a period is charged that is served in part.",
  })
  proration!: ProrationRule;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether the amounts are what the customer pays, tax and all. All prices of a contract agree in it.",
  })
  taxInclusive!: boolean;
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
