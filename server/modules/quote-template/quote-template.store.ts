import { inTransaction, organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { QuoteTemplate } from "./quote-template";

const TEMPLATE = `
  SELECT template.id, template.name, template.description, template.terms, template.price_book_id AS "priceBookId",
    template.archived_at AS "archivedAt", template.version, template.created_by AS "createdBy",
    template.created_at AS "createdAt", template.updated_at AS "updatedAt"
  FROM quote_template AS template`;

/** A batch: templates by id, archived ones included. */
export async function quoteTemplatesById(ids: readonly string[]): Promise<ReadonlyMap<string, QuoteTemplate>> {
  const { rows } = await query<QuoteTemplate>({
    name: "quote-templates-by-id",
    text: `${TEMPLATE} WHERE template.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A page by name, without archived ones. */
export async function listQuoteTemplates(page: Page): Promise<QuoteTemplate[]> {
  const [name, id] = page.after ?? [];
  const { rows } = await query<QuoteTemplate>({
    name: "list-quote-templates",
    text: `${TEMPLATE} WHERE template.archived_at IS NULL
             AND ($1::text IS NULL OR (template.name, template.id) > ($1, $2::uuid))
           ORDER BY template.name, template.id LIMIT $3`,
    values: [name ?? null, id ?? null, page.limit],
  });
  return rows;
}

/** The template as it is now and stays until the transaction ends. */
export async function lockQuoteTemplate(id: string): Promise<QuoteTemplate | null> {
  if (!isId(id)) return null;
  const { rows } = await query<QuoteTemplate>(`${TEMPLATE} WHERE template.id = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

/** False where another one has the name, and then nothing is written. */
export async function insertQuoteTemplate(
  template: Omit<QuoteTemplate, "archivedAt" | "version" | "createdAt" | "updatedAt">,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO quote_template (organization_id, id, name, description, terms, price_book_id, created_by, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     ON CONFLICT (organization_id, name) WHERE archived_at IS NULL DO NOTHING`,
    [
      organizationId(),
      template.id,
      template.name,
      template.description,
      JSON.stringify(template.terms),
      template.priceBookId,
      template.createdBy,
      now,
    ],
  );
  return rowCount === 1;
}

/** Writes the template, which is locked, and raises its version. False where another one has the name. */
export async function saveQuoteTemplate(template: QuoteTemplate, now: Date): Promise<boolean> {
  try {
    await inTransaction(() =>
      query(
        `UPDATE quote_template SET name = $2, description = $3, archived_at = $4, version = $5, updated_at = $6
         WHERE id = $1`,
        [template.id, template.name, template.description, template.archivedAt, template.version + 1, now],
      ),
    );
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}
const UNIQUE_VIOLATION = "23505";
