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
import type { Blocker, DocumentKind, InvoiceOrigin, InvoiceStatus } from "./invoice";

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

export const InvoiceOriginEnum = { SCHEDULE: "schedule", ONE_OFF: "one_off" } as const;
registerEnumType(InvoiceOriginEnum, {
  name: "InvoiceOrigin",
  description: "Who writes the lines of an invoice.",
  valuesConfig: {
    SCHEDULE: { description: "Contracts bill it; people may add to it." },
    ONE_OFF: { description: "People write all of it; it is of no contract." },
  },
});

export const DocumentKindEnum = { INVOICE: "invoice", CREDIT_NOTE: "credit_note" } as const;
registerEnumType(DocumentKindEnum, {
  name: "DocumentKind",
  description: "What a document asks for.",
  valuesConfig: {
    INVOICE: { description: "To be paid." },
    CREDIT_NOTE: { description: "Takes an issued invoice back, in full or in part; its amounts are below zero." },
  },
});

export const PaymentStatusEnum = {
  UNPAID: "unpaid",
  PARTIALLY_PAID: "partially_paid",
  PAID: "paid",
  UNCOLLECTIBLE: "uncollectible",
} as const;
registerEnumType(PaymentStatusEnum, {
  name: "PaymentStatus",
  description: "How far an issued invoice is settled; of a credit note, how far it is used.",
  valuesConfig: {
    PAID: {
      description: "By payments, credit notes and small differences given up; at once where it asks for nothing.",
    },
    UNCOLLECTIBLE: { description: "What was left was written off as a bad debt." },
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
  CREDIT_NOTE: "credit_note",
} as const;
registerEnumType(StaleReasonEnum, {
  name: "StaleReason",
  description: "Which input of a draft changed since it was calculated.",
  valuesConfig: {
    USAGE: { description: "Usage arrived for days that the draft serves, or late for days that are billed." },
    ALIAS: { description: "An alias was mapped or ended, so usage moved to or from the customer." },
    CREDITS: { description: "Credits that the draft draws on are gone, or there are others that it may draw on." },
    EXCHANGE_RATE: { description: "A rate was set that the draft waited for." },
    CREDIT_NOTE: { description: "A credit note corrected what is billed, so that it may be billed anew." },
  },
});

export const BlockerEnum = {
  TAX_RATE_MISSING: "tax_rate_missing",
  BUYER_TAX_ID_MISSING: "buyer_tax_id_missing",
  PO_NUMBER_MISSING: "po_number_missing",
  PO_EXPIRED: "po_expired",
  PO_EXCEEDED: "po_exceeded",
  NEGATIVE_TOTAL: "negative_total",
  EXCHANGE_RATE_MISSING: "exchange_rate_missing",
} as const;
registerEnumType(BlockerEnum, {
  name: "InvoiceBlocker",
  description: "What keeps a draft from being finalized until somebody mends it.",
  valuesConfig: {
    PO_EXPIRED: { description: "The purchase order that it names does not hold today." },
    PO_EXCEEDED: { description: "The purchase order that it names is used up, or is in another currency." },
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

@ObjectType("InvoiceAmendment", {
  description: "A copy of an issued invoice with another PO number or memo; it says that it is amended, and when.",
})
export class InvoiceAmendmentType {
  @Field(() => Int, { simple: true, description: "From 1." }) ordinal!: number;
  @Field(() => String, { simple: true, nullable: true }) poNumber!: string | null;
  @Field(() => String, { simple: true, nullable: true }) memo!: string | null;
  @Field(() => String, { simple: true }) reason!: string;
  @Field(() => PlainDateScalar, { simple: true, description: "As printed on the copy." }) amendedOn!: PlainDate;
  @Field(() => String, { simple: true, description: "The name of who amended it." }) amendedBy!: string;
  @Field(() => DateTimeScalar, { simple: true }) amendedAt!: Date;
}

@ObjectType("Invoice", {
  description: "A bill of one contract for what fell due on one day, or the credit note that takes it back.",
})
export class InvoiceType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => DocumentKindEnum, { simple: true }) documentKind!: DocumentKind;
  @Field(() => InvoiceStatusEnum, { simple: true }) status!: InvoiceStatus;
  @Field(() => InvoiceOriginEnum, { simple: true }) origin!: InvoiceOrigin;
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
  @Field(() => String, { simple: true, nullable: true, description: "For finance alone; never printed." })
  internalNote!: string | null;
  @Field(() => DateTimeScalar, { simple: true, nullable: true, description: "When the customer first looked at it." })
  viewedAt!: Date | null;
  @Field(() => DateTimeScalar, { simple: true, nullable: true }) voidedAt!: Date | null;
  @Field(() => String, { simple: true, nullable: true, description: "Why it was voided." }) voidReason!: string | null;
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
  @Field(() => String, { simple: true, nullable: true, description: "Why people added the line, or set its amount." })
  reason!: string | null;
}
