import type { Configuration } from 'openid-client';
import { ParlanceError } from '#contracts';
import type { Config } from '../config.ts';

const timeoutSeconds = 10;

/** What has to be remembered between sending somebody to the provider and their coming back. */
export interface OpenIdFlow {
  redirectUri: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom the provider vouches for. */
export interface OpenIdIdentity {
  /** Verified, in lower case. */
  email: string;
  name: string | undefined;
}

export interface OpenIdProvider {
  /** As it is offered at sign-in. */
  name: string;
  /** Where to send the browser, and what to remember. Throws `provider_failed`. */
  start(redirectUri: string): Promise<{ url: string; flow: OpenIdFlow }>;
  /**
   * Who came back with this query. Throws `forbidden` when the provider refused or does not vouch for an e-mail address,
   * and `provider_failed` when what it said does not hold.
   */
  finish(query: string, flow: OpenIdFlow): Promise<OpenIdIdentity>;
}

/** An OpenID Connect provider: authorization code with PKCE, state and nonce. It is asked for its addresses on first use. */
export function createOpenIdProvider(settings: NonNullable<Config['openId']>): OpenIdProvider {
  let discovered: Promise<Configuration> | undefined;
  const configuration = () => {
    discovered ??= discover(settings).catch((cause) => {
      // It may be back the next time somebody asks.
      discovered = undefined;
      throw failed(cause);
    });
    return discovered;
  };

  return {
    name: settings.name,

    async start(redirectUri) {
      const client = await library();
      const flow = {
        redirectUri,
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, flow };
    },

    async finish(query, flow) {
      const refused = new URLSearchParams(query).get('error');
      if (refused === 'access_denied') throw new ParlanceError('forbidden', 'The sign-in was called off.');
      const claims = await claimsOf(await configuration(), query, flow).catch((cause) => {
        throw failed(cause);
      });
      return vouchedFor(claims);
    },
  };
}

/** A quarter of a second to load, which a server without a provider does not spend. */
const library = () => import('openid-client');

async function discover(settings: NonNullable<Config['openId']>): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = settings;
  const client = await library();
  // The configuration allows http on this machine only.
  const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
  return await client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    execute,
    timeout: timeoutSeconds,
  });
}

async function claimsOf(
  configuration: Configuration,
  query: string,
  { redirectUri, state, nonce, verifier }: OpenIdFlow,
): Promise<Record<string, unknown>> {
  const client = await library();
  const answer = await client.authorizationCodeGrant(configuration, new URL(query, redirectUri), {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const claims = answer.claims();
  if (!claims) throw new Error('no ID token');
  const complete = claims.email !== undefined || !configuration.serverMetadata().userinfo_endpoint;
  return complete
    ? claims
    : { ...(await client.fetchUserInfo(configuration, answer.access_token, claims.sub)) };
}

/** An address that the provider has not checked could be anybody's. */
function vouchedFor({ email, email_verified: verified, name }: Record<string, unknown>): OpenIdIdentity {
  if (typeof email !== 'string' || verified !== true) {
    throw new ParlanceError('forbidden', 'The provider does not vouch for your e-mail address.');
  }
  const called = typeof name === 'string' ? name.trim().slice(0, 100) : '';
  return { email: email.toLowerCase(), name: called || undefined };
}

const failed = (cause: unknown) =>
  new ParlanceError('provider_failed', 'The sign-in provider did not answer as it should. Try again.', {
    cause,
  });
