import type { Operations } from './operation.ts';
import type { Instance, User } from './state.ts';

/** Instances and users (vendor facts, section 4.4). */
export const directoryOperations: Operations = {
  ListInstances({ instances }, parameters) {
    const ids = parameters.list('InstanceIds');
    const wanted = [...instances.values()].filter(({ id }) => ids?.includes(id) ?? true);
    const { TotalCount, items } = parameters.page(wanted);
    return { TotalCount, Instances: items.map(instanceAnswer) };
  },

  ListUsers(state, parameters) {
    const ids = parameters.list('UserIds');
    const { users } = parameters.instance(state);
    const { TotalCount, items } = parameters.page(
      [...users.values()].filter(({ id }) => ids?.includes(id) ?? true),
    );
    return { TotalCount, Users: items.map(userAnswer) };
  },

  ListUsersForApplication(state, parameters) {
    const ids = parameters.list('UserIds');
    const { userIds } = parameters.application(state);
    const { TotalCount, items } = parameters.page([...userIds].filter((id) => ids?.includes(id) ?? true));
    return { TotalCount, Users: items.map((UserId) => ({ UserId, ApplicationRoles: [] })) };
  },
};

function instanceAnswer({ id, description, createdAt }: Instance): object {
  return {
    InstanceId: id,
    Description: description,
    Status: 'running',
    CreateTime: createdAt.getTime(),
    DefaultEndpoint: { Endpoint: `${id.replace('idaas_', '')}.aliyunidaas.com`, Status: 'resolved' },
    ServiceManaged: false,
  };
}

function userAnswer({ id, username, displayName, createdAt }: User): object {
  return {
    UserId: id,
    Username: username,
    DisplayName: displayName,
    Email: `${username}@acme.example`,
    EmailVerified: true,
    Status: 'enabled',
    UserSourceType: 'build_in',
    RegisterTime: createdAt.getTime(),
    CreateTime: createdAt.getTime(),
    UpdateTime: createdAt.getTime(),
    AccountExpireTime: -1,
    LockExpireTime: -1,
    PasswordExpireTime: -1,
    PasswordSet: true,
  };
}
