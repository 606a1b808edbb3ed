import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from './config.ts';

it('keeps the data in the installation unless a folder is named, which is relative to the working folder', () => {
  const { root, dataDir } = loadConfig({});
  expect(dataDir).toBe(join(root, '.parlance'));
  const cwd = process.cwd();
  try {
    process.chdir('/');
    expect(loadConfig({}).dataDir).toBe(dataDir);
    expect(loadConfig({ PARLANCE_DATA_DIR: 'elsewhere' }).dataDir).toBe(resolve('/elsewhere'));
  } finally {
    process.chdir(cwd);
  }
});

it('takes a sign-in provider whole or not at all, and only where nobody listens in', () => {
  const whole = {
    PARLANCE_OIDC_ISSUER: 'https://id.example/realm',
    PARLANCE_OIDC_CLIENT_ID: 'parlance',
    PARLANCE_OIDC_CLIENT_SECRET: 'secret',
  };
  const { openId } = loadConfig({ ...whole, PARLANCE_OIDC_NAME: 'Example' });
  expect(openId).toMatchObject({ issuer: 'https://id.example/realm', clientId: 'parlance', name: 'Example' });
  expect(loadConfig({}).openId).toBeNull();
  for (const name of Object.keys(whole)) {
    expect(() => loadConfig({ ...whole, [name]: '' })).toThrow(name);
  }
  const issuer = (url: string) => loadConfig({ ...whole, PARLANCE_OIDC_ISSUER: url });
  expect(() => issuer('http://id.example')).toThrow(/PARLANCE_OIDC_ISSUER: Use https/);
  expect(issuer('http://127.0.0.1:9000').openId).not.toBeNull();
});

it('plays the demo on a machine of one’s own unless it is switched off', () => {
  expect(loadConfig({}).demo).toBe(true);
  expect(loadConfig({ PARLANCE_HOST: '0.0.0.0' }).demo).toBe(false);
  expect(loadConfig({ PARLANCE_ENGINE: 'fake' }).demo).toBe(false);
  expect(loadConfig({ PARLANCE_DEMO: 'off' }).demo).toBe(false);
  expect(loadConfig({ PARLANCE_HOST: '0.0.0.0', PARLANCE_DEMO: 'on' }).demo).toBe(true);
});

it('keeps chat with strangers off until it is switched on, and takes no secret that could be guessed', () => {
  expect(loadConfig({}).customerChat).toBe(false);
  expect(loadConfig({ PARLANCE_CUSTOMER_CHAT: 'on' }).customerChat).toBe(true);
  const long = 's'.repeat(32);
  expect(loadConfig({ PARLANCE_CUSTOMER_SECRETS: `${long}, ${long}2` }).customerSecrets).toEqual([
    long,
    `${long}2`,
  ]);
  expect(() => loadConfig({ PARLANCE_CUSTOMER_SECRETS: `${long},short` })).toThrow(
    /PARLANCE_CUSTOMER_SECRETS/,
  );
});
