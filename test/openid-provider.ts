import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error it comes without types
import { Provider } from 'oidc-provider';

/** Somebody who has an account at the provider. */
export interface Account {
  email: string;
  email_verified: boolean;
  name?: string;
}

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Follows the browser's way from the first redirect through the provider, as this account; answers where it sends it back to. */
  visit(url: string, account: Account): Promise<URL>;
  stop(): Promise<void>;
}

/** A certified OpenID Connect provider on a loopback port, where whoever comes is signed in and consents at once. */
export async function startProvider(port = 0): Promise<TestProvider> {
  let answer: (...request: Parameters<typeof handle>) => void = () => {};
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { clientId: 'parlance', clientSecret: 'the secret of a client in a test' };
  let current: Account = { email: '', email_verified: false };

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/api/v1/session/oidc/callback'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    // Said, so that it does not remark on each default.
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...current }) }),
  });
  const protocol = provider.callback();

  async function handle(...[request, response]: Parameters<Parameters<typeof createServer>[1] & object>) {
    if (!request.url?.startsWith('/interaction/')) return protocol(request, response);
    const { prompt, session, params } = await provider.interactionDetails(request, response);
    const result =
      prompt.name === 'login'
        ? { login: { accountId: current.email } }
        : { consent: { grantId: await grant(session.accountId, params.client_id) } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  }
  answer = handle;

  async function grant(accountId: string, clientId: string): Promise<string> {
    const given = new provider.Grant({ accountId, clientId });
    given.addOIDCScope('openid email profile');
    return await given.save();
  }

  return {
    issuer,
    ...client,
    async visit(url, account) {
      current = account;
      const cookies = new Map<string, string>();
      let at = new URL(url);
      for (let hops = 0; at.origin === issuer && hops < 10; hops++) {
        const cookie = [...cookies].map((each) => each.join('=')).join('; ');
        const response = await fetch(at, { redirect: 'manual', headers: { cookie } });
        for (const each of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
          cookies.set(name, value);
        }
        const next = response.headers.get('location');
        if (!next) throw new Error(`The provider answered ${response.status}: ${await response.text()}`);
        at = new URL(next, at);
      }
      return at;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
