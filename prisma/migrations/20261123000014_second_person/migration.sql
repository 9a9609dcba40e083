-- ── Maker and checker: above so much, a second person decides ────────────────────────────────────────────────────────

CREATE TABLE "control_limit" (
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,

    CONSTRAINT "control_limit_pkey" PRIMARY KEY ("organization_id","kind","currency")
);
ALTER TABLE "control_limit"
  ADD CONSTRAINT control_limit_kind_known CHECK (kind IN ('manual_change', 'credit_note', 'refund', 'write_off')),
  ADD CONSTRAINT control_limit_amount_not_negative CHECK (amount >= 0);

CREATE TABLE "second_person_request" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "requested_by" TEXT NOT NULL,
    "requester_id" UUID,
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "decided_by" TEXT,
    "decider_id" UUID,
    "decided_at" TIMESTAMPTZ(6),
    "decision_note" TEXT,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "second_person_request_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "second_person_request_organization_id_state_requested_at_idx" ON "second_person_request" ("organization_id", "state", "requested_at");
CREATE INDEX "second_person_request_organization_id_subject_id_idx" ON "second_person_request" ("organization_id", "subject_id");
CREATE UNIQUE INDEX second_person_request_pending ON second_person_request (organization_id, kind, subject_id) WHERE state = 'pending';
ALTER TABLE "second_person_request"
  ADD CONSTRAINT second_person_request_kind_known CHECK (kind IN ('manual_change', 'credit_note', 'refund', 'write_off')),
  ADD CONSTRAINT second_person_request_state_known CHECK (state IN ('pending', 'approved', 'rejected', 'withdrawn')),
  ADD CONSTRAINT second_person_request_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT second_person_request_reason_not_empty CHECK (reason <> ''),
  ADD CONSTRAINT second_person_request_decided_whole CHECK (
    (state = 'pending') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
  ADD CONSTRAINT second_person_request_by_another CHECK (state <> 'approved' OR decider_id IS DISTINCT FROM requester_id),
  ADD CONSTRAINT second_person_request_used_if_approved CHECK (used_at IS NULL OR state = 'approved');

SELECT secure_table(name) FROM unnest(ARRAY['control_limit', 'second_person_request']) AS name;
REVOKE DELETE ON second_person_request FROM billgrid_app;
