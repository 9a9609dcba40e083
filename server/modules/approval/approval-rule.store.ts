import { organizationId, query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import type { RuleTerms, StoredRule } from "./approval";
import { conditionFrom, type StoredCondition, storedCondition } from "./stored-condition";

const RULE = `
  SELECT rule.id, rule.name, rule.condition, rule.approvers, rule.position, rule.allows_own AS "allowsOwn",
    rule.is_active AS "isActive", rule.version, rule.created_at AS "createdAt", rule.updated_at AS "updatedAt"
  FROM approval_rule rule`;

type Row = Omit<StoredRule, "condition"> & { readonly condition: StoredCondition };
const toRule = (row: Row): StoredRule => ({ ...row, condition: conditionFrom(row.condition) });

/** A batch: rules by id. */
export async function approvalRulesById(ids: readonly string[]): Promise<ReadonlyMap<string, StoredRule>> {
  const { rows } = await query<Row>({
    name: "approval-rules-by-id",
    text: `${RULE} WHERE rule.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, toRule(row)]));
}

/** In the order in which they are asked. */
export async function listApprovalRules(): Promise<StoredRule[]> {
  const { rows } = await query<Row>({
    name: "list-approval-rules",
    text: `${RULE} ORDER BY rule.position, rule.name`,
  });
  return rows.map(toRule);
}

/** The rule, kept from other writers until the transaction ends. */
export async function lockApprovalRule(id: string): Promise<StoredRule | null> {
  if (!isId(id)) return null;
  const { rows } = await query<Row>(`${RULE} WHERE rule.id = $1 FOR UPDATE`, [id]);
  return rows[0] ? toRule(rows[0]) : null;
}

/** False if another rule has the name, and then nothing is written. */
export async function insertApprovalRule(id: string, terms: RuleTerms, now: Date): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO approval_rule (organization_id, id, name, condition, approvers, position, allows_own, is_active, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT (organization_id, name) DO NOTHING`,
    [organizationId(), id, ...valuesOf(terms), now],
  );
  return rowCount === 1;
}

/** False if another rule has the name, and then nothing is written. The rule is locked. */
export async function saveApprovalRule(id: string, terms: RuleTerms, now: Date): Promise<boolean> {
  const { rowCount } = await query(
    `UPDATE approval_rule SET name = $2, condition = $3, approvers = $4, position = $5, allows_own = $6, is_active = $7,
       version = version + 1, updated_at = $8
     WHERE id = $1 AND NOT EXISTS (SELECT FROM approval_rule AS other WHERE other.name = $2 AND other.id <> $1)`,
    [id, ...valuesOf(terms), now],
  );
  return rowCount === 1;
}

const valuesOf = ({ name, condition, approvers, position, allowsOwn, isActive }: RuleTerms) => [
  name,
  JSON.stringify(storedCondition(condition)),
  JSON.stringify(approvers),
  position,
  allowsOwn,
  isActive,
];

export async function deleteApprovalRuleRow(id: string): Promise<void> {
  await query("DELETE FROM approval_rule WHERE id = $1", [id]);
}
