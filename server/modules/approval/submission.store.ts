import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { PlannedApproval } from "../../domain/quote/approval-carry-over";
import type { Approver, ApproverRole } from "../../domain/quote/approval-rule";
import type { ApprovalActor, ApprovalOutcome } from "../../domain/quote/approval-turn";
import type { Actor } from "../../platform/access";
import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId, newId } from "../../platform/ids";
import type { Approval, Submission } from "./approval";

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const SUBMISSION = `
  SELECT submission.id, submission.quote_id AS "quoteId", submission.version_id AS "versionId",
    version.ordinal AS "versionOrdinal", submission.revision, submission.actor_kind AS "actorKind",
    submission.actor_id AS "actorId", submission.submitted_by AS "submittedBy", submission.submitted_at AS "submittedAt"
  FROM quote_submission submission
  JOIN quote_version version ON version.organization_id = submission.organization_id AND version.id = submission.version_id`;

const APPROVAL = `
  SELECT approval.id, approval.submission_id AS "submissionId", submission.quote_id AS "quoteId", approval.position,
    approval.rule_id AS "ruleId", approval.rule_name AS "ruleName", approval.allows_own AS "allowsOwn",
    approval.approver_role AS "approverRole", approval.approver_member_id AS "approverMemberId", approval.turn,
    approval.subjects, decision.outcome, decision.carried_from_id AS "carriedFromId", decision.actor_kind AS "actorKind",
    decision.actor_id AS "actorId", decision.decided_by AS "decidedBy", decision.comment,
    decision.decided_at AS "decidedAt"
  FROM quote_approval approval
  JOIN quote_submission submission
    ON submission.organization_id = approval.organization_id AND submission.id = approval.submission_id
  LEFT JOIN quote_approval_decision decision
    ON decision.organization_id = approval.organization_id AND decision.approval_id = approval.id`;

type ApprovalRow = Pick<
  Approval,
  "id" | "submissionId" | "quoteId" | "position" | "ruleId" | "ruleName" | "allowsOwn" | "turn" | "subjects"
> & {
  readonly approverRole: ApproverRole | null;
  readonly approverMemberId: string | null;
  readonly outcome: ApprovalOutcome | null;
  readonly carriedFromId: string | null;
  readonly actorKind: string | null;
  readonly actorId: string | null;
  readonly decidedBy: string | null;
  readonly comment: string | null;
  readonly decidedAt: Date | null;
};

function toApproval(row: ApprovalRow): Approval {
  const { approverRole, approverMemberId, actorKind, actorId, carriedFromId, decidedBy, comment, decidedAt, ...rest } =
    row;
  return {
    ...rest,
    approver:
      approverRole === null
        ? { kind: "member", memberId: approverMemberId as string }
        : { kind: "role", role: approverRole },
    decidedBy: actorKind === null ? null : { kind: actorKind, id: actorId },
    decision: decidedBy === null || decidedAt === null ? null : { carriedFromId, decidedBy, comment, decidedAt },
  };
}

