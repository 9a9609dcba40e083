import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CellEdit } from "../../domain/quote/edit";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PlainDateScalar } from "../../platform/graphql/scalars";
import type { QuoteMove } from "./move-quote";
import type { QuoteTermsUpdate } from "./update-quote-terms";

@InputType({ description: "An edit of one cell, made on what the cell showed." })
export class QuoteCellEditInput {
  @Field(() => String, { description: "The cell, as a version lists it." }) path!: string;
  @Field(() => String, { nullable: true, description: "What it showed when it was edited; null: nothing." })
  base?: string | null;
  @Field(() => String, { nullable: true, description: "What it is to be; null: nothing." }) value?: string | null;
}

export const cellEditOf = ({ path, base, value }: QuoteCellEditInput): CellEdit => ({
  path,
  base: base ?? null,
  value: value ?? null,
});

@InputType()
abstract class OnQuoteVersion {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => Int, { description: "The ordinal of the version that is edited; it has to be the current one." })
  versionOrdinal!: number;
  @Field(() => Int, {
    nullable: true,
    description:
      "Refuses where anybody edited the version since this revision. Default: only cells that clash are refused.",
  })
  revision?: number | null;
  @Field(() => String, { nullable: true, description: "Why, for the history; up to 1,000 characters." })
  note?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Edits of cells of a version: all are made, or none." })
export class UpdateQuoteTermsInput extends OnQuoteVersion {
  @Field(() => [QuoteCellEditInput], { description: "1 to 2,000; their order does not matter." })
  edits!: QuoteCellEditInput[];
}

export const termsUpdateOf = ({
  quoteId,
  versionOrdinal,
  revision,
  note,
  edits,
}: UpdateQuoteTermsInput): QuoteTermsUpdate => ({
  quoteId,
  versionOrdinal,
  revision: revision ?? null,
  note: note ?? null,
  edits: edits.map(cellEditOf),
});

@InputType({ description: "Another first day for the same offer." })
export class MoveQuoteInput extends OnQuoteVersion {
  @Field(() => PlainDateScalar, { description: "The first day of the term." }) startsOn!: PlainDate;
}

export const moveOf = ({ quoteId, versionOrdinal, revision, note, startsOn }: MoveQuoteInput): QuoteMove => ({
  quoteId,
  versionOrdinal,
  revision: revision ?? null,
  note: note ?? null,
  startsOn,
});
