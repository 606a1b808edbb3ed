import { describe, expect, it } from 'vitest';
import type { Role, User } from '#contracts';
import { deviceOf, isPhone } from './device.ts';
import { initialsOf, isLastAdmin, whyNotDisabled } from './rules.ts';
import { peopleSearch } from './search.ts';
import { strengthOf } from './strength.ts';

const user = (id: string, roles: Role[], changes: Partial<User> = {}): User => ({
  id,
  name: id,
  email: `${id}@example.org`,
  roles,
  teamIds: [],
  availability: 'away',
  createdAt: '2026-01-01T00:00:00Z',
  disabledAt: null,
  ...changes,
});
const local = user('local', ['admin'], { email: null });
const ada = user('ada', ['admin', 'agent']);
const bo = user('bo', ['agent']);

describe('the last admin', () => {
  it('is the only one who could sign in: neither the machine itself nor a disabled admin counts', () => {
    const gone = user('gone', ['admin'], { disabledAt: '2026-01-02T00:00:00Z' });
    expect(isLastAdmin(ada, [local, ada, bo, gone])).toBe(true);
    expect(isLastAdmin(local, [local, bo])).toBe(false);
    expect(isLastAdmin(ada, [ada, user('eva', ['admin'])])).toBe(false);
    expect(isLastAdmin(bo, [ada, bo])).toBe(false);
  });

  it('stays, as does whoever asks and whoever sits at the machine', () => {
    const all = [local, ada, bo];
    expect(whyNotDisabled(ada, all, 'bo')).toContain('last admin');
    expect(whyNotDisabled(bo, all, 'bo')).toContain('you');
    expect(whyNotDisabled(local, all, 'ada')).toContain('this machine');
    expect(whyNotDisabled(bo, all, 'ada')).toBeNull();
  });
});

it('has up to two initials of any name', () => {
  expect(['Ada Lovelace', 'you', 'Mary Ann Evans', 'Ñandú', '李 小龙', '', '…'].map(initialsOf)).toEqual([
    'AL',
    'Y',
    'ME',
    'Ñ',
    '李小',
    '',
    '',
  ]);
});

it('says of a password how long it is, in characters and not in code units', () => {
  expect(strengthOf('123456789')).toMatchObject({ enough: false, words: '1 more to go' });
  expect(strengthOf('👍'.repeat(9)).enough).toBe(false);
  expect(strengthOf('1234567890').enough).toBe(true);
  expect(strengthOf('x'.repeat(40)).share).toBe(1);
});

it('tells browsers and systems that claim to be one another apart', () => {
  const agents = {
    'Chrome on Windows':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Edge on Windows':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Safari on iPhone':
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'Chrome on Android':
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    curl: 'curl/8.9.1',
    'Unknown device': '',
  };
  expect(Object.values(agents).map(deviceOf)).toEqual(Object.keys(agents));
  expect(Object.values(agents).map(isPhone)).toEqual([false, false, true, false, true, false, false]);
});

it('takes from an address only what it knows', () => {
  expect(peopleSearch({ tab: 'teams', invite: true, x: 1 })).toEqual({ tab: 'teams', invite: true });
  expect(peopleSearch({ tab: 'people', invite: 'yes' })).toEqual({ tab: undefined, invite: undefined });
  expect(peopleSearch({ tab: 'other' })).toEqual({ tab: undefined, invite: undefined });
});
