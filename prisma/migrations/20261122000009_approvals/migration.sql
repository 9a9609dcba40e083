-- ── Who is to approve which quotes ───────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "approval_rule" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "condition" JSONB NOT NULL,
    "approvers" JSONB NOT NULL,
    "position" INTEGER NOT NULL,
    "allows_own" BOOLEAN NOT NULL DEFAULT false,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "approval_rule_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "approval_rule_organization_id_name_key" ON "approval_rule" ("organization_id", "name");
ALTER TABLE "approval_rule"
  ADD CONSTRAINT approval_rule_condition_object CHECK (jsonb_typeof(condition) = 'object' AND condition ? 'kind'),
  ADD CONSTRAINT approval_rule_has_approvers CHECK (jsonb_typeof(approvers) = 'array' AND jsonb_array_length(approvers) > 0);

-- ── What was submitted, whom it was asked of, and what they said: history, added to and never changed ────────────────

CREATE TABLE "quote_submission" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "submitted_by" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quote_submission_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "quote_submission_organization_id_quote_id_id_idx" ON "quote_submission" ("organization_id", "quote_id", "id");
ALTER TABLE "quote_submission"
  ADD CONSTRAINT "quote_submission_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "quote_submission_organization_id_version_id_fkey" FOREIGN KEY ("organization_id", "version_id")
    REFERENCES "quote_version" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON quote_submission FOR EACH ROW EXECUTE FUNCTION insert_only();

-- The rule as it was then: it may be changed or deleted since.
CREATE TABLE "quote_approval" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "submission_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "rule_id" UUID NOT NULL,
    "rule_name" TEXT NOT NULL,
    "allows_own" BOOLEAN NOT NULL,
    "approver_role" TEXT,
    "approver_member_id" UUID,
    "turn" INTEGER NOT NULL,
    "subjects" JSONB NOT NULL,

    CONSTRAINT "quote_approval_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "quote_approval_organization_id_submission_id_position_key" ON "quote_approval" ("organization_id", "submission_id", "position");
ALTER TABLE "quote_approval"
  ADD CONSTRAINT "quote_approval_organization_id_submission_id_fkey" FOREIGN KEY ("organization_id", "submission_id")
    REFERENCES "quote_submission" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "quote_approval_organization_id_approver_member_id_fkey" FOREIGN KEY ("organization_id", "approver_member_id")
    REFERENCES "member" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT quote_approval_one_approver CHECK ((approver_role IS NULL) <> (approver_member_id IS NULL)),
  ADD CONSTRAINT quote_approval_has_subjects CHECK (jsonb_typeof(subjects) = 'array' AND jsonb_array_length(subjects) > 0);
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON quote_approval FOR EACH ROW EXECUTE FUNCTION insert_only();

-- One for each approval, whoever decides at once.
CREATE TABLE "quote_approval_decision" (
    "organization_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "carried_from_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "decided_by" TEXT NOT NULL,
    "comment" TEXT,
    "decided_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quote_approval_decision_pkey" PRIMARY KEY ("organization_id","approval_id")
);
ALTER TABLE "quote_approval_decision"
  ADD CONSTRAINT "quote_approval_decision_organization_id_approval_id_fkey" FOREIGN KEY ("organization_id", "approval_id")
    REFERENCES "quote_approval" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "quote_approval_decision_organization_id_carried_from_id_fkey" FOREIGN KEY ("organization_id", "carried_from_id")
    REFERENCES "quote_approval" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT quote_approval_decision_known CHECK (outcome IN ('approved', 'rejected', 'carried_over')),
  ADD CONSTRAINT quote_approval_decision_carried CHECK ((outcome = 'carried_over') = (carried_from_id IS NOT NULL)),
  ADD CONSTRAINT quote_approval_decision_reason CHECK (outcome <> 'rejected' OR comment IS NOT NULL);
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON quote_approval_decision FOR EACH ROW EXECUTE FUNCTION insert_only();

SELECT secure_table(name) FROM unnest(ARRAY[
  'approval_rule', 'quote_submission', 'quote_approval', 'quote_approval_decision'
]) AS name;
REVOKE UPDATE, DELETE ON quote_submission, quote_approval, quote_approval_decision FROM billgrid_app;
