import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bell, BellRing, MonitorUp, Volume2 } from 'lucide-react';
import { toast } from 'sonner';
import { asParlanceError, type Session } from '#contracts';
import { client } from '../../api/client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useSession } from '../../api/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Menu, MenuCheck, MenuLabel } from '../../ui/menu.tsx';
import { allowBrowserNotices, browserNotices, canNotify, chime, sounds } from '../notifications.ts';

/** Whether I take new conversations. A key is no person and has no such switch. */
export function Availability() {
  const cache = useQueryClient();
  const user = useSession()?.user;
  const away = user?.availability === 'away';
  const change = useMutation({
    mutationFn: (availability: 'available' | 'away') => client().desk.setAvailability(availability),
    onSuccess: (_, availability) => {
      cache.setQueryData<Session>(sessionQuery.queryKey, (session) =>
        session?.user ? { ...session, user: { ...session.user, availability } } : session,
      );
      void cache.invalidateQueries({ queryKey: ['desk', 'colleagues'] });
    },
    onError: (error) => toast.error(asParlanceError(error).message),
  });
  if (!user) return null;
  return (
    <Button
      variant="ghost"
      size="small"
      role="switch"
      aria-checked={!away}
      aria-label="Available"
      disabled={change.isPending}
      onClick={() => change.mutate(away ? 'available' : 'away')}
      className="max-sm:h-11"
    >
      <span
        aria-hidden="true"
        className={cx(
          'size-2.5 rounded-full border-2',
          away ? 'border-line-strong' : 'border-positive bg-positive',
        )}
      />
      {away ? 'Away' : 'Available'}
    </Button>
  );
}

/** How I want to be told of what happens elsewhere. */
export function Notices() {
  const notify = browserNotices.use();
  const loud = sounds.use();
  const Icon = notify || loud ? BellRing : Bell;
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label="Notifications" className="max-sm:size-11">
          <Icon aria-hidden="true" />
        </Button>
      }
    >
      <MenuLabel>Besides the notes in this page</MenuLabel>
      {canNotify() && (
        <MenuCheck checked={notify} onChange={(wanted) => void allowBrowserNotices(wanted)}>
          <MonitorUp aria-hidden="true" /> Browser notifications
        </MenuCheck>
      )}
      <MenuCheck
        checked={loud}
        onChange={(wanted) => {
          sounds.set(wanted);
          if (wanted) chime();
        }}
      >
        <Volume2 aria-hidden="true" /> A sound
      </MenuCheck>
    </Menu>
  );
}
