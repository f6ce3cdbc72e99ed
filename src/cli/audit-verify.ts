import type { Gateway } from '../gateway.ts';

type Verification = Awaited<ReturnType<Gateway['verifyAuditTrail']>>;

export interface Report {
  readonly text: string;
  readonly whole: boolean;
}

/** Checks the audit trail, and says what was found. */
export async function verifyAudit(
  gateway: Pick<Gateway, 'verifyAuditTrail'>,
  expected: Verification['head'] | null,
): Promise<Report> {
  const { events, head, faults } = await gateway.verifyAuditTrail(expected);
  const found = faults.map((fault) => `  ${describe(fault)}\n`).join('');
  const verdict = faults.length === 0 ? 'The audit trail is whole.' : 'The audit trail was changed:';
  return {
    whole: faults.length === 0,
    text: `${verdict}\n${found}  ${events} events, up to ${head.sequence}:${head.hash}\n`,
  };
}

function describe(fault: Verification['faults'][number]): string {
  switch (fault.kind) {
    case 'edited':
      return `Event ${fault.sequence} was edited.`;
    case 'dropped':
      return `Dropped: what stood between event ${fault.after} and event ${fault.before}.`;
    case 'tail cut':
      return `The tail was cut off behind event ${fault.after}; the trail went on to event ${fault.head}.`;
    case 'head forged':
      return 'The record of where the trail ends was forged.';
    case 'head missing':
      return 'The record of where the trail ends is missing.';
    case 'not as expected':
      return `Event ${fault.sequence} is not the one that was expected.`;
  }
}
