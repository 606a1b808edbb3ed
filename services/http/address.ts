import { BlockList, isIP, isIPv6 } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Where a proxy of one's own may be: this machine and networks that are nobody else's. */
const near = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  near.addSubnet(network, prefix, 'ipv4');
}
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

/**
 * The caller's network address, to count requests by; an IPv6 caller's network of 64 bits, of which one person has all.
 * Behind a proxy nearby it is what that proxy added last to `X-Forwarded-For`; what stands before that anybody can write.
 */
export function addressOf(c: Context): string {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  const peer = incoming?.socket.remoteAddress ?? '';
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return networkOf(isNear(peer) && isIP(forwarded) ? forwarded : peer);
}

function isNear(address: string): boolean {
  return isIP(address) !== 0 && near.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** An IPv4 address as it is, also where IPv6 carries it; the first four groups of an IPv6 one. */
export function networkOf(address: string): string {
  const carried = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (carried || !isIPv6(address)) return carried ?? address;
  const [front = '', back] = address.split('%', 1).join('').split('::');
  const groups = front === '' ? [] : front.split(':');
  const missing = back === undefined ? 0 : 8 - groups.length - (back === '' ? 0 : back.split(':').length);
  const all = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(back ?? '').split(':')];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')}::/64`;
}

/** Whether the browser spoke https, to this server or to the proxy before it. */
export function isHttps(c: Context): boolean {
  const forwarded = c.req.header('x-forwarded-proto')?.split(',')[0]?.trim();
  return forwarded === 'https' || (c.req.header('origin') ?? '').startsWith('https://');
}

/** The origin under which the browser knows this server. */
export function ownOrigin(c: Context): string {
  return `${isHttps(c) ? 'https' : 'http'}://${c.req.header('host') ?? 'localhost'}`;
}