/** A batch: what was submitted of quotes, the first first, with all approvals. */
export async function submissionsByQuote(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Submission[]>> {
  const { rows } = await query<Omit<Submission, "approvals">>({
    name: "quote-submissions-by-quote",
    text: `${SUBMISSION} WHERE submission.quote_id = ANY ($1::uuid[]) ORDER BY submission.quote_id, submission.id`,
    values: [ids.filter(isId)],
  });
  const { rows: approvals } = await query<ApprovalRow>({
    name: "quote-approvals-by-quote",
    text: `${APPROVAL} WHERE submission.quote_id = ANY ($1::uuid[]) ORDER BY approval.submission_id, approval.position`,
    values: [ids.filter(isId)],
  });
  const bySubmission = groupBy(approvals.map(toApproval), ({ submissionId }) => submissionId);
  return groupBy(
    rows.map((row) => ({ ...row, approvals: bySubmission.get(row.id) ?? [] })),
    ({ quoteId }) => quoteId,
  );
}

/** A batch: approvals by id. */
export async function approvalsById(ids: readonly string[]): Promise<ReadonlyMap<string, Approval>> {
  const { rows } = await query<ApprovalRow>({
    name: "quote-approvals-by-id",
    text: `${APPROVAL} WHERE approval.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, toApproval(row)]));
}

/** What is asked now of somebody, on a day: the first undecided approval of each quote in approval, where it is theirs. */
export async function listPendingApprovals(
  { kind, id, role }: ApprovalActor,
  today: PlainDate,
  page: Page,
): Promise<Approval[]> {
  const { rows } = await query<ApprovalRow>({
    name: "list-pending-approvals",
    text: `${APPROVAL}
           JOIN quote ON quote.organization_id = submission.organization_id AND quote.id = submission.quote_id
           WHERE quote.status = 'in_approval' AND (quote.expires_on IS NULL OR quote.expires_on >= $1)
             AND decision.approval_id IS NULL
             AND (approval.approver_role = $2 OR ($3 = 'member' AND approval.approver_member_id = $4))
             AND (approval.allows_own OR (submission.actor_kind, submission.actor_id) IS DISTINCT FROM ($3, $4::uuid))
             AND NOT EXISTS (SELECT FROM quote_submission later WHERE later.organization_id = submission.organization_id
               AND later.quote_id = submission.quote_id AND later.id > submission.id)
             AND NOT EXISTS (
               SELECT FROM quote_approval other
               LEFT JOIN quote_approval_decision said
                 ON said.organization_id = other.organization_id AND said.approval_id = other.id
               WHERE other.organization_id = approval.organization_id AND other.submission_id = approval.submission_id
                 AND CASE WHEN said.approval_id IS NULL THEN other.position < approval.position
                   -- Approvers of one rule are different people.
                   ELSE other.rule_id = approval.rule_id AND (said.actor_kind, said.actor_id) = ($3, $4::uuid)
                     AND (other.turn, other.approver_role, other.approver_member_id) IS DISTINCT FROM
                       (approval.turn, approval.approver_role, approval.approver_member_id) END)
             AND ($5::uuid IS NULL OR approval.id > $5)
           ORDER BY approval.id LIMIT $6`,
    values: [today, role, kind, id, page.after?.[0] ?? null, page.limit],
  });
  return rows.map(toApproval);
}

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Keeps what was submitted, with whom it is asked of; answers its id. */
export async function insertSubmission(
  submission: Pick<Submission, "quoteId" | "versionId" | "revision">,
  approvals: readonly PlannedApproval[],
  actor: Actor,
  now: Date,
): Promise<string> {
  const id = newId();
  const { quoteId, versionId, revision } = submission;
  await query(
    `INSERT INTO quote_submission (organization_id, id, quote_id, version_id, revision, actor_kind, actor_id, submitted_by, submitted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [organizationId(), id, quoteId, versionId, revision, actor.kind, actor.id, actor.name, now],
  );
  const ids = approvals.map(() => newId());
  if (ids.length === 0) return id;
  await query(
    `INSERT INTO quote_approval (organization_id, id, submission_id, position, rule_id, rule_name, allows_own, approver_role,
       approver_member_id, turn, subjects)
     SELECT $1, planned.id, $2, planned.place, planned.rule_id, planned.rule_name, planned.allows_own, planned.role,
       planned.member_id, planned.turn, planned.subjects
     FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::bool[], $7::text[], $8::uuid[], $9::int[], $10::jsonb[])
       WITH ORDINALITY AS planned (id, rule_id, rule_name, allows_own, role, member_id, turn, subjects, place)`,
    [
      organizationId(),
      id,
      ids,
      approvals.map(({ ruleId }) => ruleId),
      approvals.map(({ ruleName }) => ruleName),
      approvals.map(({ allowsOwn }) => allowsOwn),
      approvals.map(({ approver }) => roleOf(approver)),
      approvals.map(({ approver }) => memberOf(approver)),
      approvals.map(({ turn }) => turn),
      approvals.map(({ subjects }) => JSON.stringify(subjects)),
    ],
  );
  await query(
    `INSERT INTO quote_approval_decision (organization_id, approval_id, outcome, carried_from_id, actor_kind, actor_id,
       decided_by, comment, decided_at)
     SELECT given.organization_id, carried.id, 'carried_over', carried.from_id, given.actor_kind, given.actor_id,
       given.decided_by, given.comment, given.decided_at
     FROM unnest($1::uuid[], $2::uuid[]) AS carried (id, from_id)
     JOIN quote_approval_decision given ON given.approval_id = carried.from_id`,
    [ids, approvals.map(({ carriedFrom }) => carriedFrom)],
  );
  return id;
}

const roleOf = (approver: Approver): string | null => (approver.kind === "role" ? approver.role : null);
const memberOf = (approver: Approver): string | null => (approver.kind === "member" ? approver.memberId : null);

/** Keeps what an approver said; the quote is locked, so that it is said once. */
export async function insertDecision(
  { id }: Pick<Approval, "id">,
  decision: { readonly outcome: "approved" | "rejected"; readonly comment: string | null },
  actor: Actor,
  now: Date,
): Promise<void> {
  await query(
    `INSERT INTO quote_approval_decision (organization_id, approval_id, outcome, actor_kind, actor_id, decided_by, comment, decided_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [organizationId(), id, decision.outcome, actor.kind, actor.id, actor.name, decision.comment, now],
  );
}
