import { Bot, CircleCheckBig, Hourglass, UserRound, UsersRound } from 'lucide-react';
import type { Owner } from '#contracts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { ownerName } from './whose.ts';

const looks = {
  closed: { icon: CircleCheckBig, tone: 'plain' },
  bot: { icon: Bot, tone: 'plain' },
  mine: { icon: UserRound, tone: 'accent' },
  colleague: { icon: UserRound, tone: 'plain' },
  team: { icon: UsersRound, tone: 'warning' },
  anyone: { icon: Hourglass, tone: 'warning' },
} as const satisfies Record<string, { tone: Tone; icon: typeof Bot }>;

function lookOf(owner: Owner, me: string): keyof typeof looks {
  if (owner.kind !== 'human') return owner.kind;
  if (owner.userId) return owner.userId === me ? 'mine' : 'colleague';
  return owner.teamId ? 'team' : 'anyone';
}

/** Whose a conversation is. */
export function OwnerBadge({ owner, me, name }: { owner: Owner; me: string; name: (id: string) => string }) {
  const { icon: Icon, tone } = looks[lookOf(owner, me)];
  return (
    <Badge tone={tone} className="min-w-0">
      <Icon aria-hidden="true" className="shrink-0" />
      <span className="truncate">{ownerName(owner, me, name)}</span>
    </Badge>
  );
}
