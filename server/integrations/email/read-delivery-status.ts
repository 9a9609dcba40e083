/** What a mail server says became of a mail at one address. */
export type DeliveryStatusReport = {
  readonly address: string;
  /** "5.1.1"; null where it gives none */
  readonly status: string | null;
  /** 5.x.x or an action of failed: it will not arrive. 4.x.x: it did not arrive so far. */
  readonly isPermanent: boolean;
  readonly detail: string;
};

export type DeliveryStatusNotification = {
  /** Of the mail that came back, without angle brackets. */
  readonly messageId: string | null;
  /** Of failures and delays; what was delivered is left out. */
  readonly reports: readonly DeliveryStatusReport[];
};

/**
 * Reads a delivery status notification (RFC 3464), as mail servers answer what they cannot deliver: a report whose second
 * part has a group of fields for each recipient, and whose third is the mail that came back or its head. null for any
 * other mail.
 */
export function readDeliveryStatus(mail: string): DeliveryStatusNotification | null {
  const text = mail.replace(/\r\n?/g, "\n");
  const report = partOf(text, "message/delivery-status");
  if (report === null) return null;
  const [, ...recipients] = report
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0);
  const returned = partOf(text, "message/rfc822") ?? partOf(text, "text/rfc822-headers");
  const id = returned === null ? undefined : fieldsOf(returned.split(/\n[ \t]*\n/)[0] ?? "").get("message-id");
  return {
    messageId: /<([^<>\s]+)>/.exec(id ?? "")?.[1] ?? null,
    reports: recipients.flatMap((fields) => reportOf(fields) ?? []),
  };
}

function reportOf(fields: ReadonlyMap<string, string>): DeliveryStatusReport | null {
  const action = fields.get("action")?.toLowerCase() ?? "";
  if (action !== "failed" && action !== "delayed") return null;
  const address = addressIn(fields.get("original-recipient")) ?? addressIn(fields.get("final-recipient"));
  if (address === null) return null;
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get("status") ?? "")?.[0] ?? null;
  const said = (fields.get("diagnostic-code") ?? "").replace(/^\s*[\w-]+\s*;\s*/, "");
  return {
    address,
    status,
    isPermanent: action === "failed" && !status?.startsWith("4."),
    detail: said || (status ? `the mail server answered ${status}` : "the mail server gave no reason"),
  };
}

/** "rfc822; ada@example.com" */
function addressIn(field: string | undefined): string | null {
  const [, address] = /^\s*(?:rfc822|utf-8)\s*;\s*<?([^\s<>;]+@[^\s<>;]+)>?\s*$/i.exec(field ?? "") ?? [];
  return address ?? null;
}

/** The content of the first part of this type: after its head, up to the next boundary. */
function partOf(text: string, type: string): string | null {
  const named = type.replace(/[/-]/g, "\\$&");
  const head = new RegExp(`(^|\\n)--[^\\n]+\\n(?:[^\\n]+\\n)*?content-type:[ \\t]*${named}[^\\n]*\\n`, "i").exec(text);
  if (!head) return null;
  const after = text.slice(head.index + head[0].length);
  const start = after.startsWith("\n") ? 1 : after.indexOf("\n\n") + 2;
  if (start === 1 && !after.startsWith("\n")) return null;
  const content = after.slice(start);
  const end = content.search(/\n--\S+\s*(\n|$)/);
  return end < 0 ? content : content.slice(0, end + 1);
}

/** Fields by their names in small letters; lines that continue are joined. */
function fieldsOf(head: string): ReadonlyMap<string, string> {
  const lines = head.replace(/\n[ \t]+/g, " ").split("\n");
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()]];
    }),
  );
}
