import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type FieldError, ParlanceError } from '#contracts';
import { bytesOf, memoryLimit } from './memory-limit.ts';
import type { HubSettings } from './models/hub/connection.ts';

/** About a second of work: whoever waits longer is better told to come back. */
const queueTokensPerWorker = 12_288;
/** Enough for the bundled models, on whatever machine. */
const leastModelMemory = 512e6;
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

/** As people write a switch, and as Hugging Face's own programs read it. */
const switchedOn = z
  .string()
  .default('')
  .transform((text) => ['1', 'on', 'yes', 'true'].includes(text.toLowerCase()));

const wholeNumber = (from: number, to: number) => {
  const message = `Give a whole number from ${from} to ${to}.`;
  return z.coerce.number(message).int(message).min(from, message).max(to, message);
};

const environment = z.object({
  PARLANCE_HOST: z.string().default('127.0.0.1'),
  PARLANCE_PORT: wholeNumber(0, 65_535).default(8787),
  PARLANCE_DATA_DIR: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  DATABASE_OWNER_URL: z.string().optional(),
  PARLANCE_AUTH: z.enum(['open', 'keys']).optional(),
  PARLANCE_ALLOWED_HOSTS: list,
  PARLANCE_CORS_ORIGINS: list,
  PARLANCE_ENGINE: z.enum(['onnx', 'fake']).default('onnx'),
  PARLANCE_WORKERS: wholeNumber(1, 256).optional(),
  PARLANCE_MODELS_DIR: z.string().optional(),
  PARLANCE_CACHE_DIR: z.string().optional(),
  PARLANCE_OFFLINE: switchedOn,
  HF_ENDPOINT: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  HF_TOKEN: z.string().optional(),
  HF_HUB_OFFLINE: switchedOn,
  PARLANCE_MODEL_MEMORY: z
    .string()
    .transform((text, context) => {
      const bytes = bytesOf(text);
      if (bytes === undefined)
        context.addIssue({ code: 'custom', message: 'Give bytes, such as 2GB or 500MB.' });
      return bytes;
    })
    .optional(),
  PARLANCE_QUEUE_TOKENS: z.coerce.number().int().min(1).optional(),
  PARLANCE_RATE_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  PARLANCE_URL: z.url({ protocol: /^https?$/ }).optional(),
  PARLANCE_API_KEY: z.string().optional(),
  PARLANCE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  PARLANCE_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((url) => url.startsWith('https:') || isLoopback(new URL(url).hostname), 'Use https.')
    .optional(),
  PARLANCE_OIDC_CLIENT_ID: z.string().optional(),
  PARLANCE_OIDC_CLIENT_SECRET: z.string().optional(),
  PARLANCE_OIDC_NAME: z.string().max(100).default('single sign-on'),
  PARLANCE_DEMO: z.enum(['on', 'off']).optional(),
  PARLANCE_CUSTOMER_CHAT: z.enum(['on', 'off']).default('off'),
  PARLANCE_CUSTOMER_SECRETS: list.refine(
    (secrets) => secrets.every((each) => each.length >= 32),
    'Each needs at least 32 characters.',
  ),
});

/** Everything an operator can set, validated once. See docs/configuration.md. */
export interface Config {
  version: string;
  /** The folder that holds `models/` and the built page. */
  root: string;
  host: string;
  port: number;
  /** Absolute. Holds the embedded database, blobs and the lock. */
  dataDir: string;
  databaseUrl: string | undefined;
  /** Used for migrations only, when the login role of `databaseUrl` owns nothing. */
  databaseOwnerUrl: string | undefined;
  /** `open` lets callers in without a key; `keys` wherever `openedBy` names a setting. */
  auth: 'open' | 'keys';
  allowedHosts: string[];
  corsOrigins: string[];
  engine: 'onnx' | 'fake';
  /** Absolute. A folder of models in Hugging Face layout beside the bundled ones. */
  modelsDir: string | undefined;
  /** Absolute. The folder of pulled models. */
  cacheDir: string;
  hub: HubSettings & { offline: boolean };
  workers: number;
  /** Bytes of models that one worker may hold. */
  modelMemory: number;
  queueTokens: number;
  ratePerMinute: number | null;
  /** Whether an empty installation plays the sample company's conversations when it starts. */
  demo: boolean;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where people may sign in besides with a password; null for nowhere. */
  openId: { issuer: string; clientId: string; clientSecret: string; name: string } | null;
  /** Whether anybody may start a conversation on a server that asks others for a credential. */
  customerChat: boolean;
  /** The first signs customers' tokens, all are good to check them; none for one that is kept in the database. */
  customerSecrets: string[];
  /** For the command line: the server to work with, and the key to show it. */
  client: { url: string | undefined; apiKey: string | undefined };
  /** A variable of the environment that a file names instead of writing a key down; undefined when it is not set. */
  secret: (name: string) => string | undefined;
}

