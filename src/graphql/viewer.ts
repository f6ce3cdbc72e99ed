import type { Actor } from '../domain/actor.ts';
import { builder } from './builder.ts';
import { RoleGrantRef } from './refs.ts';

const ViewerRef = builder.objectRef<Actor>('Viewer').implement({
  description: 'Who asks.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the access token.' }),
    roles: t.expose('grants', { type: [RoleGrantRef], description: 'What it may do, and where.' }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    description: 'Who asks: you.',
    resolve: (_root, _args, { session }) => session.actor,
  }),
);
