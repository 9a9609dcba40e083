import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PlainDateScalar } from "../../platform/graphql/scalars";
import type { Execution } from "./execution";

@InputType({ description: "The key under which a usage stream knows the customer." })
export class ExecutionAliasInput {
  @Field(() => String, { description: "As it stands in usage events." }) alias!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "The first day; default: always." })
  startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; default: for good." })
  endsBefore?: PlainDate | null;
}

@InputType({ description: "What finance adds to a quote that everybody has signed." })
export class ExecuteQuoteInput {
  @Field(() => ID, { description: "A signed quote." }) quoteId!: string;
  @Field(() => Int, { description: "The quote's own version that was looked at." }) version!: number;
  @Field(() => [ExecutionAliasInput], {
    defaultValue: [],
    description: "Under which the customer's usage arrives. What the customer has already stays as it is.",
  })
  aliases!: ExecutionAliasInput[];
  @Field(() => String, { nullable: true, description: "Of the contract; default: the next. Not with an amendment." })
  number?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The customer's purchase order, where the quote names none. Not with an amendment.",
  })
  poNumber?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

/** What may be left out is there, as null. */
export const executionOf = (input: ExecuteQuoteInput): Execution => ({
  quoteId: input.quoteId,
  version: input.version,
  aliases: input.aliases.map(({ alias, startsOn, endsBefore }) => ({
    alias,
    startsOn: startsOn ?? null,
    endsBefore: endsBefore ?? null,
  })),
  number: input.number ?? null,
  poNumber: input.poNumber ?? null,
});
