import { query } from "../../platform/database/transaction";
import type { QuoteEdit } from "./quote";

export type LastEdit = Pick<QuoteEdit, "path" | "editedBy" | "editedAt">;

/** The last edit of everything that was edited in a version. */
export async function lastEditsOfVersion(versionId: string): Promise<readonly LastEdit[]> {
  const { rows } = await query<LastEdit>({
    name: "last-quote-edits-of-version",
    text: `SELECT DISTINCT ON (edit.path) edit.path, edit.edited_by AS "editedBy", edit.edited_at AS "editedAt"
           FROM quote_edit edit WHERE edit.version_id = $1 ORDER BY edit.path, edit.id DESC`,
    values: [versionId],
  });
  return rows;
}
