-- What a customer ordered, and up to how much may be invoiced against it.
CREATE TABLE "purchase_order" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_limit" DECIMAL(19,4),
    "starts_on" DATE,
    "ends_before" DATE,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "purchase_order_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "purchase_order_organization_id_customer_id_number_key" ON "purchase_order" ("organization_id", "customer_id", "number");
ALTER TABLE "purchase_order"
  ADD CONSTRAINT "purchase_order_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT purchase_order_number_not_empty CHECK (number <> ''),
  ADD CONSTRAINT purchase_order_limit_positive CHECK (amount_limit > 0),
  ADD CONSTRAINT purchase_order_has_days CHECK (starts_on < ends_before);

-- Above zero: invoiced against it; below zero: given back by a void or a credit note. The sum is what is used of it.
CREATE TABLE "purchase_order_use" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purchase_order_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "used_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "purchase_order_use_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "purchase_order_use_organization_id_invoice_id_kind_key" ON "purchase_order_use" ("organization_id", "invoice_id", "kind");
CREATE INDEX "purchase_order_use_organization_id_purchase_order_id_idx" ON "purchase_order_use" ("organization_id", "purchase_order_id");
ALTER TABLE "purchase_order_use"
  ADD CONSTRAINT "purchase_order_use_organization_id_purchase_order_id_fkey" FOREIGN KEY ("organization_id", "purchase_order_id")
    REFERENCES "purchase_order" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "purchase_order_use_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT purchase_order_use_kind_known CHECK (kind IN ('invoiced', 'credited', 'voided')),
  ADD CONSTRAINT purchase_order_use_signed CHECK (CASE kind WHEN 'invoiced' THEN amount >= 0 ELSE amount <= 0 END);

SELECT secure_table(name) FROM unnest(ARRAY['purchase_order', 'purchase_order_use']) AS name;
REVOKE UPDATE, DELETE, TRUNCATE ON purchase_order_use FROM billgrid_app;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON purchase_order_use FOR EACH ROW EXECUTE FUNCTION insert_only();
