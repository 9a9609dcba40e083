/** Where a link leads. */
export const addressOfLink = (publicUrl: string, token: string): string => `${publicUrl}/q/${token}`;
