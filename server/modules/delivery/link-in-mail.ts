/**
 * Of a link's secret only the hash is kept, so a mail that is kept has a place for it instead: where the link to this
 * invoice stands once the mail leaves.
 */
export const placeOfLink = (publicUrl: string, invoiceId: string): string =>
  addressOfInvoicePage(publicUrl, `link-of-${invoiceId}`);

/** Where the page of an invoice is. */
export const addressOfInvoicePage = (publicUrl: string, token: string): string => `${publicUrl}/i/${token}`;

/** The text with a link in each place that is one's; places of other invoices are nobody's to fill. */
export function withLinks(text: string, tokens: ReadonlyMap<string, string>): string {
  return text.replace(/(\/i\/)link-of-([0-9a-f-]{36})/g, (place, before: string, invoiceId: string) => {
    const token = tokens.get(invoiceId);
    return token === undefined ? place : before + token;
  });
}
