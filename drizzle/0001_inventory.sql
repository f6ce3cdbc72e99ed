CREATE TABLE "inventory_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"provider" text NOT NULL,
	"tenant" text NOT NULL,
	"client" text NOT NULL,
	"secret" text,
	"kind" text NOT NULL,
	"looked_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"verdict" text
);
--> statement-breakpoint
CREATE TABLE "inventory_clients" (
	"provider" text NOT NULL,
	"tenant" text NOT NULL,
	"client" text NOT NULL,
	"row_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"identity" text,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"kind" text NOT NULL,
	"enabled" boolean,
	"redirect_uris" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone,
	"attributes" jsonb NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	"digest" text NOT NULL,
	"name_order" text COLLATE "C" NOT NULL,
	"created_order" timestamp (3) with time zone GENERATED ALWAYS AS (coalesce(created_at, 'infinity'::timestamptz)) STORED NOT NULL,
	"words" "tsvector" NOT NULL,
	"name_words" "tsvector" NOT NULL,
	CONSTRAINT "inventory_clients_provider_tenant_client_pk" PRIMARY KEY("provider","tenant","client")
);
--> statement-breakpoint
CREATE TABLE "inventory_secrets" (
	"row_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"provider" text NOT NULL,
	"tenant" text NOT NULL,
	"client" text NOT NULL,
	"secret" text NOT NULL,
	"description" text,
	"hint" text,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"use_count" bigint,
	"max_uses" bigint,
	"retrievable" boolean NOT NULL,
	"attributes" jsonb NOT NULL,
	"idle_since" timestamp (3) with time zone,
	"end_order" timestamp (3) with time zone GENERATED ALWAYS AS (coalesce(expires_at, 'infinity'::timestamptz)) STORED NOT NULL,
	"created_order" timestamp (3) with time zone GENERATED ALWAYS AS (coalesce(created_at, 'infinity'::timestamptz)) STORED NOT NULL,
	"used_order" timestamp (3) with time zone GENERATED ALWAYS AS (coalesce(last_used_at, '-infinity'::timestamptz)) STORED NOT NULL,
	"words" "tsvector" NOT NULL,
	"client_words" "tsvector" NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	"digest" text NOT NULL,
	CONSTRAINT "inventory_secrets_provider_tenant_client_secret_pk" PRIMARY KEY("provider","tenant","client","secret")
);
--> statement-breakpoint
CREATE TABLE "inventory_sweeps" (
	"provider" text NOT NULL,
	"tenant" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"cursor" text,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"failed_since" timestamp (3) with time zone,
	"failure_code" text,
	"failure_message" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "inventory_sweeps_provider_tenant_pk" PRIMARY KEY("provider","tenant")
);
--> statement-breakpoint
CREATE TABLE "inventory_tenants" (
	"provider" text NOT NULL,
	"tenant" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"enabled" boolean,
	"created_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone,
	"attributes" jsonb NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	"digest" text NOT NULL,
	CONSTRAINT "inventory_tenants_provider_tenant_pk" PRIMARY KEY("provider","tenant")
);
--> statement-breakpoint
CREATE TABLE "inventory_versions" (
	"row_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"tenant" text NOT NULL,
	"client" text NOT NULL,
	"secret" text NOT NULL,
	"description" text,
	"hint" text,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"use_count" bigint,
	"max_uses" bigint,
	"retrievable" boolean NOT NULL,
	"attributes" jsonb NOT NULL,
	"idle_since" timestamp (3) with time zone,
	"end_order" timestamp (3) with time zone GENERATED ALWAYS AS (coalesce(expires_at, 'infinity'::timestamptz)) STORED NOT NULL,
	"created_order" timestamp (3) with time zone GENERATED ALWAYS AS (coalesce(created_at, 'infinity'::timestamptz)) STORED NOT NULL,
	"used_order" timestamp (3) with time zone GENERATED ALWAYS AS (coalesce(last_used_at, '-infinity'::timestamptz)) STORED NOT NULL,
	"words" "tsvector" NOT NULL,
	"client_words" "tsvector" NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"valid_to" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "inventory_versions_provider_tenant_client_secret_valid_from_pk" PRIMARY KEY("provider","tenant","client","secret","valid_from")
);
--> statement-breakpoint
CREATE INDEX "inventory_changes_verdict" ON "inventory_changes" USING btree ("verdict","seen_at","id");--> statement-breakpoint
CREATE INDEX "inventory_clients_name" ON "inventory_clients" USING btree ("name_order","row_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_clients_created" ON "inventory_clients" USING btree ("created_order","row_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_clients_tenant_name" ON "inventory_clients" USING btree ("provider","tenant","name_order","row_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_clients_words" ON "inventory_clients" USING gin ("words") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_clients_gone" ON "inventory_clients" USING btree ("gone_at") WHERE gone_at is not null;--> statement-breakpoint
CREATE INDEX "inventory_secrets_end" ON "inventory_secrets" USING btree ("end_order","row_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_secrets_created" ON "inventory_secrets" USING btree ("created_order","row_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_secrets_used" ON "inventory_secrets" USING btree ("used_order","row_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_secrets_tenant_end" ON "inventory_secrets" USING btree ("provider","tenant","end_order","row_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_secrets_words" ON "inventory_secrets" USING gin ((words || client_words)) WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_secrets_gone" ON "inventory_secrets" USING btree ("gone_at") WHERE gone_at is not null;--> statement-breakpoint
CREATE INDEX "inventory_sweeps_due" ON "inventory_sweeps" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "inventory_tenants_gone" ON "inventory_tenants" USING btree ("gone_at") WHERE gone_at is not null;--> statement-breakpoint
CREATE INDEX "inventory_versions_end" ON "inventory_versions" USING btree ("valid_to");