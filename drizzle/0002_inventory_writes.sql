ALTER TABLE "inventory_clients" ADD COLUMN "written_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "inventory_secrets" ADD COLUMN "written_at" timestamp (3) with time zone;