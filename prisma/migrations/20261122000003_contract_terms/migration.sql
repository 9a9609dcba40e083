-- ── Minimums and maximums are bounds of spend ────────────────────────────────────────────────────────────────────────

ALTER TABLE minimum_commitment RENAME TO spend_bound;
ALTER TABLE spend_bound
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "bound" TEXT NOT NULL DEFAULT 'minimum',
  ADD COLUMN "starts_on" DATE,
  ADD COLUMN "ends_before" DATE,
  DROP CONSTRAINT minimum_commitment_pkey,
  DROP CONSTRAINT minimum_commitment_organization_id_schedule_id_fkey,
  DROP CONSTRAINT minimum_commitment_cadence_known;
DROP INDEX minimum_commitment_organization_id_schedule_id_idx;
ALTER TABLE spend_bound RENAME CONSTRAINT minimum_commitment_amount_not_negative TO spend_bound_amount_not_negative;
ALTER TABLE spend_bound RENAME CONSTRAINT minimum_commitment_proration_known TO spend_bound_proration_known;
ALTER TABLE spend_bound
  ADD CONSTRAINT "spend_bound_pkey" PRIMARY KEY ("organization_id", "schedule_id", "revision", "id"),
  ADD CONSTRAINT "spend_bound_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id")
    REFERENCES "product" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT spend_bound_bound_known CHECK (bound IN ('minimum', 'maximum')),
  ADD CONSTRAINT spend_bound_cadence_known CHECK (
    cadence IN ('monthly', 'quarterly', 'half_yearly', 'annual', 'term') OR cadence ~ '^every_[1-9][0-9]{0,2}_months$'),
  ADD CONSTRAINT spend_bound_has_days CHECK (starts_on < ends_before),
  -- Once over a term needs the term.
  ADD CONSTRAINT spend_bound_term_bounded CHECK (cadence <> 'term' OR (starts_on IS NOT NULL AND ends_before IS NOT NULL));
-- For what bills a product whose tax changes.
CREATE INDEX "spend_bound_organization_id_product_id_idx" ON "spend_bound" ("organization_id", "product_id");

ALTER TABLE invoice_line RENAME COLUMN minimum_id TO bound_id;

-- For the usage of children that counts as their parent's.
CREATE INDEX "customer_organization_id_parent_customer_id_idx" ON "customer" ("organization_id", "parent_customer_id");

-- ── What a contract says beside its phases ───────────────────────────────────────────────────────────────────────────

ALTER TABLE contract
  ADD COLUMN "rolls_up_usage" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "late_usage" TEXT NOT NULL DEFAULT 'next_invoice',
  ADD COLUMN "renewal_kind" TEXT,
  ADD COLUMN "renewal_months" INTEGER,
  ADD COLUMN "renewal_notice_days" INTEGER,
  ADD COLUMN "renewal_uplift_percent" DECIMAL(28,12),
  ADD CONSTRAINT contract_renewal_known CHECK (renewal_kind IN ('automatic')),
  ADD CONSTRAINT contract_renewal_whole CHECK (
    (renewal_kind IS NULL) = (renewal_months IS NULL) AND (renewal_kind IS NULL) = (renewal_notice_days IS NULL)
    AND (renewal_kind IS NOT NULL OR renewal_uplift_percent IS NULL)),
  ADD CONSTRAINT contract_renewal_in_range CHECK (
    renewal_months BETWEEN 1 AND 120 AND renewal_notice_days BETWEEN 0 AND 366 AND coalesce(renewal_uplift_percent, 0) BETWEEN 0 AND 100),
  ADD CONSTRAINT contract_late_usage_known CHECK (late_usage IN ('next_invoice', 'credit_and_rebill', 'ignore_with_report'));

-- ── Revisions: each amendment writes the phases, charges and bounds anew; billing reads the schedule's revision ──────

CREATE TABLE "amendment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "effective_on" DATE NOT NULL,
    "unused_time" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "is_renewal" BOOLEAN NOT NULL DEFAULT false,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "amendment_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "amendment_organization_id_contract_id_ordinal_key" ON "amendment" ("organization_id", "contract_id", "ordinal");
ALTER TABLE "amendment"
  ADD CONSTRAINT "amendment_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id")
    REFERENCES "contract" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT amendment_ordinal_positive CHECK (ordinal > 0),
  ADD CONSTRAINT amendment_revision_positive CHECK (revision > 0),
  ADD CONSTRAINT amendment_unused_time_known CHECK (unused_time IN ('credit', 'keep')),
  ADD CONSTRAINT amendment_changes_listed CHECK (jsonb_typeof(changes) = 'array'),
  ADD CONSTRAINT amendment_reason_not_empty CHECK (reason <> '');

