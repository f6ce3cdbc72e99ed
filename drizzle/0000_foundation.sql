CREATE TABLE "access_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"digest" text NOT NULL,
	"roles" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text,
	"provider" text,
	"tenant" text,
	"outcome" text NOT NULL,
	"code" text,
	"request_id" text NOT NULL,
	"vendor_request_id" text,
	"reason" text,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL,
	"mac" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"provider" text NOT NULL,
	"tenant" text NOT NULL,
	"wrapped_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_keys_provider_tenant_pk" PRIMARY KEY("provider","tenant")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"key" text NOT NULL,
	"input_digest" text NOT NULL,
	"operation_id" uuid NOT NULL,
	"sealed_result" text,
	"provider" text NOT NULL,
	"tenant" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_actor_id_action_key_pk" PRIMARY KEY("actor_id","action","key")
);
--> statement-breakpoint
CREATE TABLE "rotations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"tenant" text NOT NULL,
	"client" text NOT NULL,
	"old_secret" text NOT NULL,
	"new_secret" text,
	"operation_id" uuid NOT NULL,
	"state" text NOT NULL,
	"keep" text,
	"old_expires_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone NOT NULL,
	"retire_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	"attempts" integer NOT NULL,
	"last_error" text,
	"due_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "local_client_secrets" (
	"tenant_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"description" text,
	"prefix" text NOT NULL,
	"digest" text NOT NULL,
	"sealed_value" text,
	"expires_at" timestamp (3) with time zone,
	"max_uses" integer,
	"use_count" integer NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"disabled_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "local_client_secrets_tenant_id_client_id_id_pk" PRIMARY KEY("tenant_id","client_id","id"),
	CONSTRAINT "local_client_secrets_uses" CHECK ("local_client_secrets"."use_count" >= 0 and ("local_client_secrets"."max_uses" is null or "local_client_secrets"."use_count" <= "local_client_secrets"."max_uses"))
);
--> statement-breakpoint
CREATE TABLE "local_clients" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"identity_id" uuid,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"kind" text NOT NULL,
	"enabled" boolean NOT NULL,
	"redirect_uris" jsonb NOT NULL,
	"attributes" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "local_clients_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "local_identities" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"attributes" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "local_identities_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "local_tenants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"enabled" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "local_client_secrets" ADD CONSTRAINT "local_client_secrets_client_fk" FOREIGN KEY ("tenant_id","client_id") REFERENCES "public"."local_clients"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "local_clients" ADD CONSTRAINT "local_clients_tenant_id_local_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."local_tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "local_clients" ADD CONSTRAINT "local_clients_identity_fk" FOREIGN KEY ("tenant_id","identity_id") REFERENCES "public"."local_identities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "local_identities" ADD CONSTRAINT "local_identities_tenant_id_local_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."local_tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_tokens_prefix" ON "access_tokens" USING btree ("prefix");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_events_id" ON "audit_events" USING btree ("id");--> statement-breakpoint
CREATE INDEX "audit_events_operation" ON "audit_events" USING btree ("operation_id");--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("subject","sequence");--> statement-breakpoint
CREATE INDEX "audit_events_tenant" ON "audit_events" USING btree ("provider","tenant","sequence");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("actor","sequence");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_expires" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_operation" ON "idempotency_keys" USING btree ("operation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rotations_open_old" ON "rotations" USING btree ("provider","tenant","client","old_secret") WHERE completed_at is null;--> statement-breakpoint
CREATE INDEX "rotations_due" ON "rotations" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "rotations_client" ON "rotations" USING btree ("provider","tenant","client");--> statement-breakpoint
CREATE INDEX "rotations_new" ON "rotations" USING btree ("provider","tenant","client","new_secret");--> statement-breakpoint
CREATE INDEX "rotations_started" ON "rotations" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "local_client_secrets_age" ON "local_client_secrets" USING btree ("tenant_id","client_id","created_at","id");--> statement-breakpoint
CREATE INDEX "local_client_secrets_prefix" ON "local_client_secrets" USING btree ("prefix");--> statement-breakpoint
CREATE UNIQUE INDEX "local_clients_client_id" ON "local_clients" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "local_clients_age" ON "local_clients" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "local_clients_identity" ON "local_clients" USING btree ("tenant_id","identity_id","created_at","id");--> statement-breakpoint
CREATE INDEX "local_identities_age" ON "local_identities" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "local_tenants_age" ON "local_tenants" USING btree ("created_at","id");