import fs from "node:fs";

/** The statements of privileges.sql, which come before the first migration. */
export function privileges(): string {
  return fs.readFileSync(new URL("./privileges.sql", import.meta.url), "utf8");
}
