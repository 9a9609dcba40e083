-- ── What every offer of an organization begins and ends with ─────────────────────────────────────────────────────────

CREATE TABLE "offer_template" (
    "organization_id" UUID NOT NULL,
    "introduction" TEXT,
    "closing" TEXT,
    "logo" BYTEA,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "offer_template_pkey" PRIMARY KEY ("organization_id")
);

SELECT secure_table('offer_template');
REVOKE DELETE ON offer_template FROM billgrid_app;
