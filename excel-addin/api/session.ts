import {
  SignInDocument,
  type SignInInput,
  type SignInMutation,
  SignOutDocument,
  type ViewerFactsFragment,
} from "../../schema/generated/operations";
import type { GraphqlClient, RequestOptions } from "./graphql-client";

export type Viewer = ViewerFactsFragment;
export type SignInOutcome = SignInMutation["signIn"];

/** A refusal is an answer here, because the form shows it and may ask which organization is meant. */
export async function signIn(
  client: GraphqlClient,
  input: SignInInput,
  options?: RequestOptions,
): Promise<SignInOutcome> {
  return (await client.request(SignInDocument, { input }, options)).signIn;
}

export async function signOut(client: GraphqlClient): Promise<void> {
  await client.request(SignOutDocument, {}, { timeoutMs: 5_000 });
}
