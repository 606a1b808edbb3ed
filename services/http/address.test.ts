import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { addressOf, networkOf, ownOrigin } from './address.ts';

const app = new Hono().get('/', (c) => c.json({ address: addressOf(c), origin: ownOrigin(c) }));

async function seen(remoteAddress: string | undefined, headers: Record<string, string> = {}) {
  const env = remoteAddress === undefined ? {} : { incoming: { socket: { remoteAddress } } };
  const request = new Request('http://chat.example/', { headers: { host: 'chat.example', ...headers } });
  return (await (await app.request(request, undefined, env)).json()) as { address: string; origin: string };
}

it('counts IPv6 callers by their network', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(networkOf('2001:0DB8:1::6')).toBe('2001:db8:1:0::/64');
  expect(networkOf('2001:db8::1:2:3:4:5')).toBe(networkOf('2001:db8:0:1:9:9:9:9'));
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf('')).toBe('');
});

it('believes a proxy nearby, in what it added itself, and nobody else', async () => {
  const forwarded = (value: string) => ({ 'x-forwarded-for': value });
  const address = async (...asked: Parameters<typeof seen>) => (await seen(...asked)).address;
  expect(await address('203.0.113.5')).toBe('203.0.113.5');
  expect(await address('203.0.113.5', forwarded('192.0.2.1'))).toBe('203.0.113.5');
  for (const proxy of ['127.0.0.1', '10.1.2.3', '::1', '::ffff:127.0.0.1', 'fd00::1', '192.168.1.1']) {
    expect(await address(proxy, forwarded('198.51.100.7, 192.0.2.1'))).toBe('192.0.2.1');
  }
  expect(await address('127.0.0.1', forwarded('unknown'))).toBe('127.0.0.1');
  expect(await address('172.32.0.1', forwarded('192.0.2.1'))).toBe('172.32.0.1');
  expect(await address(undefined, forwarded('192.0.2.1'))).toBe('');
});

it('knows under which origin the browser came', async () => {
  const origin = async (headers: Record<string, string>) => (await seen('127.0.0.1', headers)).origin;
  expect(await origin({})).toBe('http://chat.example');
  expect(await origin({ 'x-forwarded-proto': 'https' })).toBe('https://chat.example');
  expect(await origin({ origin: 'https://chat.example' })).toBe('https://chat.example');
});
