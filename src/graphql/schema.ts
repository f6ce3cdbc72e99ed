/* oxlint-disable import/no-unassigned-import -- each of these files adds its types to the builder */
import { builder } from './builder.ts';
import './scalars.ts';
import './node.ts';
import './provider.ts';
import './tenant.ts';
import './identity.ts';
import './client.ts';
import './client-secret.ts';
import './client-list.ts';
import './client-secret-list.ts';
import './client-secret.mutations.ts';
import './drift-event.ts';
import './rotation.ts';
import './audit-event.ts';
import './access-token.ts';
import './viewer.ts';
import './gateway-error.ts';

builder.queryType({ description: 'What can be read.' });
builder.mutationType({ description: 'What can be done. Each is audited before it is done, and after.' });

/** The public contract, executable. Sorted, so that its print shows what changed and nothing else. */
export const schema = builder.toSchema();
