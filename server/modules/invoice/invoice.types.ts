import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { BillingTiming } from "../../domain/contract/contract";
import type { LineKind } from "../../domain/invoice/line";
import type { StaleReason } from "../../platform/draft-staleness.store";
import { InvoiceLineKindEnum } from "../../platform/graphql/invoice-line-kind";
import { connectionOf } from "../../platform/graphql/paging";
import {
  DateTimeScalar,
  DecimalScalar,
  MoneyType,
  PercentScalar,
  PlainDateScalar,
  PlainMonthScalar,
} from "../../platform/graphql/scalars";
import { BillingTimingEnum } from "../catalog";
import type { Blocker, DocumentKind, InvoiceStatus } from "./invoice";
import type { MailStatus } from "./mail.store";

export const InvoiceStatusEnum = {
  IN_PROGRESS: "in_progress",
  DRAFT: "draft",
  FINALIZED: "finalized",
  SENT: "sent",
  VOIDED: "voided",
} as const;
registerEnumType(InvoiceStatusEnum, {
  name: "InvoiceStatus",
  description: "The life of an invoice.",
  valuesConfig: {
    IN_PROGRESS: { description: "Its service still runs: totals so far." },
    DRAFT: { description: "Calculated, and calculated anew until it is finalized." },
    FINALIZED: { description: "Issued: number, parties, days, lines and amounts never change." },
    SENT: { description: "Issued and mailed." },
    VOIDED: { description: "Issued, then withdrawn before anybody saw it; the number stays." },
  },
});

export const DocumentKindEnum = { INVOICE: "invoice", CREDIT_NOTE: "credit_note" } as const;
registerEnumType(DocumentKindEnum, {
  name: "DocumentKind",
  description: "What a document asks for.",
  valuesConfig: {
    INVOICE: { description: "To be paid." },
    CREDIT_NOTE: { description: "Takes an issued invoice back in full; its amounts are below zero." },
  },
});

export const StaleReasonEnum = {
  USAGE: "usage",
  ALIAS: "alias",
  TAX: "tax",
  CONTRACT: "contract",
  CUSTOMER: "customer",
  PRICE: "price",
  CREDITS: "credits",
  EXCHANGE_RATE: "exchange_rate",
} as const;
registerEnumType(StaleReasonEnum, {
  name: "StaleReason",
  description: "Which input of a draft changed since it was calculated.",
  valuesConfig: {
    USAGE: { description: "Usage arrived for days that the draft serves, or late for days that are billed." },
    ALIAS: { description: "An alias was mapped or ended, so usage moved to or from the customer." },
    CREDITS: { description: "Credits that the draft draws on are gone, or there are others that it may draw on." },
    EXCHANGE_RATE: { description: "A rate was set that the draft waited for." },
  },
});

export const BlockerEnum = {
  TAX_RATE_MISSING: "tax_rate_missing",
  BUYER_TAX_ID_MISSING: "buyer_tax_id_missing",
  PO_NUMBER_MISSING: "po_number_missing",
  NEGATIVE_TOTAL: "negative_total",
  EXCHANGE_RATE_MISSING: "exchange_rate_missing",
} as const;
registerEnumType(BlockerEnum, {
  name: "InvoiceBlocker",
  description: "What keeps a draft from being finalized until somebody mends it.",
  valuesConfig: {
    EXCHANGE_RATE_MISSING: {
      description: "No exchange rate to the base currency is young enough. Set one, then recalculate.",
    },
  },
});

export const InvoiceLineOriginEnum = { ENGINE: "engine", MANUAL: "manual" } as const;
registerEnumType(InvoiceLineOriginEnum, {
  name: "InvoiceLineOrigin",
  description: "Who made a line; a recalculation replaces the engine's alone.",
});

export const MailStatusEnum = { QUEUED: "queued", SENT: "sent", FAILED: "failed" } as const;
registerEnumType(MailStatusEnum, { name: "MailStatus", description: "What became of a mail." });

@ObjectType({ description: "Days of service, half-open, with the last day as people read it.", simpleResolvers: true })
export class ServicePeriod {
  @Field(() => PlainDateScalar) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The first day that is not served." }) endsBefore!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The last day that is served." }) lastDay!: PlainDate;
}

@ObjectType("InvoiceExchangeRate", {
  description: "The rate at which an issued invoice counts in the base currency, fixed for good.",
  simpleResolvers: true,
})
export class InvoiceExchangeRate {
  @Field(() => DecimalScalar, { description: "Units of the base currency for one of the invoice's." }) rate!: string;
  @Field(() => PlainDateScalar, { description: "The day of the rate: the tax point, or up to 7 days before it." })
  on!: PlainDate;
  @Field(() => String, { description: "Who says so." }) source!: string;
  @Field(() => MoneyType, { description: "The net in the base currency, rounded once." }) net!: MoneyType;
  @Field(() => MoneyType, { description: "The tax in the base currency, rounded once; the PDF states it." })
  tax!: MoneyType;
}

