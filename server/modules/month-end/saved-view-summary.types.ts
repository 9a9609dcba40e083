import { Field, Int, ObjectType } from "type-graphql";
import { DecimalScalar } from "../../platform/graphql/scalars";

@ObjectType("SavedViewTotal", { simpleResolvers: true, description: "Net of one currency." })
export class SavedViewTotal {
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => DecimalScalar, { description: "The baseline of the grid." }) previous!: string;
  @Field(() => DecimalScalar) current!: string;
}

@ObjectType("SavedViewSummary", {
  simpleResolvers: true,
  description: "What a view holds in a month, before it is pulled.",
})
export class SavedViewSummary {
  @Field(() => Int, { description: "Invoices; missing bills are not counted." }) count!: number;
  @Field(() => Int) staleCount!: number;
  @Field(() => [SavedViewTotal], { description: "By currency, in alphabetical order." })
  totals!: readonly SavedViewTotal[];
}
