import type { Operation, Operations } from './operation.ts';
import type { Parameters } from './parameters.ts';
import { invalid, missing } from './refusal.ts';
import { newId, type Application, type Instance, type State, type Status } from './state.ts';

const SOURCE = 'urn:alibaba:idaas:app:source:';
const NAME = { max: 64 };
const DESCRIPTION = { max: 128 };

/** vendor facts, section 4.3 */
export const applicationOperations: Operations = {
  ListApplications(state, parameters) {
    const instance = parameters.instance(state);
    const ids = parameters.list('ApplicationIds');
    const name = parameters.text('ApplicationName', NAME) ?? '';
    const status = parameters.oneOf('Status', ['enabled', 'disabled']);
    const creation = parameters.text('ApplicationCreationType') || 'user_custom';
    const identity = parameters.text('ApplicationIdentityType') || 'application';
    const wanted = [...instance.applications.values()].filter(
      (it) =>
        (ids?.includes(it.id) ?? true) &&
        it.name.startsWith(name) &&
        (status === undefined || it.status === status) &&
        (creation === 'all' || it.creationType === creation) &&
        (identity === 'all' || it.identityType === identity),
    );
    const { TotalCount, items } = parameters.page(wanted);
    return { TotalCount, Applications: items.map((it) => answer(instance, it)) };
  },

  GetApplication: (state, parameters) => ({
    Application: {
      ...answer(parameters.instance(state), parameters.application(state)),
      AuthorizationType: 'authorize_required',
      ApiInvokeStatus: 'disabled',
      M2MClientStatus: 'disabled',
    },
  }),

  CreateApplication(state, parameters) {
    const instance = parameters.instance(state);
    const name = parameters.required('ApplicationName', NAME);
    const source = parameters.required('ApplicationSourceType');
    if (source !== `${SOURCE}standard` && source !== `${SOURCE}template`)
      throw invalid('ApplicationSourceType');
    if (source === `${SOURCE}template` && !parameters.text('ApplicationTemplateId'))
      throw missing('ApplicationTemplateId');
    const ssoType = parameters.oneOf('SsoType', ['saml2', 'oidc']);
    if (ssoType === undefined) throw missing('SsoType');
    const description = parameters.text('Description', DESCRIPTION) ?? '';
    const identityType = parameters.oneOf('ApplicationIdentityType', ['application', 'agent']);
    const { id } = addApplication(state, instance, { name, description, ssoType, identityType });
    return { ApplicationId: id };
  },

  UpdateApplicationInfo: changing((application, parameters) => {
    application.name = parameters.text('ApplicationName', NAME) || application.name;
  }),
  UpdateApplicationDescription: changing((application, parameters) => {
    application.description = parameters.text('Description', DESCRIPTION) ?? '';
  }),
  EnableApplication: changing((application) => {
    application.status = 'enabled';
  }),
  DisableApplication: changing((application) => {
    application.status = 'disabled';
  }),

  DeleteApplication(state, parameters) {
    parameters.instance(state).applications.delete(parameters.application(state).id);
    return {};
  },
};

function changing(change: (application: Application, parameters: Parameters) => void): Operation {
  return (state, parameters) => {
    const application = parameters.application(state);
    change(application, parameters);
    application.updatedAt = state.clock.now();
    return {};
  };
}

export interface NewApplication {
  readonly name?: string;
  readonly description?: string;
  readonly ssoType?: string;
  readonly creationType?: string;
  readonly identityType?: string | undefined;
  readonly status?: Status;
  /** Default: the same as its id. */
  readonly clientId?: string;
}

/** It has no secret yet. */
export function addApplication({ clock }: State, instance: Instance, given: NewApplication): Application {
  const now = clock.now();
  const id = newId('app');
  const application: Application = {
    id,
    clientId: given.clientId ?? id,
    name: given.name ?? 'application',
    description: given.description ?? '',
    status: given.status ?? 'enabled',
    ssoType: given.ssoType ?? 'oidc',
    creationType: given.creationType ?? 'user_custom',
    identityType: given.identityType ?? 'application',
    createdAt: now,
    updatedAt: now,
    secrets: new Map(),
    userIds: new Set(),
  };
  instance.applications.set(application.id, application);
  return application;
}

function answer(instance: Instance, application: Application): object {
  return {
    InstanceId: instance.id,
    ApplicationId: application.id,
    ClientId: application.clientId,
    ApplicationName: application.name,
    Description: application.description,
    SsoType: application.ssoType,
    Status: application.status,
    ApplicationSourceType: `${SOURCE}standard`,
    ApplicationCreationType: application.creationType,
    ApplicationIdentityType: application.identityType,
    Features: '["sso","api_invoke"]',
    CreateTime: application.createdAt.getTime(),
    UpdateTime: application.updatedAt.getTime(),
    ServiceManaged: false,
  };
}
