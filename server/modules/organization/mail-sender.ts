const SENDER = /^(?:(?<name>[^<>]*\S)\s*<(?<named>[^\s@<>,;]+@[^\s@<>,;]+)>|(?<plain>[^\s@<>,;]+@[^\s@<>,;]+))$/;

/** "Billing <billing@example.com>" or the address alone; null for anything else. */
export function parseMailSender(text: string): { readonly name: string | null; readonly address: string } | null {
  const groups = SENDER.exec(text.trim())?.groups;
  const address = groups?.["named"] ?? groups?.["plain"];
  return address ? { name: groups?.["name"] ?? null, address } : null;
}