CREATE TABLE "schedule_revision" (
    "organization_id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "amendment_id" UUID,
    "starts_on" DATE NOT NULL,
    "ends_before" DATE,
    "discounts" JSONB NOT NULL DEFAULT '[]',
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_revision_pkey" PRIMARY KEY ("organization_id","schedule_id","revision")
);
ALTER TABLE "schedule_revision"
  ADD CONSTRAINT "schedule_revision_organization_id_schedule_id_fkey" FOREIGN KEY ("organization_id", "schedule_id")
    REFERENCES "billing_schedule" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "schedule_revision_organization_id_amendment_id_fkey" FOREIGN KEY ("organization_id", "amendment_id")
    REFERENCES "amendment" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  -- As agreed at first, or as an amendment made it.
  ADD CONSTRAINT schedule_revision_made_by CHECK (revision >= 0 AND (revision = 0) = (amendment_id IS NULL)),
  ADD CONSTRAINT schedule_revision_has_days CHECK (starts_on < ends_before),
  ADD CONSTRAINT schedule_revision_discounts_listed CHECK (jsonb_typeof(discounts) = 'array');

-- What was agreed so far is everybody's first revision. The owner of the tables has to see the rows of all organizations.
ALTER TABLE contract NO FORCE ROW LEVEL SECURITY;
ALTER TABLE billing_schedule NO FORCE ROW LEVEL SECURITY;
INSERT INTO schedule_revision (organization_id, schedule_id, revision, starts_on, ends_before, recorded_at)
SELECT schedule.organization_id, schedule.id, 0, contract.starts_on, contract.ends_before, contract.created_at
FROM billing_schedule schedule
JOIN contract ON contract.organization_id = schedule.organization_id AND contract.id = schedule.contract_id;
ALTER TABLE contract FORCE ROW LEVEL SECURITY;
ALTER TABLE billing_schedule FORCE ROW LEVEL SECURITY;
SELECT secure_table(name) FROM unnest(ARRAY['amendment', 'schedule_revision']) AS name;

ALTER TABLE billing_schedule
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0,
  ADD CONSTRAINT billing_schedule_revision_not_negative CHECK (revision >= 0);

ALTER TABLE phase
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0,
  DROP CONSTRAINT phase_organization_id_schedule_id_fkey,
  DROP CONSTRAINT phase_one_at_a_time;
ALTER TABLE phase
  ADD CONSTRAINT "phase_organization_id_schedule_id_revision_fkey" FOREIGN KEY ("organization_id", "schedule_id", "revision")
    REFERENCES "schedule_revision" ("organization_id", "schedule_id", "revision") ON DELETE RESTRICT ON UPDATE CASCADE,
  -- On any day a revision of a schedule has one phase at the most.
  ADD CONSTRAINT phase_one_at_a_time EXCLUDE USING gist (
    organization_id WITH =, schedule_id WITH =, revision WITH =, daterange(starts_on, ends_before) WITH &&);
DROP INDEX "phase_organization_id_schedule_id_ordinal_key";
CREATE UNIQUE INDEX "phase_organization_id_schedule_id_revision_ordinal_key" ON "phase" ("organization_id", "schedule_id", "revision", "ordinal");

ALTER TABLE spend_bound
  ADD CONSTRAINT "spend_bound_organization_id_schedule_id_revision_fkey" FOREIGN KEY ("organization_id", "schedule_id", "revision")
    REFERENCES "schedule_revision" ("organization_id", "schedule_id", "revision") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A charge that an amendment leaves as it is keeps its id in the phases of the next revision.
ALTER TABLE charge
  ADD COLUMN "is_free_trial" BOOLEAN NOT NULL DEFAULT false,
  -- Where it is not the price's own: an amendment that puts another price in the place of a charge keeps the lineage.
  ADD COLUMN "lineage_id" UUID,
  DROP CONSTRAINT charge_pkey,
  ADD CONSTRAINT "charge_pkey" PRIMARY KEY ("organization_id", "phase_id", "id");

-- What was agreed at any time stays readable: a change is a new revision.
REVOKE UPDATE, DELETE ON phase, charge, spend_bound, schedule_revision, amendment FROM billgrid_app;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON schedule_revision FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON amendment FOR EACH ROW EXECUTE FUNCTION insert_only();