/** The only reader of the environment. Throws `invalid_input` naming each bad variable. */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    throw unusable(
      parsed.error.issues.map((issue) => ({ pointer: String(issue.path[0]), detail: issue.message })),
    );
  }
  const set = parsed.data;
  const root = projectRoot();
  const workers = set.PARLANCE_WORKERS ?? cpuQuota();
  // The default is the installation's, wherever a command is typed; a folder somebody names is relative to where they are.
  const dataDir = resolve(set.PARLANCE_DATA_DIR ?? join(root, '.parlance'));
  const reach = {
    host: set.PARLANCE_HOST,
    allowedHosts: set.PARLANCE_ALLOWED_HOSTS.map((name) => name.toLowerCase()),
    corsOrigins: set.PARLANCE_CORS_ORIGINS,
  };
  return {
    version: packageVersion(root),
    root,
    ...reach,
    port: set.PARLANCE_PORT,
    dataDir,
    databaseUrl: set.DATABASE_URL,
    databaseOwnerUrl: set.DATABASE_OWNER_URL,
    auth: set.PARLANCE_AUTH ?? (openedBy(reach) ? 'keys' : 'open'),
    engine: set.PARLANCE_ENGINE,
    modelsDir: set.PARLANCE_MODELS_DIR && resolve(set.PARLANCE_MODELS_DIR),
    cacheDir: resolve(set.PARLANCE_CACHE_DIR ?? join(dataDir, 'models')),
    hub: {
      endpoint: set.HF_ENDPOINT.replace(/\/+$/, ''),
      token: set.HF_TOKEN,
      proxy: {
        http: env.HTTP_PROXY ?? env.http_proxy,
        https: env.HTTPS_PROXY ?? env.https_proxy,
        none: env.NO_PROXY ?? env.no_proxy,
      },
      offline: set.PARLANCE_OFFLINE || set.HF_HUB_OFFLINE,
    },
    workers,
    // Half of what there is: the other half is for texts in flight, the database and whatever else runs here.
    modelMemory: set.PARLANCE_MODEL_MEMORY ?? Math.max(leastModelMemory, memoryLimit() / 2 / workers),
    queueTokens: set.PARLANCE_QUEUE_TOKENS ?? workers * queueTokensPerWorker,
    ratePerMinute: set.PARLANCE_RATE_PER_MINUTE ?? null,
    // Made-up answers are nothing to show.
    demo: set.PARLANCE_DEMO ? set.PARLANCE_DEMO === 'on' : !openedBy(reach) && set.PARLANCE_ENGINE === 'onnx',
    logLevel: set.PARLANCE_LOG_LEVEL,
    openId: openIdOf(set),
    customerChat: set.PARLANCE_CUSTOMER_CHAT === 'on',
    customerSecrets: set.PARLANCE_CUSTOMER_SECRETS,
    client: { url: set.PARLANCE_URL, apiKey: set.PARLANCE_API_KEY },
    secret: (name) => env[name],
  };
}

/** A provider is named by three settings together. */
function openIdOf(set: z.infer<typeof environment>): Config['openId'] {
  const issuer = set.PARLANCE_OIDC_ISSUER;
  const clientId = set.PARLANCE_OIDC_CLIENT_ID;
  const clientSecret = set.PARLANCE_OIDC_CLIENT_SECRET;
  if (issuer && clientId && clientSecret) {
    return { issuer, clientId, clientSecret, name: set.PARLANCE_OIDC_NAME };
  }
  if (!issuer && !clientId && !clientSecret) return null;
  const needed = Object.entries({
    PARLANCE_OIDC_ISSUER: issuer,
    PARLANCE_OIDC_CLIENT_ID: clientId,
    PARLANCE_OIDC_CLIENT_SECRET: clientSecret,
  });
  const missing = needed.filter(([, value]) => !value);
  throw unusable(missing.map(([pointer]) => ({ pointer, detail: 'The other two need it.' })));
}

function unusable(errors: FieldError[]): ParlanceError {
  const detail = errors.map((each) => `${each.pointer}: ${each.detail}`).join('; ');
  return new ParlanceError('invalid_input', `The environment is not usable. ${detail}`, {
    details: { errors },
  });
}

/** True for an address only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * The setting that lets others than this machine's users reach the server: its address, a name it answers to behind a
 * proxy, or a page elsewhere that may call it. Undefined for a server that is this machine's alone.
 */
export function openedBy(config: Pick<Config, 'host' | 'allowedHosts' | 'corsOrigins'>): string | undefined {
  if (!isLoopback(config.host)) return `PARLANCE_HOST=${config.host}`;
  const name = config.allowedHosts.find((each) => !isLoopback(each));
  if (name !== undefined) return `PARLANCE_ALLOWED_HOSTS=${name}`;
  const origin = config.corsOrigins.find(
    (each) => !URL.canParse(each) || !isLoopback(new URL(each).hostname),
  );
  return origin === undefined ? undefined : `PARLANCE_CORS_ORIGINS=${origin}`;
}

/** The nearest folder above this file that holds the model catalogue: the checkout, also when run from `dist`. */
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'models', 'catalogue.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new ParlanceError(
        'internal',
        'models/catalogue.json is missing: the installation is incomplete.',
      );
    folder = parent;
  }
  return folder;
}

function packageVersion(root: string): string {
  const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return manifest.version;
}

/** Whole CPUs this process may use: the cgroup v2 quota when there is one, else what the scheduler allows. */
function cpuQuota(): number {
  const file = '/sys/fs/cgroup/cpu.max';
  const [quota, period] = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : [];
  const limit = quota && period ? Math.floor(quota / period) : Number.POSITIVE_INFINITY;
  return Math.max(1, Math.min(limit, availableParallelism()));
}
