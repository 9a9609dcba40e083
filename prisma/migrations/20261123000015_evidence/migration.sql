-- What a month was closed on, kept as one file: added, never changed.
CREATE TABLE "evidence_pack" (
    "organization_id" UUID NOT NULL,
    "month_close_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "evidence_pack_pkey" PRIMARY KEY ("organization_id","month_close_id")
);
ALTER TABLE "evidence_pack"
  ADD CONSTRAINT "evidence_pack_organization_id_month_close_id_fkey" FOREIGN KEY ("organization_id", "month_close_id")
    REFERENCES "month_close" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;
SELECT secure_table('evidence_pack');
REVOKE UPDATE, DELETE ON evidence_pack FROM billgrid_app;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON evidence_pack FOR EACH ROW EXECUTE FUNCTION insert_only();
