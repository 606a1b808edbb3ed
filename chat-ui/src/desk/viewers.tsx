import type { Presence } from '#contracts';
import { initialsOf } from '../people/rules.ts';
import { cx } from '../ui/cx.ts';

/** Colleagues who look at a conversation now; whoever writes has a ring. */
export function Viewers({ agents, small }: { agents: Presence['agents']; small?: boolean }) {
  if (agents.length === 0) return null;
  const shown = agents.slice(0, 3);
  return (
    <ul className="flex shrink-0 -space-x-1" aria-label="Looking at it">
      {shown.map((agent) => (
        <li
          key={agent.userId}
          title={`${agent.name} ${agent.typing ? 'is writing' : 'is looking'}`}
          className={cx(
            'grid select-none place-items-center rounded-full bg-warning-soft font-semibold text-warning ring-2 ring-surface',
            small ? 'size-5 text-[0.5625rem]' : 'size-7 text-[0.6875rem]',
            agent.typing && 'ring-warning',
          )}
        >
          <span aria-hidden="true">{initialsOf(agent.name)}</span>
          <span className="sr-only">
            {agent.name} {agent.typing ? 'is writing' : 'is looking'}
          </span>
        </li>
      ))}
      {agents.length > shown.length && (
        <li className="figures grid h-5 place-items-center px-1.5 text-faint text-xs">
          +{agents.length - shown.length}
        </li>
      )}
    </ul>
  );
}
