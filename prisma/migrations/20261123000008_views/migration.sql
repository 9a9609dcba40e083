-- ── Who sees a view, what it compares with, who changed it ───────────────────────────────────────────────────────────

ALTER TABLE saved_view
  ADD COLUMN "shared_with_roles" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "threshold_amount" DECIMAL(19,4),
  ADD COLUMN "threshold_percent" DECIMAL(9,4),
  ADD COLUMN "is_default" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "updated_by" TEXT,
  DROP CONSTRAINT saved_view_comparison_known,
  ADD CONSTRAINT saved_view_comparison_known
    CHECK (comparison IN ('none', 'previous_month', 'same_month_last_year', 'mean_of_three_months')),
  ADD CONSTRAINT saved_view_roles_known
    CHECK (shared_with_roles <@ ARRAY['admin', 'finance', 'sales', 'analyst', 'integration'] AND (is_shared OR shared_with_roles = '{}')),
  ADD CONSTRAINT saved_view_thresholds_not_negative CHECK (threshold_amount >= 0 AND threshold_percent >= 0),
  ADD CONSTRAINT saved_view_default_for_everybody CHECK (NOT is_default OR is_shared AND shared_with_roles = '{}');
CREATE UNIQUE INDEX saved_view_one_default ON saved_view (organization_id) WHERE is_default;

-- What one person, or one API key, makes of views that others see too.
CREATE TABLE "view_preference" (
    "organization_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "view_id" UUID NOT NULL,
    "is_favourite" BOOLEAN NOT NULL DEFAULT false,
    "is_default" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "view_preference_pkey" PRIMARY KEY ("organization_id","actor_id","view_id")
);
CREATE INDEX "view_preference_organization_id_view_id_idx" ON "view_preference" ("organization_id", "view_id");
CREATE UNIQUE INDEX view_preference_one_default ON view_preference (organization_id, actor_id) WHERE is_default;
ALTER TABLE "view_preference"
  ADD CONSTRAINT "view_preference_organization_id_view_id_fkey" FOREIGN KEY ("organization_id", "view_id")
    REFERENCES "saved_view" ("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
SELECT secure_table('view_preference');

-- ── Pages of invoices in an order, among millions ────────────────────────────────────────────────────────────────────

CREATE INDEX "invoice_organization_id_billing_month_id_idx" ON invoice ("organization_id", "billing_month", "id");
CREATE INDEX "invoice_organization_id_issued_on_id_idx" ON invoice ("organization_id", "issued_on", "id");
CREATE INDEX "invoice_organization_id_due_on_id_idx" ON invoice ("organization_id", "due_on", "id");
-- In the order of characters, whatever the language of the database: only so is a prefix a range.
CREATE INDEX invoice_by_number ON invoice (organization_id, number COLLATE "C", id) WHERE number IS NOT NULL;
-- Numbers share most of their characters, so that a coarse histogram cannot tell a hundred of them from a whole year.
ALTER TABLE invoice ALTER number SET STATISTICS 1000;
-- Few of many, and looked for across all months.
CREATE INDEX invoice_unpaid ON invoice (organization_id, due_on, id)
  WHERE payment_status IN ('unpaid', 'partially_paid') AND status IN ('finalized', 'sent') AND document_kind = 'invoice';
CREATE INDEX invoice_stale ON invoice (organization_id, billing_month, id) WHERE stale_since IS NOT NULL;
CREATE INDEX invoice_disputed ON invoice (organization_id, billing_month, id) WHERE disputed_at IS NOT NULL;
CREATE INDEX invoice_promised ON invoice (organization_id, billing_month, id) WHERE promised_on IS NOT NULL;
