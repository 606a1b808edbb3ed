import { type CreatedInvitation, type InviteRequest, ParlanceError, type Role } from '#contracts';
import { openMemoryDatabase } from '../db/memory.ts';
import type { PgliteDatabase } from '../db/pglite.ts';
import { createAuditLog } from '../identity/audit.ts';
import type { Principal } from '../principal.ts';
import { createPeople } from './index.ts';

export const dayMs = 86_400_000;
export const password = 'a long enough password';
export const device = { address: '192.0.2.1', userAgent: 'Test' };
const settings = { openId: null, customerChat: false, customerSecrets: [] as string[] };

/** Whoever runs a verb on the machine of the server. */
export const shell = (tenant: string) => ({ tenant, actor: 'command-line', user: null });

/** People over a database of their own, for tests, with a clock that stands still until `pass`. */
export async function startPeople() {
  const db: PgliteDatabase = await openMemoryDatabase();
  let time = Date.parse('2026-01-01T00:00:00Z');
  let full = false;
  const withTenant: typeof db.withTenant = (...call) =>
    full ? Promise.reject(new ParlanceError('storage_full', 'full')) : db.withTenant(...call);
  const another = (changes: Partial<typeof settings> = {}) =>
    createPeople(
      { ...db, withTenant },
      { ...settings, ...changes },
      () => time,
      () => time,
    );
  const people = another();

  const invite = (tenant: string, email: string, changes: Partial<InviteRequest> = {}) =>
    people.invitations.create(shell(tenant), { email, roles: ['agent'], teamIds: [], ...changes });
  const accept = ({ token = '' }: CreatedInvitation, name = 'Ann', secret = password) =>
    people.invitations.accept(token, { name, password: secret }, device);

  return {
    db,
    people,
    /** As another process of the same installation has it: with nothing in memory. */
    another,
    now: () => time,
    pass(ms: number) {
      time += ms;
    },
    /** Whether the disk has no room. */
    setFull(is: boolean) {
      full = is;
    },
    invite,
    accept,
    signIn: (email: string, secret = password, address = device.address) =>
      people.passwords.signIn({ email, password: secret }, { ...device, address }),
    /** Somebody who was invited and has accepted. */
    async join(tenant: string, email: string, ...roles: Role[]) {
      const token = await accept(await invite(tenant, email, { roles }));
      const principal = (await people.sessions.authenticate(token)) as Principal;
      return { token, principal, id: principal.user?.id ?? '' };
    },
    /** What the audit log tells, oldest first. */
    async actions(tenant: string) {
      const { entries } = await createAuditLog(db).page(tenant, { limit: 50 });
      return entries.map((each) => `${each.actor} ${each.action}`).reverse();
    },
  };
}
