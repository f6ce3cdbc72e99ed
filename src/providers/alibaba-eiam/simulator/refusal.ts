/** An error answer (vendor facts, section 5). */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const missing = (parameter: string): Refusal =>
  new Refusal(400, `Missing${parameter}`, `${parameter} is mandatory for this action.`);

export const invalid = (parameter: string): Refusal =>
  new Refusal(400, `Invalid${parameter}`, `The specified parameter ${parameter} is not valid.`);

/** The codes but for the application's are not published; they have the published form. */
export const notFound = (what: 'Instance' | 'Application' | 'ClientSecret'): Refusal =>
  new Refusal(404, `ResourceNotFound.${what}`, `The specified resource: ${what} not found.`);

/** Not published. */
export const tooManySecrets = (): Refusal =>
  new Refusal(400, 'LimitExceeded.ClientSecret', 'The application has two client secrets already.');

/** Not published. */
export const lastEnabledSecret = (): Refusal =>
  new Refusal(403, 'OperationDenied.ClientSecret', 'At least one client secret must be enabled.');

export const noSuchApi = (): Refusal =>
  new Refusal(404, 'InvalidApi.NotFound', 'Specified api is not found, please check your url and method.');

/** `ms`: how long to wait. */
export const throttled = (ms: number): Refusal =>
  new Refusal(400, 'Throttling.Api', 'Request was denied due to api flow control.', {
    'x-acs-retry-after': String(ms),
  });

/** In JSON where that is asked for, else in XML. */
export function bodyOf({ code, message }: Refusal, { host, requestId, accept }: Asked): object | string {
  const fields = { RequestId: requestId, HostId: host, Code: code, Message: message };
  if (/\bjson\b/.test(accept)) {
    const detail =
      code === 'NoPermission'
        ? { AccessDeniedDetail: { PolicyType: 'AccountLevelIdentityBasedPolicy' } }
        : {};
    return {
      ...fields,
      ...detail,
      Recommend: `https://api.alibabacloud.com/troubleshoot?q=${code}&product=Eiam`,
    };
  }
  const elements = Object.entries(fields).map(([name, text]) => `<${name}>${escaped(text)}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?><Error>${elements.join('')}</Error>`;
}

interface Asked {
  readonly host: string;
  readonly requestId: string;
  readonly accept: string;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
