import { organizationId, query } from "../../platform/database/transaction";
import { NO_TEMPLATE, type OfferTemplate } from "./offer-template";

const TEMPLATE = `introduction, closing, logo, version, updated_at AS "updatedAt"`;

/** Of the organization of `runAs`. */
export async function loadOfferTemplate(): Promise<OfferTemplate> {
  const { rows } = await query<OfferTemplate>({
    name: "load-offer-template",
    text: `SELECT ${TEMPLATE} FROM offer_template WHERE organization_id = $1`,
    values: [organizationId()],
  });
  return rows[0] ?? NO_TEMPLATE;
}

/** True if the template was still at `version`; 0 where there was none. */
export async function saveOfferTemplate(
  { introduction, closing, logo }: Pick<OfferTemplate, "introduction" | "closing" | "logo">,
  version: number,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO offer_template AS kept (organization_id, introduction, closing, logo, version, updated_at)
     VALUES ($1, $2, $3, $4, 1, $6)
     ON CONFLICT (organization_id) DO UPDATE
       SET introduction = excluded.introduction, closing = excluded.closing, logo = excluded.logo, version = $5 + 1, updated_at = $6
       WHERE kept.version = $5`,
    [organizationId(), introduction, closing, logo, version, now],
  );
  return rowCount === 1;
}
