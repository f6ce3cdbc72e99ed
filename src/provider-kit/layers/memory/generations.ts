const MOST_TENANTS = 1000;

/**
 * Numbers that change with each write, for the keys of what is remembered: what was read before it is found no more.
 * No number ever comes back.
 */
export class Generations {
  #latest = 0;
  #ofOthers = 0;
  readonly #ofTenants = new Map<string, number>();

  /** Of all that is read of a tenant. */
  of(tenant: string): number {
    return this.#ofTenants.get(tenant) ?? this.#ofOthers;
  }

  /** Of the lists of tenants: each write may change them. */
  ofLists(): number {
    return this.#latest;
  }

  /** Null: of every tenant. */
  next(tenant: string | null): void {
    this.#latest += 1;
    if (tenant !== null && this.#ofTenants.size < MOST_TENANTS) this.#ofTenants.set(tenant, this.#latest);
    else {
      this.#ofTenants.clear();
      this.#ofOthers = this.#latest;
    }
  }
}