@ObjectType("InvoiceMail", { description: "The mail with which an invoice was sent.", simpleResolvers: true })
export class InvoiceMailType {
  @Field(() => MailStatusEnum) status!: MailStatus;
  @Field(() => [String]) recipients!: readonly string[];
  @Field(() => Int) attempts!: number;
  @Field(() => String, { nullable: true, description: "Why it failed, or whom it did not reach." }) error!:
    | string
    | null;
  @Field(() => DateTimeScalar, { nullable: true }) sentAt!: Date | null;
}

@ObjectType("Invoice", {
  description: "A bill of one contract for what fell due on one day, or the credit note that takes it back.",
})
export class InvoiceType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => DocumentKindEnum, { simple: true }) documentKind!: DocumentKind;
  @Field(() => InvoiceStatusEnum, { simple: true }) status!: InvoiceStatus;
  @Field(() => String, {
    simple: true,
    nullable: true,
    description:
      'Gapless and date-ordered, such as "INV-2026-00042", or "CN-2026-00003" of a credit note; null until finalized.',
  })
  number!: string | null;
  @Field(() => String, { simple: true, description: "ISO 4217 code." }) currency!: string;
  @Field(() => PlainMonthScalar, {
    simple: true,
    description:
      "The month that views and comparisons file it under: of the last day served in arrears; without any, in which the earliest line in advance begins.",
  })
  billingMonth!: PlainMonth;
  @Field(() => PlainDateScalar, { simple: true, description: "The planned day of issue." }) billsOn!: PlainDate;
  @Field(() => PlainDateScalar, { simple: true, nullable: true, description: "The local day of finalization." })
  issuedOn!: PlainDate | null;
  @Field(() => PlainDateScalar, {
    simple: true,
    nullable: true,
    description: "Decides the tax rate; of a credit note, and of what is issued again, that of the original.",
  })
  taxPointOn!: PlainDate | null;
  @Field(() => PlainDateScalar, {
    simple: true,
    nullable: true,
    description: "The day on which it is posted: the last day served in arrears, else issuedOn.",
  })
  accountingOn!: PlainDate | null;
  @Field(() => PlainDateScalar, {
    simple: true,
    nullable: true,
    description: "The day by which it is to be paid; null for credit notes.",
  })
  dueOn!: PlainDate | null;
  @Field(() => String, { simple: true, nullable: true }) poNumber!: string | null;
  @Field(() => String, { simple: true, nullable: true }) memo!: string | null;
  @Field(() => [StaleReasonEnum], {
    simple: true,
    description: "Which inputs changed since it was calculated; empty: none.",
  })
  staleReasons!: readonly StaleReason[];
  @Field(() => DateTimeScalar, { simple: true, nullable: true }) staleSince!: Date | null;
  @Field(() => [BlockerEnum], { simple: true, description: "What keeps it from being finalized." })
  blockers!: readonly Blocker[];
  @Field(() => DateTimeScalar, { simple: true, description: "When its inputs were last read." }) calculatedAt!: Date;
  @Field(() => DateTimeScalar, { simple: true, nullable: true }) sentAt!: Date | null;
  @Field(() => Int, { simple: true, description: "Rises with each change of its content or status." }) version!: number;
}
export const InvoiceConnection = connectionOf("Invoice", () => InvoiceType);

@ObjectType("InvoiceLine", { description: "One amount of an invoice, and how it came to be." })
export class InvoiceLineType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => InvoiceLineKindEnum, { simple: true }) kind!: LineKind;
  @Field(() => InvoiceLineOriginEnum, { simple: true }) origin!: "engine" | "manual";
  @Field(() => String, { simple: true }) description!: string;
  @Field(() => BillingTimingEnum, { simple: true }) timing!: BillingTiming;
  @Field(() => DecimalScalar, {
    simple: true,
    nullable: true,
    description: "Units as measured or contracted, before included units.",
  })
  quantity!: string | null;
  @Field(() => DecimalScalar, {
    simple: true,
    nullable: true,
    description: "Null where more than one price, or none, makes the amount.",
  })
  unitPrice!: string | null;
  @Field(() => DecimalScalar, {
    simple: true,
    description: "Before rounding and before discounts; kept so that a dispute can be explained.",
  })
  preciseAmount!: string;
  @Field(() => Boolean, {
    simple: true,
    description: "Charge and discount include the tax, and leave net + tax; otherwise they leave the net.",
  })
  isTaxInclusive!: boolean;
  @Field(() => String, { simple: true }) taxCode!: string;
  @Field(() => PercentScalar, { simple: true }) taxPercent!: string;
  @Field(() => String, {
    simple: true,
    nullable: true,
    description: "What the law wants printed where no tax is charged.",
  })
  taxNote!: string | null;
}
