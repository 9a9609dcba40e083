-- ── Price books: what may be quoted, and how far it may be discounted ────────────────────────────────────────────────

CREATE TABLE "price_book" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "currency" CHAR(3) NOT NULL,
    "starts_on" DATE,
    "ends_before" DATE,
    "archived_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "price_book_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "price_book_organization_id_name_id_idx" ON "price_book" ("organization_id", "name", "id");
ALTER TABLE "price_book" ADD CONSTRAINT price_book_has_days CHECK (starts_on < ends_before);
CREATE UNIQUE INDEX price_book_one_name ON price_book (organization_id, name) WHERE archived_at IS NULL;

CREATE TABLE "price_book_entry" (
    "organization_id" UUID NOT NULL,
    "price_book_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "discount_limit_percent" DECIMAL(28,12),
    "discount_maximum_percent" DECIMAL(28,12),
    "minimum_quantity" DECIMAL(28,12),
    "maximum_quantity" DECIMAL(28,12),
    "floor_unit_amount" DECIMAL(28,12),

    CONSTRAINT "price_book_entry_pkey" PRIMARY KEY ("organization_id","price_book_id","lineage_id")
);
ALTER TABLE "price_book_entry"
  ADD CONSTRAINT "price_book_entry_organization_id_price_book_id_fkey" FOREIGN KEY ("organization_id", "price_book_id")
    REFERENCES "price_book" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT price_book_entry_percents CHECK (
    discount_limit_percent BETWEEN 0 AND 100 AND discount_maximum_percent BETWEEN 0 AND 100
    AND discount_limit_percent <= discount_maximum_percent),
  ADD CONSTRAINT price_book_entry_quantities CHECK (
    minimum_quantity >= 0 AND maximum_quantity >= 0 AND minimum_quantity <= maximum_quantity),
  ADD CONSTRAINT price_book_entry_floor_not_negative CHECK (floor_unit_amount >= 0);

ALTER TABLE "quote" ADD CONSTRAINT "quote_organization_id_price_book_id_fkey" FOREIGN KEY ("organization_id", "price_book_id")
  REFERENCES "price_book" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- ── Quote templates: terms to begin with, whose days are moved to where they are wanted ──────────────────────────────

CREATE TABLE "quote_template" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "terms" JSONB NOT NULL,
    "price_book_id" UUID,
    "archived_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quote_template_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "quote_template_organization_id_name_id_idx" ON "quote_template" ("organization_id", "name", "id");
ALTER TABLE "quote_template"
  ADD CONSTRAINT "quote_template_organization_id_price_book_id_fkey" FOREIGN KEY ("organization_id", "price_book_id")
    REFERENCES "price_book" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT quote_template_terms_object CHECK (jsonb_typeof(terms) = 'object');
CREATE UNIQUE INDEX quote_template_one_name ON quote_template (organization_id, name) WHERE archived_at IS NULL;

-- ── Who looks after a customer ───────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "customer" ADD COLUMN "owner_id" UUID;
ALTER TABLE "customer" ADD CONSTRAINT "customer_organization_id_owner_id_fkey" FOREIGN KEY ("organization_id", "owner_id")
  REFERENCES "member" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

SELECT secure_table(name) FROM unnest(ARRAY['price_book', 'price_book_entry', 'quote_template']) AS name;
REVOKE DELETE ON price_book, quote_template FROM billgrid_app;
