/** What the server said no to, in its own words. */
export class Refused extends Error {}

export type GraphqlClient = <T>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<T>;

type Body<T> = { readonly data?: T; readonly errors?: readonly { readonly message: string }[] };

/** Asks a Billgrid server; a refusal or an unreachable server is thrown in words that say what to do. */
export function graphqlClient({ url, apiKey }: { readonly url: string; readonly apiKey: string }): GraphqlClient {
  return async <T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ query, variables }),
    }).catch(() => {
      throw new Refused(`No answer from ${url}. Is the server running?`);
    });
    const body = (await response.json().catch(() => ({}))) as Body<T>;
    if (body.errors?.[0]) throw new Refused(body.errors[0].message);
    if (body.data === undefined) throw new Refused(`${url} answered ${response.status} without data.`);
    return body.data;
  };
}
