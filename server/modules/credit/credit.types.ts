import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CreditKind } from "../../domain/invoice/prepaid-credits";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, MoneyType, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { CreditEntryKind } from "./credit";

export const CreditKindEnum = { PREPAID: "prepaid", PROMOTIONAL: "promotional" } as const;
registerEnumType(CreditKindEnum, {
  name: "CreditKind",
  description: "How a customer came to credits.",
  valuesConfig: {
    PREPAID: { description: "Paid for before it is used." },
    PROMOTIONAL: { description: "Given away; used before prepaid ones, all else being equal." },
  },
});

export const CreditEntryKindEnum = {
  GRANTED: "granted",
  CONSUMED: "consumed",
  RETURNED: "returned",
  EXPIRED: "expired",
  ROLLED_OVER: "rolled_over",
  VOIDED: "voided",
} as const;
registerEnumType(CreditEntryKindEnum, {
  name: "CreditEntryKind",
  description: "What changed the balance of a grant.",
  valuesConfig: {
    CONSUMED: { description: "An issued invoice was paid with it, or an invoice that gave back was voided." },
    RETURNED: { description: "A paid line was credited, or its invoice voided." },
    EXPIRED: { description: "What was left when the grant lapsed." },
    ROLLED_OVER: { description: "What went on to the grant that follows." },
    VOIDED: { description: "The grant was a mistake and taken back unused." },
  },
});

@ObjectType("CreditRollover", {
  description: "How much of what is left of a grant goes on when it lapses, and for how long; once.",
  simpleResolvers: true,
})
export class CreditRolloverType {
  @Field(() => PercentScalar, { nullable: true, description: "Of what is left; null: all of it." })
  percent!: string | null;
  @Field(() => MoneyType, { nullable: true, description: "At the most; null: without a limit." })
  maximumAmount!: MoneyType | null;
  @Field(() => Int, { description: "How long it is valid, from the day on which the grant lapses." }) months!: number;
}

@ObjectType("CreditGrant", {
  description:
    "Credits that a customer may use up: they reduce the net of invoices before tax. Drafts show what they would draw; issuing draws it.",
})
export class CreditGrantType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => CreditKindEnum, { simple: true }) kind!: CreditKind;
  @Field(() => String, { simple: true, description: "As it stands on invoices." }) name!: string;
  @Field(() => String, { simple: true, description: "ISO 4217 code; pays invoices of this currency alone." })
  currency!: string;
  @Field(() => PlainDateScalar, {
    simple: true,
    description:
      "The first day: it pays what is earned from then on, in arrears on the last day served, in advance on the first.",
  })
  startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { simple: true, nullable: true, description: "The day after the last; null: no end." })
  endsBefore!: PlainDate | null;
  @Field(() => PlainDateScalar, {
    simple: true,
    nullable: true,
    description:
      "The day on which what is left expires or rolls over: some days after the end, as invoices in arrears for its last days come later. While drafts draw on it, it waits.",
  })
  lapsesOn!: PlainDate | null;
  @Field(() => Int, {
    simple: true,
    description:
      "The lowest number is used first; then the soonest end, then promotional before prepaid, then the oldest.",
  })
  priority!: number;
  @Field(() => String, { simple: true, nullable: true, description: "For finance alone." }) note!: string | null;
  @Field(() => DateTimeScalar, { simple: true, description: "When it was granted." }) createdAt!: Date;
}

@ObjectType("CreditEntry", { description: "A change of a grant's balance; never changed itself." })
export class CreditEntryType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => CreditEntryKindEnum, { simple: true }) kind!: CreditEntryKind;
  @Field(() => PlainDateScalar, {
    simple: true,
    description: "The day it counts for; of an invoice the day of its issue.",
  })
  effectiveOn!: PlainDate;
  @Field(() => DateTimeScalar, { simple: true }) recordedAt!: Date;
}

@ObjectType({ description: "The credits were granted." })
export class GrantCreditsSuccess {
  creditGrantId!: string;
  @Field(() => Int, { description: "Drafts that became stale, because they may draw on it." }) staleInvoices!: number;
}
export const GrantCreditsResult = resultUnion("GrantCreditsResult", () => GrantCreditsSuccess);

@ObjectType({ description: "The grant was taken back." })
export class VoidCreditGrantSuccess {
  creditGrantId!: string;
  @Field(() => Int, { description: "Drafts that became stale." }) staleInvoices!: number;
}
export const VoidCreditGrantResult = resultUnion("VoidCreditGrantResult", () => VoidCreditGrantSuccess);
