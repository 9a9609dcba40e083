import type { Result } from "../../domain/result";
import { toUnion } from "../../platform/graphql/errors";
import type { OwnRefusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { quoteOf } from "./read-quotes";

/** A command's answer as a member of its SDL union, with the quote as it is now. */
export async function answerWithQuote<Answer extends { readonly quoteId: string }>(
  context: RequestContext,
  success: string,
  result: Result<Answer, OwnRefusal>,
): Promise<object> {
  if (!result.ok) return toUnion(success, result);
  return { __typename: success, ...result.value, quote: await quoteOf(context, result.value) };
}
